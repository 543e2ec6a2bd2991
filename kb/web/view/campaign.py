"""Events of a campaign and their sources, for display on pages."""

from collections.abc import Collection
from typing import NamedTuple

from kb.domain.campaigns import Event
from kb.domain.documents import Document
from kb.domain.records import Demand, Record
from kb.domain.sources import Evidence
from kb.index.contract import Reader


class ToldEvent(NamedTuple):
    """An event with its sources, and the statuses that it gives to demands."""

    event: Event
    sources: tuple[Evidence, ...]
    decided: tuple[tuple[Demand, str], ...]  # demand, status


def told(document: Document, ids: Collection[str] | None = None) -> tuple[ToldEvent, ...]:
    """Return the events of a document in order, or only those with the given ids."""
    demands = {one.slug: one for one in document.records if isinstance(one, Demand)}
    return tuple(
        ToldEvent(
            event,
            document.evidence(event.sources),
            tuple(
                (demands[one.demand], one.status) for one in event.decides if one.demand in demands
            ),
        )
        for event in document.events
        if ids is None or event.id in ids
    )


class Telling(NamedTuple):
    """The document that records the outcome of a demand, and the events that decide it."""

    document: Document
    events: tuple[ToldEvent, ...]


def telling(reader: Reader, record: Record | None) -> Telling | None:
    """Return the document and the events that decide a demand, or None if it has no outcome."""
    if not isinstance(record, Demand) or record.outcome is None:
        return None
    document = reader.document(record.outcome.told_in)
    return Telling(document, told(document, record.outcome.events)) if document else None
