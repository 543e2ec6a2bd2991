"""Write a document as a corpus file that `parse` reads back as the same document."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import yaml

from indexer.corpus.draft import UNDATED
from indexer.corpus.inline import escape
from indexer.corpus.quantity import print_quantity
from kb.domain.campaigns import Event, Instrument
from kb.domain.documents import Document
from kb.domain.quantities import Quantity
from kb.domain.records import Demand, Finding, Locator, Record
from kb.domain.sources import SourceRef

PARTS = {"demand": "Demands", "finding": "Findings", "idea": "Ideas"}


def write(document: Document) -> str:
    """Return the text of the corpus file: front matter, summary, events, and records by kind."""
    derived = {"source"} if document.kind == "outcome" else set()
    front = document.model_dump(
        mode="json",
        exclude={"summary", "events", "records"} | derived,
        exclude_none=True,
        exclude_defaults=False,
    )
    matter = yaml.safe_dump(_pruned(front), sort_keys=False, allow_unicode=True, width=100)
    blocks = [f"# {escape(document.heading)}", *_paragraphs(document.summary)]
    if document.events:
        blocks.append("## Events")
        for event in document.events:
            blocks += _event(event)
    for kind, records in groupby(document.records, key=lambda record: record.kind):
        blocks.append(f"## {PARTS[kind]}")
        blocks.extend(_records(list(records)))
    return f"---\n{matter}---\n\n" + "\n\n".join(blocks) + "\n"


def _pruned(value: Any) -> Any:
    """Return the value without empty lists and mappings, which a person would not write."""
    if isinstance(value, dict):
        pruned = {key: _pruned(item) for key, item in value.items()}
        return {key: item for key, item in pruned.items() if item not in ({}, [], None)}
    return [_pruned(item) for item in value] if isinstance(value, list) else value


def _paragraphs(text: str) -> list[str]:
    return [escape(paragraph) for paragraph in text.split("\n\n")]


def _records(records: list[Record]) -> Iterator[str]:
    """Yield the Markdown blocks of records, under the headings of their sections."""
    current: tuple[str, ...] = ()
    for record in records:
        section = record.locator.section if record.locator else ()
        if section != current:
            shared = _shared(current, section)
            for depth, name in enumerate(section[shared:], start=shared):
                yield f"{'#' * (3 + depth)} {escape(name)}"
            current = section
        yield from _record(record, "#" * (3 + len(section)))


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return how many headings of `other` are already written; the last is always repeated."""
    count = 0
    while count < min(len(one), len(other) - 1) and one[count] == other[count]:
        count += 1
    return count


def _record(record: Record, marks: str) -> Iterator[str]:
    title = escape(record.title) if isinstance(record, Demand) else record.kind.capitalize()
    yield f"{marks} {title} `{record.slug}`"
    yield from _paragraphs(record.text)
    fields = "\n".join(f"- {name}: {value}" for name, value in _fields(record))
    if fields:
        yield fields


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    if isinstance(record, Demand):
        yield from _given(
            ("Action", record.action),
            ("Target", record.target),
            ("Level", record.level),
            ("Place", record.place),
        )
    if record.topics:
        yield "Topics", ", ".join(record.topics)
    name, quantity = _quantity(record)
    if quantity:
        yield name, escape(print_quantity(quantity))
    if record.locator:
        yield from _locator(record.locator)
    if isinstance(record, Demand):
        yield from _given(("Detail", record.detail), ("Pursued in", record.pursued_in))
    if record.sources:
        yield "Sources", _sources(record.sources)
    yield from _in_languages(record)


def _in_languages(record: Record) -> Iterator[tuple[str, str]]:
    if isinstance(record, Demand):
        for language, one in record.translations.items():
            yield from _given((f"Title {language}", one.title), (f"Text {language}", one.text))
    for language, phrases in record.phrases.by_language.items():
        yield f"Phrases {language}", escape("; ".join(phrases))


def _given(*pairs: tuple[str, str | None]) -> Iterator[tuple[str, str]]:
    return ((name, escape(value)) for name, value in pairs if value)


def _event(event: Event) -> Iterator[str]:
    yield f"### {event.date or UNDATED} `{event.slug}`"
    yield from _paragraphs(event.text)
    if fields := "\n".join(f"- {name}: {value}" for name, value in _event_fields(event)):
        yield fields


def _event_fields(event: Event) -> Iterator[tuple[str, str]]:
    if event.decides:
        yield "Decides", ", ".join(f"{one.demand} {one.status}" for one in event.decides)
    if event.vote:
        yield "Vote", escape(event.vote)
    if event.instrument:
        yield "Instrument", _instrument(event.instrument)
    if event.amount:
        yield "Amount", escape(print_quantity(event.amount))
    if event.sources:
        yield "Sources", _sources(event.sources)


def _instrument(instrument: Instrument) -> str:
    parts: list[str] = [instrument.kind]
    for key, value in (("number", instrument.number), ("name", instrument.name)):
        parts += [f"{key}: {value}"] if value else []
    line = "; ".join(parts)
    # Escaped as a whole, because `&amp` and the semicolon after it would be an entity.
    return f"{escape(f'{line};')} text: <{instrument.URL}>" if instrument.URL else escape(line)


def _sources(sources: tuple[SourceRef, ...]) -> str:
    parts = [f"{one.id}, {one.place}" if one.place else one.id for one in sources]
    return escape("; ".join(parts))  # as a whole, for the same reason as instruments


def _quantity(record: Record) -> tuple[str, Quantity | None]:
    match record:
        case Demand():
            return "Amount", record.amount
        case Finding():
            return "Figure", record.figure
        case _:
            return "", None


def _locator(locator: Locator) -> Iterator[tuple[str, str]]:
    for name, value in (
        ("Page", locator.page),
        ("File page", locator.sheet),
        ("Last file page", locator.last_sheet),
        ("Paragraph", locator.paragraph),
        ("Time", locator.timestamp),
        ("Speaker", locator.speaker),
        ("Row", locator.row),
    ):
        if value:
            yield name, escape(str(value))
