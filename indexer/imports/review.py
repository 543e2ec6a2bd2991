"""Accept, reject or reopen suggested demands."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from indexer.imports.record import validated
from indexer.imports.store import ShelfStore, StoredDocument, read_suggestions, read_version_text
from kb.domain.imports import State, StoredSuggestion
from kb.domain.records import Demand, Record
from kb.errors import NotFoundError

MAX_SECTIONS = 3  # headings in a record's locator, in the corpus format
AROUND_CHARACTERS = 300  # of context before and after a suggestion


class ReviewItem(NamedTuple):
    """A suggestion, the decision about it, and the text around it."""

    stored: StoredDocument
    suggestion: StoredSuggestion
    state: State
    before: str
    after: str


def review_items(store: ShelfStore, shelf: str | None = None) -> list[ReviewItem]:
    """Return the suggestions on one shelf or all shelves, by document and position in the text."""
    return [item for stored in store.documents(shelf) for item in document_items(stored)]


def document_items(stored: StoredDocument) -> list[ReviewItem]:
    """Return the suggestions in a document's latest version, in text order."""
    accepted = {record.slug for record in stored.record().records}
    rejected, text = stored.rejected(), read_version_text(stored.latest)
    items = []
    for one in read_suggestions(stored.latest):
        decided: State = "rejected" if one.slug in rejected else "open"
        state: State = "accepted" if one.slug in accepted else decided
        before = text[max(0, one.start - AROUND_CHARACTERS) : one.start]
        after = text[one.end : one.end + AROUND_CHARACTERS]
        items.append(ReviewItem(stored, one, state, before, after))
    return items


def find_item(store: ShelfStore, id: str) -> ReviewItem:
    """Return the suggestion with an id, DOCUMENT#SLUG or DOCUMENT/SLUG, or raise NotFoundError."""
    id = id.replace("/", "#")
    for item in document_items(store.document(id.partition("#")[0])):
        if item.suggestion.demand.id == id:
            return item
    raise NotFoundError(f"no suggestion '{id[:200]}'. Next: kb review --list")


def accept(item: ReviewItem, corrections: Mapping[str, Any]) -> Demand:
    """Add a suggestion, with the reviewer's corrections, to the records of its document.

    The id stays the same, so links to it still work. Raise CorpusError if a correction is invalid.
    """
    fields = item.suggestion.demand.model_dump(exclude_none=True) | dict(corrections)
    demand = validated(Demand, item.suggestion.demand.id, fields)
    if demand.locator:
        # The corpus format has locations in the source, but no offsets in one version of the text.
        at = {"section": demand.locator.section[-MAX_SECTIONS:], "start": None, "end": None}
        demand = demand.model_copy(update={"locator": demand.locator.model_copy(update=at)})
    record = item.stored.record()
    others = [other for other in record.records if other.slug != demand.slug]
    # Demands come first, by page and paragraph.
    place = sum(one.kind == "demand" and _place(one) <= _place(demand) for one in others)
    records = (*others[:place], demand, *others[place:])
    item.stored.write_record(record.model_copy(update={"records": records}))
    item.stored.write_rejected(item.stored.rejected() - {demand.slug})
    return demand


def _place(record: Record) -> tuple[int, int]:
    locator = record.locator
    return (locator.sheet or 0, locator.paragraph or 0) if locator else (0, 0)


def reject(item: ReviewItem) -> None:
    """Reject a suggestion, and remove its record if it had been accepted."""
    slug, record = item.suggestion.slug, item.stored.record()
    records = tuple(other for other in record.records if other.slug != slug)
    if records != record.records:
        item.stored.write_record(record.model_copy(update={"records": records}))
    item.stored.write_rejected(item.stored.rejected() | {slug})


def reopen(item: ReviewItem) -> None:
    """Undo the decision about a suggestion, so that it is open again."""
    reject(item)
    item.stored.write_rejected(item.stored.rejected() - {item.suggestion.slug})
