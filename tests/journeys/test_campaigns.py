"""A campaign from its case file to the reader: outcome, sources and citation."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.citations.item import works
from kb.cli import main
from kb.domain.campaigns import Instrument
from kb.domain.queries import Query
from kb.domain.records import Demand
from kb.domain.sources import SourceRef
from kb.encoders.vector_spaces import vector_spaces
from kb.exports.formats import FORMATS, export
from kb.exports.presenter import Presenter
from kb.index.engine import open_engine
from kb.search.searcher import Searcher
from tests.api.builders import make_app, make_client
from tests.builders import (
    SEEN,
    make_case,
    make_corpus,
    make_demand,
    make_document,
    make_event,
    make_finding,
    make_index,
    make_outcome,
    make_source,
)
from tests.fakes import HashEncoder

CASE = "outcome-rents-2021"
MINUTES = make_source(
    title="Minutes of the council", publisher="City of Oakland", kind="primary", issued="2021-06-01"
)
PAPER = make_source("paper", title="Rents frozen", publisher="The Paper", type="article-newspaper")

UNTITLED = make_source("untitled", URL="https://example.org/untitled")
BLOG = make_source("blog", URL="https://example.org/blog", weak="a blog")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a case file, a platform whose demand it decides, and other demands."""
    case = make_case(CASE)
    ordinance = Instrument(kind="ordinance", number="2021-14", URL="https://example.org/2021-14")
    decided = case.events[0].model_copy(
        update={
            "instrument": ordinance,
            "vote": "5 to 2",
            "sources": (SourceRef(id="blog"), SourceRef(id="seen")),
        }
    )
    first = make_event("rally", id=f"{CASE}#rally", date="2019", text="Tenants marched.")
    finding = make_finding(
        "turnout", id=f"{CASE}#turnout", text="Two thousand tenants marched in Oakland.",
        sources=(SourceRef(id="paper", place="p. 3"), SourceRef(id="seen")),
    )  # fmt: skip
    rain = make_finding(
        "rain", id=f"{CASE}#rain", text="Rain fell on the march.",
        sources=(SourceRef(id="untitled"),),
    )  # fmt: skip
    case = case.model_copy(
        update={
            "events": (first, decided), "records": (*case.records, finding, rain),
            "sources": (MINUTES, PAPER, UNTITLED, BLOG),
        }
    )  # fmt: skip
    pursued = make_demand(title="Stop rents from rising", pursued_in=f"{CASE}#freeze-rents")
    heading = make_demand("buses", title="Make buses free", text="Buses.", detail="heading-only")
    full = make_demand("ride", title="Make buses free", text="Buses.")
    root = tmp_path_factory.mktemp("campaigns")
    corpus = make_corpus(
        root,
        [
            case,
            make_document(records=[pursued]),
            make_document("a-heading", [heading]),
            make_document("z-full", [full]),
        ],
    )
    make_index(root / "index", corpus, HashEncoder())
    return root


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Searcher:
    """Return a searcher over the campaign."""
    return Searcher(open_engine(folder / "index").reader(), vector_spaces(HashEncoder()))


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    """Yield a client of the pages of the campaign."""
    with make_client(make_app(folder / "index", HashEncoder())) as opened:
        yield opened


def test_an_outcome_is_stated_once_and_shown_for_both_demands(client: TestClient) -> None:
    """The platform's demand has the outcome of the case file, which it names."""
    told = client.get(f"/v1/records/{CASE}/freeze-rents").json()["record"]["outcome"]
    shown = client.get("/v1/records/tenants-platform-2020/freeze-rents").json()["record"]

    assert shown["outcome"] == told
    assert (told["status"], told["told_in"]) == ("won", CASE)
    assert told["instrument"]["number"] == "2021-14"


def test_a_demand_is_found_by_the_instrument_that_decided_it(client: TestClient) -> None:
    """`instrument=ordinance` finds the demand of the case file and that of the platform."""
    found = client.get("/v1/search", params={"instrument": "ordinance"}).json()["hits"]

    assert {hit["id"] for hit in found} == {
        f"{CASE}#freeze-rents",
        "tenants-platform-2020#freeze-rents",
    }


def test_pages_show_events_with_their_votes_and_sources(client: TestClient) -> None:
    """The case's page shows every event, and the demand's page the events that decide it."""
    case = client.get(f"/d/{CASE}").text
    demand = client.get("/d/tenants-platform-2020/freeze-rents").text

    assert "Tenants marched." in case
    for page in (case, demand):
        assert "5 to 2" in page
        assert "https://example.org/2021-14" in page
        assert "Minutes of the council" in page
    assert "Tenants marched." not in demand
    assert f'href="/d/{CASE}"' in demand


def test_a_record_of_a_case_file_is_cited_by_its_sources(searcher: Searcher) -> None:
    """The citation names the sources of the record, with the page that each gives."""
    reader = searcher.reader
    (entry,) = reader.fetch([reader.keys([f"{CASE}#turnout"])[f"{CASE}#turnout"]])

    assert [(one.work.title, one.place) for one in works(entry)] == [
        ("Rents frozen", "p. 3"),
        ("Minutes of the council", None),
    ]
    assert entry.citation == (
        f"The Paper, “Rents frozen”, n.d., p. 3. {SEEN}; "
        f"City of Oakland, “Minutes of the council”, 2021-06-01. {SEEN}"
    )
    items = json.loads(export([entry], "json", Presenter()))
    assert [(one["title"], one["id"]) for one in items] == [
        ("Rents frozen", f"{CASE}#turnout"),
        ("Minutes of the council", f"{CASE}#turnout-2"),
    ]


def test_a_case_file_is_cited_as_a_dossier_of_ours(searcher: Searcher) -> None:
    """The author is Precedent, the date is the last look, the address is the permanent link."""
    reader = searcher.reader
    (entry,) = reader.fetch([reader.keys([CASE])[CASE]])
    home = Presenter(address=lambda id: f"https://precedent.example/d/{id}")

    (item,) = json.loads(export([entry], "json", home))

    assert item["author"] == [{"literal": "Precedent"}]
    assert item["genre"] == "campaign dossier"
    assert item["title"] == "Rents frozen in Oakland"
    assert item["issued"] == {"date-parts": [[2022, 1]]}
    assert item["URL"] == f"https://precedent.example/d/{CASE}"


@pytest.mark.parametrize("form", FORMATS)
def test_a_source_without_a_title_is_exported(searcher: Searcher, form: str) -> None:
    """Every export format contains a source of which only the address is known."""
    reader = searcher.reader
    (entry,) = reader.fetch([reader.keys([f"{CASE}#rain"])[f"{CASE}#rain"]])

    assert "https://example.org/untitled" in export([entry], form, Presenter())


def test_the_evidence_of_an_outcome_is_its_best_source(searcher: Searcher) -> None:
    """The evidence of an outcome is a sound source if its event names one beside a weak one."""
    reader = searcher.reader
    (entry,) = reader.fetch([reader.keys([f"{CASE}#freeze-rents"])[f"{CASE}#freeze-rents"]])
    assert isinstance(entry.record, Demand)
    assert entry.record.outcome

    assert entry.record.outcome.evidence == SEEN


def test_an_instrument_is_named_once() -> None:
    """The kind is not repeated before a number that begins with it."""
    named = [
        Presenter().instrument(Instrument(kind="resolution", number=number))
        for number in ("37-R-27", "Resolution 37-R-27", None)
    ]

    assert named == ["resolution 37-R-27", "Resolution 37-R-27", "resolution"]


def test_a_heading_ranks_below_a_demand_that_says_more(searcher: Searcher) -> None:
    """Of two equal demands, the one of which only the heading is known ranks lower."""
    found = [hit.id for hit in searcher.search(Query(text="make buses free")).hits]

    assert found.index("z-full#ride") < found.index("a-heading#buses")


def test_an_audit_with_the_same_seed_draws_the_same_records(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same seed draws the same records, each with its outcome and its sources."""
    monkeypatch.setenv("KB_CORPUS", str(folder / "corpus"))
    sheets = []
    for seed in ("1", "1", "2"):
        assert main(["audit", "--sample", "6", "--seed", seed]) == 0
        sheets.append(capsys.readouterr().out)

    assert sheets[0] == sheets[1] != sheets[2]
    assert "Outcome: won, last checked: 2022-01" in sheets[0]
    assert "seen in Minutes of the council. City of Oakland" in sheets[0]
    assert main(["audit", "--sample", "7"]) == 2
    assert "expected 1 to 6" in capsys.readouterr().err


def test_warnings_are_counted_and_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kb check` counts warnings and passes; with `--warnings` it prints each with its line."""
    monkeypatch.setenv("KB_CORPUS", str(folder / "corpus"))
    monkeypatch.setenv("KB_SHELVES", str(folder / "none"))

    assert main(["check"]) == 0
    counted = capsys.readouterr()
    assert main(["check", "--warnings"]) == 0
    listed = capsys.readouterr()

    assert "not read twice 4" in counted.err
    assert "Next: kb check --warnings" in counted.err
    assert listed.out.count("(warning: not read twice)") == 4
    assert ".md:" in listed.out


def test_an_old_undecided_outcome_is_marked() -> None:
    """An undecided outcome that was last looked for over twelve months ago is marked as old."""
    facts = [
        fact
        for looked in ("2000-01", "9999-01")
        for fact in Presenter().facts(
            make_demand(outcome=make_outcome(status="pending", looked=looked))
        )
        if fact.name == "outcome"
    ]

    assert ["may be out of date" in fact.words for fact in facts] == [True, False]
