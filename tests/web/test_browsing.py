"""Browsing without a question: topics, places, organizations and the timeline."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from fastapi.testclient import TestClient

from kb.domain.documents import Document
from kb.languages.registry import LANGUAGES
from kb.web.pages.timeline import MAX_SOURCES
from tests.api.builders import indexed_client
from tests.builders import (
    DEFAULT_PLACES,
    DEFAULT_TOPICS,
    make_demand,
    make_document,
    make_outcome,
    make_place,
    make_topic,
)
from tests.web.conftest import HOSTILE
from tests.web.test_pages import Tags

TOPICS = [
    *(one for one in DEFAULT_TOPICS if one.id != "housing"),
    make_topic(
        "housing",
        es="Vivienda",
        related=("budgets",),
        definition={"en": "Homes that people can pay for.", "es": "Casas que se pueden pagar."},
    ),
]
PLACES = [
    *DEFAULT_PLACES,
    make_place("us-nv", "state", parent="us"),
    make_place("us-ca-fresno", "city", parent="us-ca"),
]
READERS = ("introductory", "introductory", "general", "advanced")
DECIDED = make_demand("older-but-decided", title="Older but decided", outcome=make_outcome())
OPEN = make_demand("pending", title="Still open", outcome=make_outcome(status="pending"))


def readings() -> Iterator[Document]:
    """Yield one book for each audience, the first one in Spanish."""
    for number, audience in enumerate(READERS):
        source = {
            "title": f"Book {number} {audience}",
            "issued": f"{1980 + number}",
            "language": "en" if number else "es",
        }
        yield make_document(
            f"book-{number}",
            (),
            source,
            kind="writing",
            audience=audience,
            length={"pages": 100 + number},
        )


DOCUMENTS = [
    *readings(),
    make_document("platform-2020", [make_demand("open-one", title="Newer")], {"issued": "2020"}),
    make_document("platform-1999", [DECIDED], {"issued": "1999", "organization": (HOSTILE,)}),
    make_document("open-2020", [OPEN], {"issued": "2020"}, topics=("tenants",)),
    make_document("undated", [make_demand("lost", outcome=make_outcome(status="lost", date=None))],
                  {"issued": None}, place="us-ca"),
    *(make_document(f"many-{one}", (), {"issued": f"201{one % 10}"}, place="us")
      for one in range(MAX_SOURCES + 2)),
]  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield a client of the pages over `DOCUMENTS`."""
    folder = tmp_path_factory.mktemp("browsing")
    with indexed_client(folder, DOCUMENTS, TOPICS, PLACES) as client:
        yield client


def shown(client: TestClient, path: str) -> str:
    """Return the text of a page's main part, without tags."""
    answer = client.get(path)
    assert answer.status_code == 200
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def numbers(html: str, caption: str) -> list[list[int]]:
    """Return the numbers of each row in the table with this caption."""
    table = next(one for one in html.split("<table>")[1:] if caption in one).split("</table>")[0]
    rows = [re.findall(r"<td>([\d,]+)</td>", row) for row in table.split("<tr>")]
    return [[int(one.replace(",", "")) for one in row] for row in rows if row]


def found(client: TestClient, address: str) -> int:
    """Return the number of results that a search states."""
    match = re.search(r"([\d,]+) results?", client.get(address).text)
    assert match
    return int(match[1].replace(",", ""))


def link(client: TestClient, path: str, holds: str) -> str:
    """Return the first link of a page whose address contains this text."""
    return next(one for one in Tags(client.get(path).text).links() if holds in one)


def test_a_topic_says_what_it_is_about_in_the_readers_language(browser: TestClient) -> None:
    """Name, definition and words of a topic are in the reader's language; others are marked."""
    english, spanish = (shown(browser, f"/topics/housing?lang={one}") for one in LANGUAGES)

    assert "Homes that people can pay for." in english
    assert "Casas que se pueden pagar." in spanish
    assert "Tenants" in english
    assert "Inquilinato" in spanish
    tenants = browser.get("/topics/tenants?lang=es").text
    assert "control de alquileres" in tenants
    assert '<span lang="en">rent control, renters</span>' in tenants


def test_topics_are_nested_in_broader_ones(browser: TestClient) -> None:
    """The item of a broader topic contains the list of narrower ones, with their counts."""
    html = browser.get("/topics?lang=en").text

    housing = html.index("/topics/housing")
    assert "<ul>" in html[housing : html.index("/topics/tenants")]
    assert "4 items" in shown(browser, "/topics").partition("Tenants")[2][:30]


def test_the_list_of_topics_has_their_other_labels(browser: TestClient) -> None:
    """Other labels of a topic are listed with it, in the reader's language."""
    english, spanish = (shown(browser, f"/topics?lang={one}") for one in LANGUAGES)

    assert "rent control" in english.partition("Tenants")[2]
    assert "control de alquileres" in spanish.partition("Inquilinato")[2]
    assert "rent control" not in spanish


def test_the_home_page_links_the_pages_of_topics(browser: TestClient) -> None:
    """The name of a topic links to the topic's page, not to a search."""
    links = list(Tags(browser.get("/").text).links())

    assert "/topics/tenants" in links
    assert not [one for one in links if "topic=" in one]


def test_decided_demands_come_first(browser: TestClient) -> None:
    """Won demands come before lost ones, whatever their date, and undecided ones come last."""
    for path in ("/topics/tenants", "/places/us-ca"):
        text = shown(browser, path).partition("Won first.")[2]
        order = ["Older but decided", "Freeze rents", "Still open", "Newer"]
        assert sorted(order, key=text.index) == order
    for path in ("/search?kind=demand&sort=outcome", "/search?q=freeze+rents&sort=outcome"):
        text = shown(browser, path)
        order = ["Older but decided", "Freeze rents", "Still open"]
        assert sorted(order, key=text.index) == order
    home = shown(browser, "/").partition("Demands by outcome")[2]
    assert home.index("won") < home.index("lost") < home.index("undecided")


@pytest.mark.parametrize("path", ["/topics/tenants", "/places/us", "/places/us-ca-oakland"])
def test_outcomes_add_up_to_all_demands(browser: TestClient, path: str) -> None:
    """The table of outcomes, unknown ones included, adds up to the number of all demands."""
    rows = numbers(browser.get(f"{path}?lang=en").text, "demand")

    assert sum(row[0] for row in rows) == found(browser, link(browser, path, "sort=outcome"))


def test_readings_for_beginners_come_first_and_in_full(browser: TestClient) -> None:
    """Readings for beginners come first, with length and language; the reader's language leads."""
    text = shown(browser, "/topics/housing?lang=en")

    assert text.index("Read first") < text.index("All demands on this topic")
    _, _, listed = text.partition("Read first")
    order = ["Book 1", "Book 0", "Book 2", "Book 3"]
    assert sorted(order, key=listed.index) == order
    assert "Spanish · 100 pages" in listed
    spanish = shown(browser, "/topics/housing?lang=es").partition("Para leer primero")[2]
    assert spanish.index("Book 0") < spanish.index("Book 1")


def test_readings_for_beginners_are_downloaded_as_ris(browser: TestClient) -> None:
    """The link downloads exactly the readings for beginners."""
    address = link(browser, "/topics/housing", "readings.ris")
    answer = browser.get(address)

    assert answer.status_code == 200
    titles = re.findall(r"^TI  - (.+?)\r?$", answer.text, re.MULTILINE)
    assert sorted(titles) == ["Book 0 introductory", "Book 1 introductory"]


def test_places_are_nested_and_linked(browser: TestClient) -> None:
    """The tree has only places with documents; a page links the places around and inside it."""
    tree = browser.get("/places").text

    assert "/places/us-ca-oakland" in tree
    assert "us-nv" not in tree
    links = list(Tags(browser.get("/places/us-ca").text).links())
    assert {"/places/us", "/places/world", "/places/us-ca-oakland"} <= set(links)


def test_a_place_with_little_says_so(browser: TestClient) -> None:
    """The page counts the documents and says that there may be more."""
    for path in ("/places/us-nv", "/places/us-ca-fresno"):
        text = shown(browser, path)
        assert "0 documents" in text
        assert "There may be demands that we don’t have." in text
    assert "We have little on this." not in shown(browser, "/places/us")


def test_an_organization_with_a_hostile_name_is_text(browser: TestClient) -> None:
    """The name is escaped in the list and on its page, and the link between them works."""
    address = link(browser, "/organizations", quote_plus("<script>"))

    for path in ("/organizations", address):
        text = browser.get(path).text
        assert HOSTILE not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "Older but decided" in shown(browser, address)


def test_organizations_are_listed_by_letter(browser: TestClient) -> None:
    """Each name is under its first letter, or under “0–9” if it begins with none."""
    html = browser.get("/organizations").text

    parts = dict(re.findall(r'<h2 id="[^"]+">([^<]+)</h2>(.*?)(?=<h2|</main>)', html, re.DOTALL))
    assert sorted(parts) == ["0–9", "T"]
    assert "Tenants Together" in parts["T"]
    assert "script" in parts["0–9"]


@pytest.mark.parametrize("path", ["/topics/none", "/places/none", "/organizations?name=none",
                                  "/topics/none/readings.ris"])  # fmt: skip
def test_an_unknown_name_has_an_error_page(browser: TestClient, path: str) -> None:
    """An unknown topic, place or organization is a 404 page."""
    answer = browser.get(path)

    assert answer.status_code == 404
    assert "We can’t find this" in answer.text


def test_a_decade_leads_to_its_search(browser: TestClient) -> None:
    """Each decade and year links to a search with the stated number of results."""
    html = browser.get("/timeline?lang=en").text

    decades = re.findall(r'<a href="(/search[^"]+year_from[^"]+)">(\d+) source', html)
    years = re.findall(r'<a href="(/search[^"]+)">\d{4}</a> <span class="count">(\d+)<', html)
    assert len(decades) == 4
    assert sum(int(number) for _, number in decades) == len(DOCUMENTS) - 1
    assert len(years) == 16
    for address, number in [*decades, *years]:
        assert found(browser, unescape(address)) == int(number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_agree_with_their_tables(browser: TestClient, language: str) -> None:
    """The table counts every document, and the chart every dated one."""
    html = browser.get(f"/timeline?lang={language}").text

    caption = {"en": "Sources by decade and kind", "es": "Fuentes por década y tipo"}[language]
    lines = numbers(html, caption)
    drawing = html.partition('<div class="chart">')[2].partition("<svg")[2].partition("</svg>")[0]
    drawn = [int(one) for one in re.findall(r">(\d{1,3})</text>", drawing)]
    assert sum(map(sum, lines)) == len(DOCUMENTS)
    assert sum(drawn) == len(DOCUMENTS) - 1
    assert f">{caption}</title>" in drawing


def test_without_charts_the_tables_are_shown(tmp_path: Path) -> None:
    """A build that draws no chart still shows every number."""
    with indexed_client(tmp_path, [make_document()]) as client:
        html = client.get("/timeline?lang=en").text

    assert "<svg" not in html.partition("<main")[2]
    assert sum(map(sum, numbers(html, "Sources by decade and kind"))) == 1


def test_an_index_of_one_bare_document_has_all_pages(tmp_path: Path) -> None:
    """Without topics in use, dates or organizations every page is still served."""
    bare = make_document("bare", (), {"issued": None, "organization": ()}, place=None, topics=())

    with indexed_client(tmp_path, [bare]) as client:
        paths = ("/topics", "/topics/housing", "/places", "/places/us", "/organizations",
                 "/timeline")  # fmt: skip
        assert {client.get(path).status_code for path in paths} == {200}
