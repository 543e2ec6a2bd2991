"""Collect the lines of a record or event, and parse its fields."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from indexer.corpus.front_matter import Lines
from indexer.corpus.quantity import parse_quantity
from kb.languages.registry import LANGUAGES

# Keys in the list under a record or event, and the field that each sets.
FIELDS = {
    "Action": "action",
    "Target": "target",
    "Level": "level",
    "Place": "place",
    "Topics": "topics",
    "Amount": "amount",
    "Figure": "figure",
    "Detail": "detail",
    "Page": "page",
    "File page": "sheet",
    "Last file page": "last_sheet",
    "Paragraph": "paragraph",
    "Time": "timestamp",
    "Speaker": "speaker",
    "Row": "row",
    "Pursued in": "pursued_in",
    "Decides": "decides",
    "Vote": "vote",
    "Instrument": "instrument",
    "Sources": "sources",
    **{
        f"{key} {tag}": f"{key.lower()} {tag}"
        for key in ("Title", "Text", "Phrases")
        for tag in LANGUAGES
    },
}
LOCATOR = ("page", "sheet", "last_sheet", "paragraph", "timestamp", "speaker", "row")
WORDS = ("action", "target", "level", "place", "detail", "pursued_in", "vote")
UNDATED = "undated"  # heading of an event whose date is not known

_TEXT = re.compile(r"text:\s*<")


def address(markdown: str) -> str | None:
    """Return the URL in a `text: <...>` that ends the Markdown, exactly as written, or None."""
    line = markdown.rstrip()
    starts = [found.end() for found in _TEXT.finditer(line)]
    return line[starts[-1] : -1].strip() if starts and line.endswith(">") else None


class Draft:
    """The lines of a record or event, collected until it ends."""

    def __init__(
        self, kind: str | None, slug: str, title: str, section: tuple[str, ...], line: int
    ) -> None:
        self.kind, self.slug, self.title, self.section, self.line = kind, slug, title, section, line
        self.text: list[str] = []
        self.fields: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self.address: str | None = None  # of the instrument's text
        self.wrong: list[tuple[str, str]] = []  # invalid fields, each with its error message

    def places(self) -> Lines:
        """Return the line number of each field by its path."""
        lines = Lines(self.line)
        for field, line in self.lines.items():
            lines.put(("locator", field) if field in LOCATOR else (field,), line)
        return lines

    def value(self, document_id: str) -> dict[str, Any]:
        """Return the values to validate as a model, and add fields that do not parse to `wrong`."""
        value: dict[str, Any] = {"id": f"{document_id}#{self.slug}"}
        if self.kind == "event":
            value["date"] = None if self.title == UNDATED else self.title
        else:
            value["kind"] = self.kind
        if self.kind == "demand":
            value["title"] = self.title
        value["text"] = "\n\n".join(self.text)
        value |= {field: self.fields[field] for field in WORDS if field in self.fields}
        if "topics" in self.fields:
            value["topics"] = [topic.strip() for topic in self.fields["topics"].split(",")]
        for field, parse in (
            ("amount", parse_quantity),
            ("figure", parse_quantity),
            ("decides", _decisions),
            ("instrument", self._instrument),
            ("sources", _sources),
        ):
            value |= self._parsed(field, parse)
        if locator := self._locator():
            value["locator"] = locator
        if phrases := self._phrases():
            value["phrases"] = phrases
        if translations := self._translations():
            value["translations"] = translations
        return value

    def _parsed(self, field: str, parse: Callable[[str], Any]) -> dict[str, Any]:
        if field not in self.fields:
            return {}
        try:
            return {field: parse(self.fields[field])}
        except ValueError as error:
            self.wrong.append((field, str(error)))
            return {}

    def _locator(self) -> dict[str, Any]:
        locator: dict[str, Any] = {"section": self.section} if self.section else {}
        return locator | {part: self.fields[part] for part in LOCATOR if part in self.fields}

    def _phrases(self) -> dict[str, list[str]]:
        given = {tag: self.fields.get(f"phrases {tag}", "") for tag in LANGUAGES}
        return {
            tag: [one.strip() for one in line.split(";") if one.strip()]
            for tag, line in given.items() if line
        }  # fmt: skip

    def _translations(self) -> dict[str, dict[str, str]]:
        given = {
            tag: {key: self.fields[f"{key} {tag}"] for key in ("title", "text")
                  if f"{key} {tag}" in self.fields}
            for tag in LANGUAGES
        }  # fmt: skip
        return {tag: parts for tag, parts in given.items() if parts}

    def _instrument(self, line: str) -> dict[str, Any]:
        # The address comes last because it may contain a semicolon.
        before, named, _ = line.partition("; text:")
        kind, *parts = [part.strip() for part in before.split(";")]
        found: dict[str, Any] = {"kind": kind}
        for part in parts:
            key, _, value = part.partition(":")
            key = key.strip()
            if key not in {"number", "name"} or key in found or not value.strip():
                raise ValueError(
                    f"'{part}' is not part of an instrument; expected "
                    "'KIND; number: ...; name: ...; text: <https://...>'"
                )
            found[key] = value.strip()
        if named:
            found["URL"] = self.address or "without < and >"
        return found


def _decisions(line: str) -> list[dict[str, str]]:
    """Parse `DEMAND STATUS, ...` into decisions; raise ValueError if a status is missing."""
    found = []
    for part in line.split(","):
        demand, _, status = part.strip().partition(" ")
        if not status:
            raise ValueError(f"'{part.strip()}' is not a decision; expected 'DEMAND STATUS'")
        found.append({"demand": demand, "status": status.strip()})
    return found


def _sources(line: str) -> list[dict[str, str]]:
    """Parse `SOURCE; SOURCE, PLACE` into references; raise ValueError if a part is empty."""
    return list(_source_refs(line))


def _source_refs(line: str) -> Iterator[dict[str, str]]:
    for part in line.split(";"):
        source, comma, place = part.strip().partition(",")
        if not source or (comma and not place.strip()):
            raise ValueError(f"'{part.strip()}' is not a source; expected 'SOURCE, PLACE; ...'")
        yield {"id": source.strip(), "place": place.strip()}
