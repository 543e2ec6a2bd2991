"""Tables of coverage count documents and records, and list the emptiest topics first."""

from pathlib import Path

import pytest

from indexer.corpus.coverage import tables
from indexer.corpus.read import read
from kb.cli import main
from kb.domain.documents import Length
from kb.domain.records import Locator
from kb.domain.sources import SourceRef
from kb.domain.tables import Table
from kb.languages.labels import COVERAGE, KNOWN
from tests.builders import (
    make_corpus,
    make_demand,
    make_document,
    make_finding,
    make_outcome,
    make_source,
)

LOCATED = make_finding("share", locator=Locator(page="3"))
DOCUMENTS = [
    make_document("asked", [make_demand("stop", outcome=make_outcome()), make_demand("go")]),
    make_document("found", [LOCATED, make_finding("other")], {"issued": "1968-04"},
                  kind="report", length=Length(pages=12)),
    make_document("undated", [make_finding("third")], {"issued": None, "language": "es"},
                  kind="report"),
]  # fmt: skip


@pytest.fixture
def counted(tmp_path: Path) -> dict[str, Table]:
    """Return the coverage tables of three documents by name."""
    return {one.name: one for one in tables(read(make_corpus(tmp_path, DOCUMENTS)))}


def rows(table: Table) -> dict[str, tuple[int, int | None]]:
    """Return the counts of a table by value: the number, and of how many, or None."""
    return {row.value: (row.number, row.of) for row in table.rows}


def test_every_document_and_record_is_counted_once(counted: dict[str, Table]) -> None:
    """The rows of each table add up to all documents, undated ones included."""
    for name in ("documents", "languages", "countries", "decades"):
        assert sum(row.number for row in counted[name].rows) == len(DOCUMENTS), name
    assert rows(counted["records"]) == {"finding": (3, None), "demand": (2, None)}
    assert rows(counted["decades"])[""] == (1, None)
    assert rows(counted["decades"])["1960"] == (1, None)


def test_known_details_are_counted_of_all_that_could_have_them(counted: dict[str, Table]) -> None:
    """Locators, lengths and outcomes are counted of all that could have them."""
    known = rows(counted["known"])

    assert known["finding-locators"] == (1, 3)
    assert known["lengths"] == (1, 2)
    assert rows(counted["outcomes"]) == {"": (1, None), "won": (1, None)}


def test_claims_are_counted_by_their_support(tmp_path: Path) -> None:
    """Two pages of one publisher are one source; a claim counts by the best of its sources."""
    sources = (
        make_source("a", publisher="Times"), make_source("b", publisher="Times"),
        make_source("c", publisher="City", kind="primary"),
        make_source("d", publisher="Forum", weak="a forum"),
    )  # fmt: skip
    named = [("one", "ab"), ("two", "ac"), ("poor", "d"), ("none", "")]
    findings = [
        make_finding(slug, sources=tuple(SourceRef(id=one) for one in ids)) for slug, ids in named
    ]
    document = make_document("found", findings, kind="report", sources=sources)

    found = {one.name: one for one in tables(read(make_corpus(tmp_path, [document])))}

    assert rows(found["support"]) == {"1": (2, None), "2": (1, None), "own": (1, None)}
    assert rows(found["evidence"]) == {
        "news": (1, None), "primary": (1, None), "weak": (1, None), "own": (1, None),
    }  # fmt: skip


def test_gaps_come_first(counted: dict[str, Table]) -> None:
    """Topics are listed by number, so that the empty ones come first; a state has its number."""
    counts = [row.number for row in counted["topics"].rows]

    assert counts == sorted(counts)
    assert counts[0] == 0 < counts[-1]
    assert rows(counted["states"])["us-ca"] == (3, None)


def test_every_table_and_share_has_a_title(counted: dict[str, Table]) -> None:
    """Each table, and each row of the table of known details, has a title for people."""
    assert set(counted) == set(COVERAGE)
    assert set(rows(counted["known"])) == set(KNOWN)


def test_the_command_prints_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`kb coverage` prints each row with its count, and a bar for a share."""
    code = main(["coverage", "--corpus", str(make_corpus(tmp_path, DOCUMENTS))])
    printed = capsys.readouterr().out

    assert code == 0
    assert "Documents by kind\n  report    " in printed
    assert "1 of 3  ██████████" in printed


def test_decided_case_files_are_counted_by_kind_of_campaign(tmp_path: Path) -> None:
    """A case file counts once for its kind if a demand is decided; losses are counted too."""
    lost, pending = make_outcome(status="lost"), make_outcome(status="pending")
    case_files = [
        make_document("lost", [make_demand(outcome=lost)], kind="outcome"),
        make_document("open", [make_demand(outcome=pending)], kind="outcome"),
    ]
    corpus = make_corpus(tmp_path, case_files)
    topics = corpus / "topics.yaml"
    topics.write_text(f"campaigns: [housing]\n{topics.read_text()}")

    table = {one.name: one for one in tables(read(corpus))}["campaigns"]

    assert [(row.value, row.number, row.undone, row.regions) for row in table.rows] == [
        ("housing", 1, 1, 1)
    ]
