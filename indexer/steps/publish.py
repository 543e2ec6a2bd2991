"""Passages and vectors -> a generation that was opened, searched and only then published."""

from kb.errors import IndexMismatchError
from kb.index.contract import Contents, Identity, Manifest
from kb.index.local.generations import REPAIR, LocalWriter
from kb.index.local.reader import LocalReader
from kb.text.query import QueryTree, parse_query

SAMES = 0.999  # cosine of a vector with itself, less rounding


def index(writer: LocalWriter, identity: Identity, contents: Contents) -> Manifest:
    """Stage, try, publish; IndexMismatchError and nothing published if the trial fails."""
    manifest = writer.stage(identity, contents)
    reader = LocalReader(writer.staging, manifest)
    try:
        _try(reader, contents)
    finally:
        reader.close()
    return writer.commit()


def _try(reader: LocalReader, contents: Contents) -> None:
    """Find the first, middle and last passage by its id, its vector and its words."""
    size = len(contents.units)
    for key in sorted({0, size // 2, size - 1}):
        entry, vector = contents.units[key].entry, contents.vectors[key]
        nearest = reader.dense(vector, QueryTree(), (), 1)
        # The text is no question: a minus or a quotation mark in it asks for nothing.
        asked = parse_query(entry.text, languages=[entry.language])
        asked = asked._replace(must=(), must_not=())
        found = {candidate.key for candidate in reader.lexical(asked, (), size)}
        if (
            reader.fetch([key])[0].id != entry.id
            or nearest[0].score < SAMES
            or (asked.terms and key not in found)
        ):
            raise IndexMismatchError(f"the new index does not find {entry.id}. {REPAIR}")
