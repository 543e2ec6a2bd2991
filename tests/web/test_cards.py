"""What a result card shows: outcome, language, campaign, place and counts."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from kb.domain.records import Locator
from kb.languages.locators import located
from kb.web.view.first_sentence import first_sentence
from tests.api.builders import indexed_client
from tests.builders import (
    make_demand,
    make_document,
    make_finding,
    make_outcome,
)
from tests.web.test_pages import Tags

WON = make_outcome(text="The board voted 5.4 million for it. Then the mayor cut it.")
DOCUMENTS = [
    make_document(
        "asked",
        [
            make_demand("free-buses", title="Make buses free", locator=Locator(section=("2",))),
            make_finding("riders", text="Riders want free buses."),
        ],
        {"title": "What riders asked"},
        related=({"relation": "same-campaign", "to": "came"},),
    ),
    make_document(
        "came",
        [
            make_demand("free-rides", title="Make rides free", outcome=WON),
            make_finding("elsewhere", text="Seven other cities made buses free."),
        ],
        {"title": "What came of it"},
        kind="outcome",
    ),
    make_document("later", [make_demand("free-trains", title="Make trains free")],
                  related=({"relation": "implements", "to": "came"},)),
    make_document("apart", [make_demand("free-bikes", title="Make bikes free")],
                  related=({"relation": "cites", "to": "came"},)),
    make_document("libre", [make_demand("libre", title="Viajes gratis", text="Buses free, sí.")],
                  {"language": "es"}, language="es"),
]  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield a client of the pages over `DOCUMENTS`."""
    with indexed_client(tmp_path_factory.mktemp("cards"), DOCUMENTS) as client:
        yield client


def card(client: TestClient, record: str, path: str = "/search?q=buses+free&kind=demand") -> str:
    """Return the HTML of a record's card on a page."""
    html = unescape(client.get(path).text)
    cards = re.findall(r'<li class="(?:card|item)"[^>]*>.*?</li>\n+(?=<li|</ol>)', html, re.S)
    address = f'"/d/{record.replace("#", "/")}'
    return next(str(one) for one in cards if address in one)


def words(html: str) -> str:
    """Return the text of a piece of HTML."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/search?q=buses+free&kind=demand&lang=en", "Outcome not recorded"),
        ("/search?q=buses+free&kind=demand&lang=es", "Sin resultado registrado"),
        ("/saved?r=asked/free-buses&lang=es", "Sin resultado registrado"),
        ("/d/asked?lang=en", "Outcome not recorded"),
    ],
)
def test_an_unknown_outcome_is_stated(browser: TestClient, path: str, said: str) -> None:
    """A card of a demand without an outcome says that none is recorded."""
    assert said in card(browser, "asked#free-buses", path)


@pytest.mark.parametrize("path", ["/search?q=rides+free&lang=", "/saved?r=came/free-rides&lang="])
def test_an_outcome_is_shown_in_short(browser: TestClient, path: str) -> None:
    """A card has status, date and the first sentence of the outcome, marked with its language."""
    english, spanish = (card(browser, "came#free-rides", path + one) for one in ("en", "es"))

    assert "won, June 2021" in words(english)
    for html in (english, spanish):
        assert "The board voted 5.4 million for it." in html
        assert "Then the mayor" not in html
    assert 'lang="en">The board' in spanish
    assert "lang=" not in english.partition("The board")[0].rpartition("<span")[2]


def test_a_record_page_has_the_whole_outcome_once(browser: TestClient) -> None:
    """The record's own page has the whole text of the outcome, and no part of it twice."""
    html = browser.get("/d/came/free-rides?lang=en").text

    assert html.partition("<main")[2].count("The board voted") == 1
    assert "Then the mayor cut it." in html


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It passed. It was vetoed.", "It passed."),
        ("It cost 2.5 million dollars. It passed.", "It cost 2.5 million dollars."),
        ("St. Louis closed it. Then came rain.", "St. Louis closed it."),
        ("In the U.S. Senate it failed. So it goes.", "In the U.S. Senate it failed."),
        ("Se aprobó en EE. UU. Después cayó.", "Se aprobó en EE. UU. Después cayó."),
        ("¿Ganaron? ¡Sí!", "¿Ganaron?"),
        ("He said “no.” She did not.", "He said “no.”"),
        ("Open, as of 2021", "Open, as of 2021"),
        ("", ""),
    ],
)
def test_the_first_sentence_is_found(text: str, first: str) -> None:
    """It ends where the next sentence begins, not at figures or abbreviations."""
    assert first_sentence(text) == first


def test_a_card_in_another_language_says_so(browser: TestClient) -> None:
    """A card names its language if that is not the reader's."""
    english, spanish = "/search?q=buses+free&lang=en", "/search?q=buses+free&lang=es"

    assert "en inglés" in words(card(browser, "asked#free-buses", spanish))
    assert "en inglés" not in words(card(browser, "libre#libre", spanish))
    assert "in Spanish" in words(card(browser, "libre#libre", english))
    assert "in English" not in words(card(browser, "asked#free-buses", english))


def test_records_of_one_campaign_link_each_other(browser: TestClient) -> None:
    """Records of the same campaign are linked on their cards; merely cited ones are not."""
    pairs = {"asked#free-buses": {"came"}, "came#free-rides": {"asked", "later"},
             "later#free-trains": {"came"}, "apart#free-bikes": set()}  # fmt: skip
    lists = "&".join(f"r={one.replace('#', '/')}" for one in pairs)

    for path in ("/search?q=buses+free&kind=demand&lang=en", f"/saved?{lists}&lang=en"):
        for record, others in pairs.items():
            html = card(browser, record, path).partition("Same campaign as: ")[2]
            line = html.partition("</p>")[0]
            assert {one.split("?")[0] for one in Tags(line).links()} == {
                f"/d/{other}" for other in others
            }


def test_a_campaign_is_named_only_where_it_is_shown(browser: TestClient) -> None:
    """A saved list without the other record does not name the campaign."""
    html = browser.get("/saved?r=asked/free-buses&r=apart/free-bikes&lang=en").text

    assert "Same campaign as" not in html


def test_a_finding_on_an_outcome_has_the_place_of_its_source(browser: TestClient) -> None:
    """A finding in a case file has “Place of the source”; other records have their own place."""
    for path in (
        "/search?q=buses+free&kind=finding&lang=en",
        "/saved?r=came/elsewhere&r=came/free-rides&lang=en",
    ):
        assert "Place of the source: Us Ca Oakland" in words(card(browser, "came#elsewhere", path))
    saved = "/saved?r=came/elsewhere&r=came/free-rides&lang=en"
    assert "Place of the source" not in card(browser, "came#free-rides", saved)
    riders = card(browser, "asked#riders", "/search?q=buses+free&kind=finding&lang=en")
    assert "Us Ca Oakland" in riders
    assert "Place of the source" not in riders
    file = browser.get("/saved.txt?r=came/elsewhere&lang=en").text
    assert "Place of the source: Us Ca Oakland" in file


def test_a_numbered_section_is_called_a_point(browser: TestClient) -> None:
    """A section that is only a number is printed as “point 2”."""
    assert "· point 2" in words(card(browser, "asked#free-buses"))
    assert located(Locator(section=("2",), page="5"), "es") == "punto 2, p. 5"
    assert located(Locator(section=("Homes", "2")), "en") == "“Homes > 2”"
    assert located(None, "en") == ""


def counted(html: str) -> list[tuple[str, int]]:
    """Return the address and number of each filter beside the results."""
    filters = html.partition('<aside id="filters"')[2]
    found = re.findall(r'<a href="([^"]*)">[^<]*</a> <span class="count">(\d+)<', filters)
    return [(unescape(address), int(number)) for address, number in found]


def size(html: str) -> int:
    """Return the number of results that a page states."""
    found = re.search(r"(\d+) results?", html)
    assert found
    return int(found[1])


def test_counts_are_of_the_results(browser: TestClient) -> None:
    """Numbers beside filters count these results; in a list they are what each filter leaves."""
    asked = browser.get("/search?q=buses+free&lang=en").text
    listed = browser.get("/search?kind=demand&lang=en").text

    kinds = [number for address, number in counted(asked) if "&kind=" in address]
    assert sum(kinds) == size(asked)
    assert "Numbers show how many of these results match." in asked
    assert len(counted(listed)) > 3
    assert all(size(browser.get(one).text) == number for one, number in counted(listed))
    assert "Numbers show how many of these results match." not in listed


def test_a_link_narrows_to_known_outcomes(browser: TestClient) -> None:
    """The link states how many results have an outcome, and shows only those."""
    html = browser.get("/search?q=rides+free&lang=en").text
    link = re.search(r'<a href="([^"]*)">With a known outcome \((\d+)\)', html)

    assert link
    narrowed = browser.get(unescape(link[1])).text
    assert size(narrowed) == int(link[2]) == 1
    assert "With a known outcome" not in narrowed
    assert "came/free-rides" in narrowed


def test_each_document_has_one_card_among_the_results(browser: TestClient) -> None:
    """The best record of a document is its card, and links to others are inside it."""
    html = browser.get("/search?q=rides+buses+free&lang=en").text
    cards = re.findall(r'<li class="card"[^>]*>.*?</li>\n(?=<li|</ol>)', html, re.S)
    firsts = [next(Tags(each).links()).split("/")[2] for each in cards]
    inside = [Tags(each.partition('<ul class="also"')[2].partition("</ul>")[0]) for each in cards]
    owners = [{one.split("/")[2] for one in each.links() if "/d/" in one} for each in inside]

    assert len(firsts) == len(set(firsts)) == 5
    assert owners[firsts.index("came")] == {"came"}
    assert all(some <= {first} for some, first in zip(owners, firsts, strict=True))
    also = next(one for one in cards if "came/free-rides" in one)
    assert "won, June 2021" in words(also)


def test_a_campaign_among_the_results_says_how_it_ended(browser: TestClient) -> None:
    """The summary of a case file shows its outcome; other summaries show none."""
    path = "/search?q=what+came+of+it&kind=summary&lang=en"

    assert "won, June 2021 The board voted 5.4 million for it." in words(
        card(browser, "came", path)
    )
    assert 'class="tag' not in card(browser, "apart", path)


def test_results_come_in_numbered_pages(browser: TestClient) -> None:
    """The last page and the first are linked; the present page is no link."""
    first = browser.get("/search?lang=en").text
    numbers = re.search(r'<ol class="across numbers">(.*?)</ol>', first, re.S)
    assert numbers
    links = list(Tags(numbers[1]).links())

    assert re.findall(r'<span aria-current="page">(\d+)</span>', first) == ["1"]
    last = browser.get(links[-1]).text
    assert f'<span aria-current="page">{len(links) + 1}</span>' in last
    assert re.search(
        r'<a href="/search\?lang=en"><span class="visually-hidden">Page </span>1', last
    )
    assert "Previous" in last
    assert ">Next<" not in last


def test_the_title_names_the_filters(browser: TestClient) -> None:
    """The title of a filtered list names the filters, and of an unfiltered one says “all”."""
    html = browser.get("/search?kind=demand&topic=housing&year_from=1999&lang=en").text

    assert "<title>demand, Housing, From: 1999 –" in html
    assert "<title>All demands and sources –" in browser.get("/search?lang=en").text
