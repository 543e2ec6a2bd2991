"""A person's decision about a suggested demand: it becomes a record, or is not suggested again."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from indexer.corpus.front_matter import Lines
from indexer.corpus.parse import describe
from indexer.imports.store import Kept, Shelves, suggested_in, text_of
from kb.domain.documents import Demand
from kb.domain.imports import State, Suggested
from kb.errors import CorpusError, NotFoundError

MAX_SECTIONS = 3  # of a record in the corpus format
AROUND = 300  # characters before and after a suggestion that are shown with it


class Suggestion(NamedTuple):
    """A suggestion, what was decided on it, and the words around it."""

    kept: Kept
    suggested: Suggested
    state: State
    before: str
    after: str


def suggestions(
    shelves: Shelves, shelf: str | None = None, document_id: str | None = None
) -> list[Suggestion]:
    """Every suggestion of the latest versions, in order; those of one document if it is named."""
    found = []
    for kept in shelves.documents(shelf):
        if document_id not in (None, kept.id):
            continue
        accepted = {record.slug for record in kept.record().records}
        rejected, text = kept.rejected(), text_of(kept.latest)
        for one in suggested_in(kept.latest):
            state: State = "open"
            if one.slug in accepted:
                state = "accepted"
            elif one.slug in rejected:
                state = "rejected"
            before, after = text[max(0, one.start - AROUND) : one.start], text[one.end :][:AROUND]
            found.append(Suggestion(kept, one, state, before, after))
    return found


def find(shelves: Shelves, id: str) -> Suggestion:
    """The suggestion with this id; NotFoundError."""
    document_id = id.replace("/", "#").partition("#")[0]
    for one in suggestions(shelves, document_id=document_id):
        if one.suggested.demand.id == id.replace("/", "#"):
            return one
    raise NotFoundError(f"no suggestion '{id[:200]}'. Next: kb review --list")


def accept(one: Suggestion, corrected: Mapping[str, Any]) -> Demand:
    """Put a suggestion among the records of its document, with a person's corrections.

    Its id stays, so links to it go on working. CorpusError where a correction is not of its form.
    """
    fields = one.suggested.demand.model_dump(exclude_none=True) | dict(corrected)
    try:
        demand = Demand.model_validate(fields)
    except ValidationError as error:
        path = one.suggested.demand.id
        raise CorpusError([describe(path, Lines(1), item) for item in error.errors()]) from error
    if demand.locator:
        # The corpus format keeps the place in the source; characters of a version it cannot know.
        at = {"section": demand.locator.section[-MAX_SECTIONS:], "start": None, "end": None}
        demand = demand.model_copy(update={"locator": demand.locator.model_copy(update=at)})
    record = one.kept.record()
    others = [other for other in record.records if other.slug != demand.slug]
    place = sum(_is_before(other, demand) for other in others)
    records = (*others[:place], demand, *others[place:])
    one.kept.write_record(record.model_copy(update={"records": records}))
    one.kept.write_rejected(one.kept.rejected() - {demand.slug})
    return demand


def _is_before(record: Any, demand: Demand) -> bool:
    """Whether a record stands before a demand: demands first, by page and paragraph."""
    return record.kind == "demand" and _place(record) <= _place(demand)


def _place(record: Any) -> tuple[int, int]:
    locator = record.locator
    return (locator.sheet or 0, locator.paragraph or 0) if locator else (0, 0)


def reject(one: Suggestion) -> None:
    """Suggest it no more; a record that was made of it goes too."""
    slug, record = one.suggested.slug, one.kept.record()
    records = tuple(other for other in record.records if other.slug != slug)
    if records != record.records:
        one.kept.write_record(record.model_copy(update={"records": records}))
    one.kept.write_rejected(one.kept.rejected() | {slug})


def reopen(one: Suggestion) -> None:
    """As if nobody had looked at it."""
    reject(one)
    one.kept.write_rejected(one.kept.rejected() - {one.suggested.slug})
