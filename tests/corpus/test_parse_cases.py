"""The cases of tests/corpus/parse_cases.md: a corpus file, and what it says or breaks."""

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
    """One case, and the line of the case file where it stands."""

    title: str
    line: int
    given: str
    expected: str


def cases(text: str) -> Iterator[Case]:
    """Yield every case: a title, then two parts between three dots."""
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
    """Return a document as the case file writes it: what is not said is not there."""
    short = document.model_dump(mode="json", exclude_defaults=True)
    records = [
        {"kind": record.kind} | said
        for record, said in zip(document.records, short.get("records", []), strict=True)
    ]
    return document.model_dump(mode="json") | short | {"records": records}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}: {case.title}")
def test_case(case: Case) -> None:
    """A corpus file is the document, or has the problems, that its case says."""
    if re.match(r"\d+: ", case.expected):
        with pytest.raises(CorpusError) as caught:
            parse("case.md", case.given)
        assert "\n".join(map(said, caught.value.problems)) == case.expected
    else:
        expected = yaml.safe_load(case.expected)
        found = essentials(parse("case.md", case.given).document)
        assert {key: found.get(key) for key in expected} == expected


def test_titles_are_unique() -> None:
    """Each case has a title of its own, so that a report names one case."""
    titles = [case.title for case in CASES]

    assert len(set(titles)) == len(titles)
