"""Accept, reject or reopen suggested demands."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from indexer.imports.record import validated
from indexer.imports.store import ShelfStore, StoredDocument, read_suggestions, read_version_text
from kb.domain.documents import Demand
from kb.domain.imports import State, StoredSuggestion
from kb.errors import NotFoundError

MAX_SECTIONS = 3  # of a record in the corpus format
AROUND_CHARACTERS = 300  # shown before and after a suggestion


class ReviewItem(NamedTuple):
    """A suggestion, the decision about it, and the words around it."""

    stored: StoredDocument
    suggestion: StoredSuggestion
    state: State
    before: str
    after: str


def review_items(store: ShelfStore, shelf: str | None = None) -> list[ReviewItem]:
    """Return every suggestion of one shelf or of all, in order."""
    return [item for stored in store.documents(shelf) for item in document_items(stored)]


def document_items(stored: StoredDocument) -> list[ReviewItem]:
    """Return the suggestions of a document's latest version, in order."""
    accepted = {record.slug for record in stored.record().records}
    rejected, text = stored.rejected(), read_version_text(stored.latest)
    items = []
    for one in read_suggestions(stored.latest):
        state: State = "open"
        if one.slug in accepted:
            state = "accepted"
        elif one.slug in rejected:
            state = "rejected"
        before = text[max(0, one.start - AROUND_CHARACTERS) : one.start]
        after = text[one.end : one.end + AROUND_CHARACTERS]
        items.append(ReviewItem(stored, one, state, before, after))
    return items


def find_item(store: ShelfStore, id: str) -> ReviewItem:
    """Return the suggestion with this id, DOCUMENT#SLUG or DOCUMENT/SLUG; NotFoundError."""
    id = id.replace("/", "#")
    for item in document_items(store.document(id.partition("#")[0])):
        if item.suggestion.demand.id == id:
            return item
    raise NotFoundError(f"no suggestion '{id[:200]}'. Next: kb review --list")


def accept(item: ReviewItem, corrections: Mapping[str, Any]) -> Demand:
    """Add a suggestion, with a person's corrections, to the records of its document.

    The id stays the same, so links to it still work. CorpusError if a correction is invalid.
    """
    fields = item.suggestion.demand.model_dump(exclude_none=True) | dict(corrections)
    demand = validated(Demand, item.suggestion.demand.id, fields)
    if demand.locator:
        # The corpus format keeps the place in the source, but no characters of one version.
        at = {"section": demand.locator.section[-MAX_SECTIONS:], "start": None, "end": None}
        demand = demand.model_copy(update={"locator": demand.locator.model_copy(update=at)})
    record = item.stored.record()
    others = [other for other in record.records if other.slug != demand.slug]
    place = sum(_is_before(other, demand) for other in others)
    records = (*others[:place], demand, *others[place:])
    item.stored.write_record(record.model_copy(update={"records": records}))
    item.stored.write_rejected(item.stored.rejected() - {demand.slug})
    return demand


def _is_before(record: Any, demand: Demand) -> bool:
    """Return whether a record precedes a demand: demands come first, by page and paragraph."""
    return record.kind == "demand" and _place(record) <= _place(demand)


def _place(record: Any) -> tuple[int, int]:
    locator = record.locator
    return (locator.sheet or 0, locator.paragraph or 0) if locator else (0, 0)


def reject(item: ReviewItem) -> None:
    """Reject a suggestion; remove the record that was made from it."""
    slug, record = item.suggestion.slug, item.stored.record()
    records = tuple(other for other in record.records if other.slug != slug)
    if records != record.records:
        item.stored.write_record(record.model_copy(update={"records": records}))
    item.stored.write_rejected(item.stored.rejected() | {slug})


def reopen(item: ReviewItem) -> None:
    """Undo a decision: the suggestion is open again."""
    reject(item)
    item.stored.write_rejected(item.stored.rejected() - {item.suggestion.slug})
