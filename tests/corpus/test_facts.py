"""Every document says what its fact sheet says, where the sheets lie beside the repository.

The order of records may differ, a place is an id of the gazetteer, and a sheet of an outcome is
a document of kind `outcome`; everything else is the same.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from indexer.corpus.read import read
from kb.domain.documents import Demand, Document, Finding, Name, Record

FACTS = Path(__file__).parents[3] / "shared" / "facts"
SHEETS = sorted(FACTS.glob("*/*.yaml"))
PARTS = ("demands", "findings", "ideas")
# What a document says better than its sheet.
MENDED = {
    # The sheet leaves the journal out; the DOI 10.3390/urbansci6010006 names it.
    "advance-peace-sacramento-2022": {
        "organizations": [
            "Urban Science",
            "University of California, Berkeley, Center for Global Healthy Cities",
        ]
    },
}
# The sheet says that it was won; the page that it names tells of a vote still ahead.
MENDED_RECORDS = {
    "outcome-phoenix-union-school-pb-2020#community-decides-safety-money": {
        "outcome": (
            "partly-won",
            "2020",
            "The agreement with the city lapsed; the vote on proposals was set for February and "
            "March 2023. What it chose is not known here.",
            "https://www.pxu.org/domain/7910",
        )
    },
}
LATER_TOPICS = frozenset({"invest-divest"})  # the sheets are older than these

pytestmark = pytest.mark.skipif(not SHEETS, reason="the fact sheets are not beside this checkout")


@cache
def documents(corpus: Path) -> dict[str, Document]:
    """The corpus by id, read once."""
    return {document.id: document for document in read(corpus).documents}


@cache
def sheets() -> dict[str, dict[str, Any]]:
    """The sheets by id, read once."""
    found = [yaml.safe_load(path.read_text("utf-8")) for path in SHEETS]
    return {sheet["id"]: sheet for sheet in found}


def words(value: Any) -> str | None:
    """A value of a sheet as a string, its line breaks as spaces; None where it says nothing."""
    return " ".join(str(value).split()) if value else None


def name(one: Name) -> str:
    """A person as a sheet writes one."""
    return f"{one.family}, {one.given}" if one.family and one.given else str(one)


def head_of_sheet(sheet: dict[str, Any]) -> dict[str, Any]:
    """What a sheet says of the source."""
    outcome = sheet["id"].startswith("outcome-")
    identifiers = sheet.get("identifiers") or {}
    return {
        "kind": "outcome" if outcome else sheet["kind"],
        "title": words(sheet["title"]),
        "authors": [words(author) for author in sheet["authors"]],
        "organizations": sheet["organizations"],
        "date": words(sheet["date"]),
        "url": words(sheet["url"]),
        "languages": (sheet["language"], sheet.get("text_language") or sheet["language"]),
        "length": {key: value for key, value in sheet["length"].items() if value},
        "identifiers": (words(identifiers.get("doi")), words(identifiers.get("isbn"))),
        "audience": sheet["audience"],
        "topics": sheet["topics"],
        "summary": words(sheet["summary"]),
        "evidence": sheet["evidence"],
        "related": [(tie["relation"], tie["to"]) for tie in sheet["related"]],
        "place": bool(sheet.get("place")),
    }


def head_of_document(document: Document) -> dict[str, Any]:
    """The same of a document."""
    source = document.source
    return {
        "kind": document.kind,
        "title": source.title,
        "authors": [name(author) for author in source.author],
        "organizations": list(source.organization),
        "date": source.issued,
        "url": source.URL,
        "languages": (source.language, document.language),
        "length": document.length.model_dump(exclude_none=True),
        "identifiers": (source.DOI, source.ISBN),
        "audience": document.audience,
        "topics": [one for one in document.topics if one not in LATER_TOPICS],
        "summary": document.summary,
        "evidence": list(document.evidence),
        "related": [(tie.relation, tie.to) for tie in document.related],
        "place": bool(document.place),
    }


def record_of_sheet(part: str, row: dict[str, Any]) -> dict[str, Any]:
    """What a sheet says in one record."""
    locator = row.get("locator") or {}
    outcome = row.get("outcome")
    return {
        "kind": part.removesuffix("s"),
        "text": words(row["text"]),
        "topics": row["topics"],
        "section": words(locator.get("section")),
        "page": words(locator.get("page")),
        **{key: words(row.get(key)) for key in ("title", "action", "target", "level")},
        "outcome": outcome
        and tuple(words(outcome[key]) for key in ("status", "date", "text", "evidence")),
    }


def record_of_document(record: Record) -> dict[str, Any]:
    """The same of a record."""
    locator, outcome = record.locator, getattr(record, "outcome", None)
    return {
        "kind": record.kind,
        "text": record.text,
        "topics": [one for one in record.topics if one not in LATER_TOPICS],
        "section": words(" > ".join(locator.section)) if locator else None,
        "page": locator.page if locator else None,
        **{key: getattr(record, key, None) for key in ("title", "action", "target", "level")},
        "outcome": outcome and (outcome.status, outcome.date, outcome.text, outcome.evidence),
    }


def rows(corpus: Path) -> Iterator[tuple[str, dict[str, Any], Record]]:
    """Every record: its part of the sheet, what the sheet says, what the document says."""
    for sheet_id, sheet in sheets().items():
        held = {record.slug: record for record in documents(corpus)[sheet_id].records}
        for part in PARTS:
            for row in sheet.get(part) or []:
                yield part, row, held[row["id"]]


@pytest.mark.slow
def test_every_sheet_has_its_document(corpus: Path) -> None:
    """No sheet and no document is without the other."""
    assert sheets().keys() == documents(corpus).keys()


def test_documents_say_what_their_sheets_say(corpus: Path) -> None:
    """Title, authors, date, address, languages, topics, summary, evidence and ties are equal."""
    for sheet_id, sheet in sheets().items():
        expected = head_of_sheet(sheet) | MENDED.get(sheet_id, {})
        assert head_of_document(documents(corpus)[sheet_id]) == expected, sheet_id


def test_every_record_is_there_once(corpus: Path) -> None:
    """A document has the records of its sheet and no other."""
    for sheet_id, sheet in sheets().items():
        expected = [row["id"] for part in PARTS for row in sheet.get(part) or []]
        found = [record.slug for record in documents(corpus)[sheet_id].records]
        assert sorted(found) == sorted(expected), sheet_id


def test_records_say_what_their_sheets_say(corpus: Path) -> None:
    """Words, topics, targets, levels, locators and outcomes are equal; none is invented."""
    for part, row, record in rows(corpus):
        expected = record_of_sheet(part, row) | MENDED_RECORDS.get(record.id, {})
        assert record_of_document(record) == expected, record.id


def test_amounts_are_those_of_their_sheets(corpus: Path) -> None:
    """An amount has the sheet's value, currency and period of payment, and its note as stated."""
    for _, row, record in rows(corpus):
        if isinstance(record, Demand):
            sheet, amount = row.get("amount"), record.amount
            assert bool(sheet) == bool(amount), record.id
            if sheet and amount:
                currency = amount.unit if amount.is_money else None
                found = (amount.value, currency, amount.per, amount.stated)
                keys = ("value", "currency", "per", "note")
                assert found == tuple(sheet[key] or None for key in keys), record.id


def test_figures_are_those_of_their_sheets(corpus: Path) -> None:
    """A figure has the sheet's value and period, and its unit in the sheet's words."""
    for _, row, record in rows(corpus):
        if isinstance(record, Finding):
            sheet, figure = row.get("figure"), record.figure
            assert bool(sheet) == bool(figure), record.id
            if sheet and figure:
                said = figure.unit + (f" per {figure.per}" if figure.per else "")
                stated = {figure.stated} if figure.stated else {figure.unit, said}
                assert (figure.value, figure.period) == (sheet["value"], words(sheet["period"]))
                assert sheet["unit"] in stated, record.id
