"""Derive outcomes of demands from events, and copy them to demands pursued in a case file."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from indexer.corpus.dates import years
from kb.domain.campaigns import Event, Outcome
from kb.domain.documents import Document
from kb.domain.records import Demand, Record
from kb.domain.sources import FactSource

OUR_TERMS = {
    "terms": "Free to use with credit to Precedent",
    "holder": "Precedent",
    "spdx": "CC-BY-4.0",
}


def case_source(front: Mapping[str, Any], events: Sequence[Event]) -> dict[str, Any]:
    """Return source metadata that describes a case file itself, dated by its campaign's years."""
    campaign = front.get("campaign")
    campaign = campaign if isinstance(campaign, dict) else {}
    parties = [campaign.get(key) for key in ("asked_by", "asked_of")]
    source = {
        "type": "entry",
        "title": front.get("title"),
        "organization": [name for one in parties if isinstance(one, list) for name in one],
        "issued": _period([campaign.get("began"), *(event.date for event in events)]),
        "accessed": front.get("looked"),
        "language": front.get("language") or "en",
        "rights": OUR_TERMS,
    }
    return {key: value for key, value in source.items() if value}


def _period(dates: Iterable[object]) -> str | None:
    """Return the years that dates span as an EDTF year or interval, or None without a date."""
    found: list[int] = []
    for date in dates:
        try:
            found += years(str(date)) if date else ()
        except ValueError:  # the check of that date reports it
            continue
    if not found:
        return None
    first, last = f"{min(found):04}", f"{max(found):04}"
    return first if first == last else f"{first}/{last}"


def with_own_outcomes(document: Document) -> Document:
    """Return the document with the outcomes of its demands, derived from its own events."""
    found = _outcomes(document)
    return _with(document, {f"{document.id}#{slug}": one for slug, one in found.items()})


def with_outcomes(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return the documents, with outcomes copied to demands that are pursued in a case file."""
    kept = tuple(documents)
    told = {
        record.id: record.outcome
        for document in kept
        for record in document.records
        if isinstance(record, Demand) and record.outcome
    }
    return tuple(
        _with(
            document,
            {
                record.id: told[record.pursued_in]
                for record in document.records
                if isinstance(record, Demand) and record.pursued_in in told
            },
        )
        for document in kept
    )


def _with(document: Document, outcomes: Mapping[str, Outcome]) -> Document:
    if not outcomes:
        return document
    records: tuple[Record, ...] = tuple(
        record.model_copy(update={"outcome": outcomes[record.id]})
        if isinstance(record, Demand) and record.id in outcomes
        else record
        for record in document.records
    )
    return document.model_copy(update={"records": records})


def _outcomes(document: Document) -> dict[str, Outcome]:
    """Return the outcome of each demand that an event decides, by the demand's slug."""
    sources = {one.id: one for one in document.sources}
    decided: dict[str, list[tuple[Event, str]]] = {}
    for event in document.events:
        for decision in event.decides:
            decided.setdefault(decision.demand, []).append((event, decision.status))
    return {demand: _outcome(document, found, sources) for demand, found in decided.items()}


def _outcome(
    document: Document, decided: Sequence[tuple[Event, str]], sources: Mapping[str, FactSource]
) -> Outcome:
    """Return a demand's outcome, given the events that decide it and their statuses, in order.

    The status is that of the last event. The date and text are those of the event since which
    this status has held without change or, while a demand is pending, those of the last event.
    """
    status = decided[-1][1]
    run = [event for event, _ in takewhile(lambda one: one[1] == status, reversed(decided))]
    since = run[0] if status == "pending" else run[-1]
    before = [event for event, _ in reversed(decided)]
    instruments = (one.instrument for one in (since, *reversed(run), *before) if one.instrument)
    return Outcome(
        status=status,
        date=since.date,
        looked=document.looked,
        text=since.text,
        evidence=_address(since, sources),
        instrument=next(instruments, None),
        told_in=document.id,
        events=tuple(event.id for event, _ in decided),
    )


def _address(event: Event, sources: Mapping[str, FactSource]) -> str | None:
    """Return the first address among an event's sources, preferring sources that are not weak."""
    named = [sources[one.id] for one in event.sources if one.id in sources]
    best_first = sorted(named, key=lambda one: one.weak is not None)
    return next((one.URL for one in best_first if one.URL), None)
