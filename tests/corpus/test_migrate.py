"""The conversion of corpus files from the format before campaigns."""

from pathlib import Path

import pytest

from indexer.corpus.migrate import main, migrated
from indexer.corpus.parse import parse
from kb.domain.records import Demand
from kb.errors import CorpusError

OLD = """---
id: rents-2020
kind: {kind}
source:
  type: webpage
  title: Rents
  organization:
  - City Council
  URL: https://example.org/rents
  rights:
    terms: All rights reserved
topics:
- housing
evidence:
- https://example.org/rents
- https://a.blogspot.com/rents
- Tamiment Library, box 3
---

# Rents

Tenants ask.

## Demands

### Freeze rents `freeze-rents`

No rent may rise.

- Action: ban
- Topics: housing
- Outcome: won; date: 2021-06; as of: 2026-11
- What happened: The council adopted it.
- Outcome seen at: <https://example.org/vote?a=%20b>

### Fund homes `fund-homes`

Money for homes.

- Action: fund
- Topics: housing
- Outcome: pending; as of: 2026-11
- What happened: Nothing yet.
- Outcome seen at: <https://example.org/rents>
"""


def test_evidence_becomes_sources_and_outcomes_become_events() -> None:
    """Addresses and texts of outcomes are kept; the as-of date, which no person set, is dropped."""
    text, left = migrated("rents-2020.md", OLD.format(kind="platform"))
    document = parse("rents-2020.md", text).document

    assert [(one.kind, one.URL or one.seen_at) for one in document.sources] == [
        ("primary", "https://example.org/rents"),
        ("secondary", "https://a.blogspot.com/rents"),
        ("reference", "Tamiment Library, box 3"),
        ("secondary", "https://example.org/vote?a=%20b"),
    ]
    assert document.sources[1].weak
    told = [
        (one.title, one.outcome.status, one.outcome.date, one.outcome.text, one.outcome.evidence)
        for one in document.records
        if isinstance(one, Demand) and one.outcome
    ]
    assert told == [
        ("Freeze rents", "won", "2021-06", "The council adopted it.",
         "https://example.org/vote?a=%20b"),
        ("Fund homes", "pending", None, "Nothing yet.", "https://example.org/rents"),
    ]  # fmt: skip
    assert document.looked is None
    assert left == ["rents-2020.md: 4 sources without a title"]


def test_an_outcome_document_becomes_a_case_file() -> None:
    """Its title is kept, its organization becomes who was asked, and missing parts are reported."""
    text, left = migrated("rents-2020.md", OLD.format(kind="outcome"))
    document = parse("rents-2020.md", text).document

    assert document.title == "Rents"
    assert document.campaign
    assert document.campaign.asked_of == ("City Council",)
    assert left[-1] == "rents-2020.md: the documents of the campaign are not known"


def test_a_converted_file_stays_as_it_is() -> None:
    """Converting a converted file changes nothing."""
    once, _ = migrated("rents-2020.md", OLD.format(kind="platform"))

    assert migrated("rents-2020.md", once) == (once, [])


def test_a_file_that_cannot_be_read_stays_and_the_others_are_converted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every problem is reported with its file, and an unreadable file is left as it was."""
    broken, sound = tmp_path / "broken.md", tmp_path / "rents-2020.md"
    broken.write_text("no front matter", "utf-8")
    sound.write_text(OLD.format(kind="platform"), "utf-8")

    code = main([str(broken), str(tmp_path / "absent.md"), str(sound)])

    said = capsys.readouterr().err
    assert code == 1
    assert f"{broken}:1: no front matter" in said
    assert "absent.md:1: not readable" in said
    assert broken.read_text("utf-8") == "no front matter"
    assert parse(sound.name, sound.read_text("utf-8")).document.sources
    assert sorted(one.name for one in tmp_path.iterdir()) == ["broken.md", "rents-2020.md"]


def test_an_outcome_in_another_order_is_reported() -> None:
    """Outcome lines that the conversion does not know are reported."""
    text = OLD.format(kind="platform").replace("- What happened: Nothing yet.\n", "")

    _, left = migrated("rents-2020.md", text)

    assert "rents-2020.md: 2 outcome lines that do not come three in a row" in left


def test_a_file_of_the_former_format_says_what_to_do() -> None:
    """The problems name the command that converts the file."""
    with pytest.raises(CorpusError) as caught:
        parse("rents-2020.md", OLD.format(kind="platform"))

    told = [str(one) for one in caught.value.problems]
    assert all("python -m indexer.corpus.migrate" in one for one in told)
    assert len(told) == 7
