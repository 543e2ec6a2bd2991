"""The cases of tests/corpus/parse_cases.md: a corpus file, and its document or its problems."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from indexer.corpus.parse import parse
from kb.domain.documents import Document
from kb.errors import CorpusError, Problem

FILE = Path(__file__).parent / "parse_cases.md"
DOT = "."


class Case(NamedTuple):
    """One case, with its line in the case file."""

    title: str
    line: int
    given: str
    expected: str


def cases(text: str) -> Iterator[Case]:
    """Yield every case: a title, then the given and the expected part between three dots."""
    lines = text.splitlines()
    dots = [number for number, line in enumerate(lines) if line == DOT]
    assert len(dots) % 3 == 0, "a case has three lines with a dot"
    for first, second, third in zip(*[iter(dots)] * 3, strict=True):
        given = "\n".join(lines[first + 1 : second]) + "\n"
        expected = "\n".join(lines[second + 1 : third])
        yield Case(lines[first - 1], first, given, expected)


CASES = list(cases(FILE.read_text("utf-8")))


def said(problem: Problem) -> str:
    """Return a problem as the case file writes it."""
    return str(problem).removeprefix("case.md:")


def essentials(document: Document) -> dict[str, Any]:
    """Return the fields of a document; records have only those that differ from the default."""
    short = document.model_dump(mode="json", exclude_defaults=True)
    records = [
        {"kind": record.kind} | said
        for record, said in zip(document.records, short.get("records", []), strict=True)
    ]
    return document.model_dump(mode="json") | short | {"records": records}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}: {case.title}")
def test_a_file_parses_as_its_case_says(case: Case) -> None:
    """A corpus file gives the document or the problems that its case states."""
    if re.match(r"\d+: ", case.expected):
        with pytest.raises(CorpusError) as caught:
            parse("case.md", case.given)
        assert "\n".join(map(said, caught.value.problems)) == case.expected
    else:
        expected = yaml.safe_load(case.expected)
        found = essentials(parse("case.md", case.given).document)
        assert {key: found.get(key) for key in expected} == expected


def test_titles_of_cases_are_unique() -> None:
    """Each case has a title of its own, so that a failure names one case."""
    titles = [case.title for case in CASES]

    assert len(set(titles)) == len(titles)
