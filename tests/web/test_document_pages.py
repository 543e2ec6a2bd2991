"""The pages of case files and platforms, and of kinds of campaign."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indexer.corpus.read import TOPICS
from kb.domain.campaigns import OutcomeStatus
from kb.domain.documents import Document
from kb.domain.records import Locator
from kb.web.pages.records import MAX_SIMILAR
from kb.web.view.campaign import ToldEvent
from kb.web.view.drawing import drawing
from tests.api.builders import make_app, make_client
from tests.builders import (
    DEFAULT_PLACES,
    make_corpus,
    make_demand,
    make_document,
    make_event,
    make_finding,
    make_index,
    make_outcome,
    make_place,
)
from tests.fakes import HashEncoder
from tests.web.test_pages import Tags

PLACES = [
    *DEFAULT_PLACES,
    make_place("us-ca-fresno", "city", parent="us-ca"),
    make_place("us-nv", "state", parent="us"),
    make_place("mx", "national", parent="world"),
]

WON, LOST = "Similar campaigns that won", "Similar campaigns that lost, or whose win was reversed"


def case(id: str, place: str, status: OutcomeStatus, topics: tuple[str, ...]) -> Document:
    """Return a case file with one demand and one finding."""
    demand = make_demand("ask", title=f"Ask {id}", outcome=make_outcome(status=status))
    finding = make_finding("seen", text=f"Seen {id}.", topics=topics)
    return make_document(id, [demand, finding], kind="outcome", place=place, topics=topics)


RALLY = make_event("rally", id="outcome-here#rally", date="2019", text="Tenants marched.")
DECIDED = case("outcome-here", "us-ca-oakland", "reversed", ("budgets", "tenants"))
HERE = DECIDED.model_copy(update={"events": (RALLY, *DECIDED.events)})
CASES = [
    HERE,
    case("outcome-far", "mx", "won", ("tenants",)),
    case("outcome-state", "us-ca-fresno", "partly-won", ("tenants",)),
    case("outcome-country", "us-nv", "won", ("tenants",)),
    case("outcome-lost", "us-nv", "lost", ("tenants",)),
    case("outcome-open", "us-nv", "pending", ("tenants",)),
    case("outcome-other", "us-ca-oakland", "won", ("policing",)),
    case("outcome-shared", "us-ca-oakland", "won", ("budgets",)),
    *(case(f"outcome-many-{one}", "mx", "won", ("tenants",)) for one in range(MAX_SIMILAR)),
]


def planked(slug: str, *section: str) -> dict[str, Any]:
    """Return the fields of a record in a section."""
    return {"slug": slug, "locator": Locator(section=section) if section else None}


PLATFORM = make_document(
    "platform",
    [
        make_demand(**planked("alone"), title="Alone"),
        make_demand(**planked("first", "Homes"), title="First of homes"),
        make_demand(**planked("buses", "Buses"), title="First of buses"),
        make_finding(**planked("second", "Homes"), text="Second of homes."),
        make_demand(**planked("numbered", "3"), title="Numbered"),
    ],
    related=({"relation": "revises", "to": "earlier"},),
)
EARLIER = make_document("earlier", [make_demand()], {"title": "The first edition"})


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield a client of the pages over these documents; one topic is a kind of campaign."""
    folder, encoder = tmp_path_factory.mktemp("documents"), HashEncoder()
    corpus = make_corpus(folder, [*CASES, PLATFORM, EARLIER], places=PLACES)
    with (corpus / TOPICS).open("a", encoding="utf-8") as file:
        file.write("\ncampaigns: [tenants]\n")
    make_index(folder / "index", corpus, encoder)
    with make_client(make_app(folder / "index", encoder)) as opened:
        yield opened


def part(html: str, heading: str) -> str:
    """Return the HTML below a heading, up to the next heading of its level."""
    found = re.search(rf"<h2[^>]*>{re.escape(heading)}</h2>(.*?)(?=<h2|</article>)", html, re.S)
    assert found, heading
    return unescape(found[1])


def headings(html: str) -> list[str]:
    """Return the headings below the title, in order."""
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", html.partition("<article")[2])


def test_what_was_asked_comes_first_and_the_sources_last(client: TestClient) -> None:
    """Demands with outcomes come first, then events, findings, other campaigns, and sources."""
    html = client.get("/d/outcome-here?lang=en").text

    assert headings(html) == [
        "What was asked", "The campaign", "What happened", "1 finding",
        WON, LOST, "Cite this", "Sources consulted",
    ]  # fmt: skip
    asked = part(html, "What was asked")
    assert "Ask outcome-here" in asked
    assert 'class="tag tag-reversed"' in asked
    assert "won, later reversed, June 2021" in asked
    assert "Seen outcome-here." in part(html, "1 finding")


def test_other_campaigns_of_the_kind_are_shown_the_nearest_first(client: TestClient) -> None:
    """Decided campaigns of the same kind are listed by distance, without the case itself."""
    html = client.get("/d/outcome-here?lang=en").text
    won, lost = (
        [one.split("/")[2].partition("?")[0] for one in Tags(part(html, heading)).links()]
        for heading in (WON, LOST)
    )

    assert won[:2] == ["outcome-state", "outcome-country"]
    assert len(won) == MAX_SIMILAR
    assert lost == ["outcome-lost"]


def test_without_a_kind_of_campaign_the_first_topic_counts(client: TestClient) -> None:
    """For a case without a kind of campaign, cases with its first topic are similar."""
    html = client.get("/d/outcome-shared?lang=en").text

    assert "outcome-here" in part(html, LOST)
    assert WON not in html


def test_the_drawing_is_hidden_from_screen_readers(client: TestClient) -> None:
    """The drawing of events is hidden from screen readers, as the list has the same content."""
    page = client.get("/d/outcome-here?lang=en").text
    events = [
        ToldEvent(make_event(date="2019"), (), ()),
        ToldEvent(make_event(date="2021-07-01"), (), ((make_demand(), "won"),)),
        ToldEvent(make_event(date="2021-07"), (), ((make_demand(), "lost"),)),
        ToldEvent(make_event(date=None), (), ((make_demand(), "reversed"),)),
    ]

    drawn = drawing(events)

    assert drawn
    assert drawing(events[:1]) is None
    assert [one.status for one in drawn.marks] == ["won", "lost"]
    assert [one.level for one in drawn.marks] == [0, 1]  # no mark covers another
    assert [year for year, _ in drawn.years] == [2019, 2020, 2021, 2022]
    places = [drawn.years[0][1], drawn.ticks[0], drawn.marks[0].x, drawn.years[-1][1]]
    assert places == sorted(places)
    drawings = re.findall(r'<div class="drawn[^>]*>', page)
    assert ['aria-hidden="true"' in one for one in drawings] == [True]


def test_records_of_a_platform_are_listed_by_plank(client: TestClient) -> None:
    """Each plank has its records and a link to it; a number alone is no plank."""
    html = client.get("/d/platform?lang=en").text
    main = html.partition("<main")[2]
    jumps = [one for one in Tags(main).links() if one.startswith("#part-")]
    planks = re.split(r'<h3 class="plank"', main)[1:]

    assert [one.partition("</h3>")[0].rpartition(">")[2] for one in planks] == [
        "Homes", "Buses", "Other demands and findings",
    ]  # fmt: skip
    assert [f'id="{one[1:]}"' in main for one in jumps] == [True, True]
    for plank, texts in zip(
        planks,
        (["First of homes", "Second of homes."], ["First of buses"], ["Alone", "Numbered"]),
        strict=True,
    ):
        assert [text in plank for text in texts] == [True] * len(texts)
    assert main.index("The first edition") < main.index("Homes")
    assert "Later version" in client.get("/d/earlier?lang=en").text


def test_a_kind_of_campaign_begins_with_how_campaigns_ended(client: TestClient) -> None:
    """The page has counts by outcome, then the case files, then demands and findings."""
    main = client.get("/topics/tenants?lang=en").text.partition("<main")[2]
    other = client.get("/topics/budgets?lang=en").text
    bar = main.partition("<svg")[2].partition("</ul>")[0]
    shares = [float(one) for one in re.findall(r'<rect x="[\d.]+%" width="([\d.]+)%"', bar)]
    counts = [int(one) for one in re.findall(r"</span> (\d+)</li>", bar + "</ul>")]

    assert 'aria-hidden="true"' in bar.partition(">")[0]
    assert counts == [MAX_SIMILAR + 2, 1, 1, 1, 1]  # won, in part, reversed, lost, undecided
    assert sum(shares) == pytest.approx(100, abs=0.1)
    order = ["How campaigns ended", "outcome-country", "outcome-lost", "Won first.", "Seen outcome"]
    assert sorted(order, key=main.index) == order
    assert "How campaigns ended" not in other


def test_home_lists_the_kinds_of_campaign(client: TestClient) -> None:
    """Each kind has the number of its decided case files."""
    html = client.get("/?lang=en").text
    decided = sum("tenants" in one.topics and "open" not in one.id for one in CASES)
    listed = html.partition("Kinds of campaigns")[2]

    assert "/topics/tenants" in listed
    assert f'<span class="count">{decided}</span>' in listed.partition("/topics/tenants")[2][:120]
    assert "Demands by topic" not in html
