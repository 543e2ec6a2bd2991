"""Maps of campaigns by state: each square opens its campaigns, and a table has the same numbers."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from indexer.corpus.read import TOPICS
from kb.languages.registry import LANGUAGES
from tests.api.builders import make_app, make_client
from tests.builders import (
    DEFAULT_PLACES,
    make_corpus,
    make_demand,
    make_document,
    make_index,
    make_outcome,
    make_place,
)
from tests.fakes import HashEncoder

PLACES = [
    *DEFAULT_PLACES,
    make_place("us-nv", "state", parent="us"),
    make_place("mx", "national", parent="world"),
]
PLACE_OF = {"one": "us-ca-oakland", "two": "us-ca", "three": "us-nv", "four": "mx", "five": "us"}
WON = make_outcome(status="won")
CASES = [
    make_document(
        f"outcome-{name}", [make_demand(outcome=WON)], kind="outcome", place=place,
        topics=("tenants",) if name != "two" else ("policing",),
    )
    for name, place in PLACE_OF.items()
]  # fmt: skip
PLATFORM = make_document("platform", place="us-nv", topics=("tenants",))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client for pages on five case files and a platform."""
    folder, encoder = tmp_path_factory.mktemp("states"), HashEncoder()
    corpus = make_corpus(folder, [*CASES, PLATFORM], places=PLACES)
    with (corpus / TOPICS).open("a", encoding="utf-8") as file:
        file.write("\ncampaigns: [tenants]\n")
    make_index(folder / "index", corpus, encoder)
    with make_client(make_app(folder / "index", encoder)) as opened:
        yield opened


def squares(html: str) -> dict[str, str]:
    """Return the address that each linked square of a map opens, by its label."""
    found = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)" class="state', html)
    return {unescape(label): unescape(address) for address, label in found}


def table(html: str) -> dict[str, int]:
    """Return the numbers of the table below a map, by name of the state."""
    body = html.partition("<details>")[2].partition("</details>")[0]
    rows = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a></th><td>(\d+)</td>', body)
    return {unescape(name): int(number) for name, number in rows}


def test_a_square_has_the_campaigns_of_its_state_and_opens_them(client: TestClient) -> None:
    """A city counts for its state; platforms and campaigns of the whole country do not count."""
    found = squares(client.get("/places").text)

    assert list(found) == ["Us Ca: 2 campaigns", "Us Nv: 1 campaign"]
    opened = client.get(found["Us Ca: 2 campaigns"]).text
    assert "/d/outcome-one" in opened
    assert "/d/outcome-two" in opened
    assert "/d/outcome-three" not in opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_the_numbers_of_the_map(client: TestClient, language: str) -> None:
    """Whoever cannot see the map reads the same numbers."""
    html = client.get(f"/places?lang={language}").text

    assert table(html) == {"Us Ca": 2, "Us Nv": 1}
    assert len(squares(html)) == len(table(html))


def test_countries_are_counted_beside_the_states(client: TestClient) -> None:
    """A campaign counts for its country, with the most campaigns first."""
    html = client.get("/places").text.partition('id="countries"')[2].partition("</ul>")[0]

    assert re.findall(r">([^<>]+)</a> <span class=\"count\">(\d+)</span>", html) == [
        ("Us", "4"),
        ("Mx", "1"),
    ]


def test_the_map_of_a_kind_of_campaign_counts_only_that_kind(client: TestClient) -> None:
    """The campaign on policing is not among those of tenants."""
    assert list(squares(client.get("/topics/tenants").text)) == [
        "Us Ca: 1 campaign",
        "Us Nv: 1 campaign",
    ]
    assert not squares(client.get("/topics/housing").text)
