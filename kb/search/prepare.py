"""Prepare a query: find its terms, filters, named passages and vector space."""

import re
from typing import NamedTuple

from kb.domain.queries import Clauses, Filters, Query
from kb.encoders.vector_spaces import Spaces, VectorSpace
from kb.errors import IndexMismatchError, QueryError
from kb.index.contract import Reader
from kb.search.intents import Intent, intent_of
from kb.search.names import Names
from kb.settings import MAX_QUERY_CHARACTERS
from kb.text.analysis import name_key
from kb.text.language import language_of
from kb.text.query import Labels, QueryTree, parse_query

# An id as printed in a footnote: DOCUMENT or DOCUMENT#RECORD.
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+(?:#[a-z0-9]+(?:-[a-z0-9]+)*)?")


class Prepared(NamedTuple):
    """A parsed query, ready for the retrievers."""

    tree: QueryTree
    filters: Filters
    clauses: Clauses
    named: dict[int, str]  # by passage key, the name in the query that matched
    space: VectorSpace | None = None  # None: lexical search only
    intent: Intent | None = None  # the kind of answer that is preferred
    unread: bool = False  # whether no installed encoder supports the language


def prepare(
    query: Query,
    reader: Reader,
    names: Names,
    labels: Labels,
    spaces: Spaces,
    languages: tuple[str, ...],
) -> Prepared:
    """Prepare a query for the retrievers.

    The query is searched in the first vector space whose encoder supports its language. If none
    does, a query in dense mode is searched in the main space, any other query by its words only.

    Raise QueryError if the text is too long, NotFoundError if a place or topic is unknown, and
    IndexMismatchError if the index was built with another model.
    """
    if len(query.text) > MAX_QUERY_CHARACTERS:
        raise QueryError(
            f"the query has {len(query.text)} characters; "
            f"expected at most {MAX_QUERY_CHARACTERS}. Next: use fewer words"
        )
    filters = names.resolve(query.filters)
    tree = parse_query(query.text, labels, languages)
    intent = intent_of(tree.text) if query.intent and not tree.is_empty else None
    named = _named(query.text, reader)
    prepared = Prepared(tree, filters, filters.clauses(), named, intent=intent)
    if query.mode == "lexical" or tree.is_empty:
        return prepared
    # One or two words are too few to guess a language, but a thesaurus label has one.
    language = tree.label_language or language_of(query.text)
    if len(languages) == 1:
        language = languages[0]
    space = space_for(language, reader, spaces)
    if space is not None:
        return in_space(prepared, reader, space)
    if query.mode == "dense":
        prepared = in_space(prepared, reader, spaces[0])
    return prepared._replace(unread=True)


def space_for(language: str, reader: Reader, spaces: Spaces) -> VectorSpace | None:
    """Return the first space in the index whose encoder supports a language, or None."""
    stored = reader.manifest.vectors
    return next((one for one in spaces if one.name in stored and one.reads(language)), None)


def in_space(prepared: Prepared, reader: Reader, space: VectorSpace) -> Prepared:
    """Return the query with its vector space set.

    Raise IndexMismatchError if the index was built with another model: vectors from different
    models cannot be compared.
    """
    built, here = reader.manifest.vectors[space.name].encoder, space.encoder.identity
    if built != here:
        raise IndexMismatchError(
            f"the index was built with the model {built.name} ({built.checksum[:12]}); "
            f"the model in use is {here.name} ({here.checksum[:12]}). Next: kb build"
        )
    return prepared._replace(space=space)


def _named(text: str, reader: Reader) -> dict[int, str]:
    """Map the keys of the passages that the text names to the name that matched.

    An id may occur anywhere in the text; a title or an organization must be the whole text.
    """
    asked = {name_key(found): found for found in _ID.findall(text.lower())}
    asked[name_key(text)] = text.strip()
    found = reader.named([name for name in asked if name])
    return {key: asked[name] for name, keys in found.items() for key in keys}
