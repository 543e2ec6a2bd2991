"""Imported documents: the contents of their page, and the neighbors of their passages."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kb.domain.documents import Document
from kb.domain.passages import CORPUS, Card, Entry, PassageKind
from kb.domain.queries import Filters
from kb.index.contract import Reader
from kb.text.query import QueryTree

MAX_PASSAGES = 20  # shown on the page of a document


class Imported(NamedTuple):
    """An imported document, as shown on its page."""

    id: str
    shelf: str
    folder: str  # relative to the shelves folder
    guessed: tuple[str, ...]
    passages: int
    first: Sequence[Entry]
    suggestions: int
    within: Filters  # selects the whole document
    suggested: Filters


class Beside(NamedTuple):
    """The passages before and after a passage or, for a suggestion, the one that contains it."""

    before: Entry | None = None
    within: Entry | None = None
    after: Entry | None = None


def imported(reader: Reader, document: Document, card: Card) -> Imported | None:
    """Return the contents of an imported document's page; None for a document of the corpus."""
    if card.shelf is None:
        return None
    keys = keys_of(reader, document.id, "text")
    within = Filters(document=(document.id,))
    return Imported(
        id=document.id,
        shelf=card.shelf,
        folder=f"{card.shelf}/{document.id}",
        guessed=document.guessed,
        passages=len(keys),
        first=reader.fetch(keys[:MAX_PASSAGES]),
        suggestions=len(keys_of(reader, document.id, "suggestion")),
        within=within,
        suggested=within.model_copy(update={"kind": ("suggestion",)}),
    )


def beside(reader: Reader, entry: Entry) -> Beside:
    """Return a passage's neighbors or, for a suggestion, the passage that contains it."""
    start = entry.locator.start if entry.locator else None
    if entry.kind not in {"text", "suggestion"} or start is None:
        return Beside()
    keys = keys_of(reader, entry.document_id, "text")
    # Passages are in text order, so binary search works.
    at = bisect_right(keys, start, key=lambda key: _start(reader, key)) - 1
    if entry.kind == "suggestion":
        return Beside(within=_fetched(reader, keys, at))
    return Beside(before=_fetched(reader, keys, at - 1), after=_fetched(reader, keys, at + 1))


def shelves_of(reader: Reader) -> tuple[str, ...]:
    """Return the names of the corpus and the shelves, or () if only the corpus has documents."""
    counts = reader.counts(reader.select(QueryTree(), (("kind=summary",),))).get("shelf", {})
    return tuple(sorted(counts, key=lambda one: (one != CORPUS, one))) if len(counts) > 1 else ()


def keys_of(reader: Reader, document_id: str, kind: PassageKind) -> list[int]:
    """Return the keys of the passages of one kind in a document, in the order of its text."""
    clauses = ((f"document={document_id}",), (f"kind={kind}",))
    found: list[int] = reader.select(QueryTree(), clauses).tolist()
    return found


def _start(reader: Reader, key: int) -> int:
    locator = reader.fetch([key])[0].locator
    return locator.start or 0 if locator else 0


def _fetched(reader: Reader, keys: Sequence[int], at: int) -> Entry | None:
    return reader.fetch([keys[at]])[0] if 0 <= at < len(keys) else None
