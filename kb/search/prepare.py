"""The user's words -> everything that the retrievers need, made once."""

import re
from typing import NamedTuple

from kb.domain.search import Clauses, Filters, Query
from kb.encoder import TextEncoder, Vectors
from kb.errors import IndexMismatchError, QueryError
from kb.index.protocols import Reader
from kb.search.names import Names
from kb.settings import MAX_QUERY_CHARACTERS
from kb.text.analysis import name_key
from kb.text.language import language_of
from kb.text.query import LANGUAGES, Labels, QueryTree, parse_query

# An id as it stands in a footnote: DOCUMENT or DOCUMENT#RECORD.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+(?:#[a-z0-9]+(?:-[a-z0-9]+)*)?")


class Prepared(NamedTuple):
    """A question, ready for the retrievers."""

    tree: QueryTree
    filters: Filters
    clauses: Clauses
    vector: Vectors | None
    named: dict[int, str]  # passages that the question names, with the name
    language: str = "en"


def prepare(
    query: Query,
    reader: Reader,
    names: Names,
    labels: Labels,
    encoder: TextEncoder,
    languages: tuple[str, ...] = LANGUAGES,
) -> Prepared:
    """Terms, phrases, filters, thesaurus, vector; QueryError if the text is too long."""
    if len(query.text) > MAX_QUERY_CHARACTERS:
        raise QueryError(
            f"the question has {len(query.text)} characters; "
            f"expected at most {MAX_QUERY_CHARACTERS}. Next: ask with fewer words"
        )
    filters = names.resolve(query.filters)
    tree = parse_query(query.text, labels, languages)
    tree = tree.respelled(reader.nearest(tree.terms), languages)
    vector = None
    if query.mode != "lexical" and not tree.is_empty:
        _must_agree(reader, encoder)
        vector = encoder.encode([tree.text])[0]
    language = languages[0] if len(languages) == 1 else language_of(query.text)
    return Prepared(tree, filters, filters.clauses(), vector, _named(query.text, reader), language)


def _must_agree(reader: Reader, encoder: TextEncoder) -> None:
    """Vectors of two models cannot be compared."""
    built, here = reader.manifest.encoder, encoder.identity
    if built != here:
        raise IndexMismatchError(
            f"the index was built with the model {built.name} ({built.checksum[:12]}); "
            f"this is {here.name} ({here.checksum[:12]}). Next: kb build"
        )


def _named(text: str, reader: Reader) -> dict[int, str]:
    """Passages whose id stands in the text, or whose title or organization is the text."""
    asked = {name_key(found): found for found in _ID.findall(text.lower())}
    asked[name_key(text)] = text.strip()
    found = reader.named([name for name in asked if name])
    return {key: asked[name] for name, keys in found.items() for key in keys}
