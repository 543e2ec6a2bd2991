"""Write an index generation, search in it, and publish it only if the search succeeds."""

from kb.errors import IndexMismatchError
from kb.index.contract import Contents, Identity, Manifest, Reader, Writer
from kb.text.query import QueryTree, parse_query

MIN_OWN_COSINE = 0.999  # of a vector with itself, allowing for rounding
MAX_TRIAL_HITS = 10_000  # a passage must be among this many hits for its own words


def publish(writer: Writer, identity: Identity, contents: Contents) -> Manifest:
    """Stage, test and publish an index generation; raise IndexMismatchError if the test fails."""
    writer.stage(identity, contents)
    reader = writer.staged()
    try:
        _try(reader, contents)
    finally:
        reader.close()
    return writer.commit()


def _try(reader: Reader, contents: Contents) -> None:
    """Raise IndexMismatchError unless the first, middle and last passages are found.

    Each must be found by its key, its vectors and its words.
    """
    size = len(contents.units)
    for key in sorted({0, size // 2, size - 1}):
        entry = contents.units[key].entry
        # The text is not a query: a minus or a quotation mark in it is not an operator.
        asked = parse_query(entry.text, languages=[entry.language])
        asked = asked._replace(must=(), must_not=())
        found = {one.key for one in reader.lexical(asked, (), min(size, MAX_TRIAL_HITS))}
        if (
            reader.fetch([key])[0].id != entry.id
            or not _finds_vectors(reader, contents, key)
            or (asked.terms and key not in found)
        ):
            raise IndexMismatchError(f"the new index does not find {entry.id}. Next: kb build")


def _finds_vectors(reader: Reader, contents: Contents, key: int) -> bool:
    return all(
        reader.dense(space, rows[key], QueryTree(), (), 1)[0].score
        >= MIN_OWN_COSINE * float(rows[key] @ rows[key])
        for space, rows in contents.vectors.items()
    )
