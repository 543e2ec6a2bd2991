"""Topics and glossary terms of a question, explained above the results."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from kb.domain.documents import Document
from kb.domain.topics import AltLabels
from kb.languages.registry import LANGUAGES
from tests.api.builders import indexed_client
from tests.builders import (
    DEFAULT_TOPICS,
    make_demand,
    make_document,
    make_finding,
    make_outcome,
    make_topic,
)
from tests.web.test_pages import Tags

WHAT = {"en": "Homes that people can pay for.", "es": "Casas que se pueden pagar."}
BAIL = make_topic(
    "bail-pretrial",
    "Bail",
    "Fianza",
    altLabel=AltLabels(en=("money bail",), es=("fianza en efectivo", "desinversión")),
)
TOPICS = [
    *(one for one in DEFAULT_TOPICS if one.id not in {"housing", "tenants"}),
    make_topic("housing", "Housing", "Vivienda", definition=WHAT, related=("budgets",)),
    make_topic(
        "tenants", "Tenants", "Inquilinato", broader=("housing",),
        altLabel=AltLabels(en=("rent control", "renters")),
    ),
    BAIL,
    make_topic("invest-divest", "Invest/divest", "Inversión y desinversión"),
]  # fmt: skip
WEAK = "No good match. Closest results:"
SOFTENED = "Start with the topic above."


def book(id: str, audience: str = "introductory", records: int = 0, **source: str) -> Document:
    """Return a book on housing and on as many other topics as its id ends with."""
    found = [make_finding(f"finding-{one}") for one in range(records)]
    topics = ("housing", *("policing", "budgets")[: int(id[-1])])
    return make_document(
        f"book-{id}", found, {"title": id.capitalize()} | source,
        kind="writing", audience=audience, topics=topics,
    )  # fmt: skip


# By fit; what is newest would be another order.
BOOKS = [
    book("alone-1", records=1, issued="1990"),
    book("wide-2", issued="2020"),
    book("full-2", records=3, issued="1980"),
    book("other-0", language="es", issued="2024"),
    book("hard-0", "advanced", issued="2026"),
]
DEMANDS = [
    make_demand(status, title=f"Ask {status}", topics=("housing",),
                outcome=make_outcome(status=status))
    for status in ("pending", "lost", "won", "reversed")
]  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield a client of the pages over the books and demands."""
    demands = make_document("demands", DEMANDS, {"title": "Their demands"})
    folder = tmp_path_factory.mktemp("subjects")
    with indexed_client(folder, [*BOOKS, demands], TOPICS) as client:
        yield client


def boxes(client: TestClient, question: str, language: str = "en", **more: str) -> list[str]:
    """Return the HTML of every topic box above the results of a question."""
    asked = {"q": question, "lang": language} | more
    html = client.get("/search", params=asked).text
    above = html.partition('<nav class="bar"')[0]
    return [
        unescape(one) for one in re.findall(r'<section class="subject".*?</section>', above, re.S)
    ]


def titles(html: str) -> list[str]:
    """Return the texts of the links to books."""
    return re.findall(r'<a href="/d/book-[^>]*>([^<]*)</a>', html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_that_is_asked_for_is_explained_above_the_results(
    browser: TestClient, language: str
) -> None:
    """The box has the topic's definition, first readings and outcomes, with working links."""
    (box,) = boxes(browser, {"en": "housing", "es": "vivienda"}[language], language)

    assert f'href="/topics/housing?lang={language}"' in box
    assert WHAT[language] in box
    assert len(titles(box)) == 2
    statuses = re.findall(r"outcome=([a-z-]+)", box)
    assert statuses == ["won", "reversed", "lost"]
    for link in Tags(box).links():
        assert browser.get(link).status_code == 200


def test_readings_of_another_language_say_so(browser: TestClient) -> None:
    """A book in another language than the reader's is marked."""
    (english,), (spanish,) = boxes(browser, "housing"), boxes(browser, "vivienda", "es")

    assert "in Spanish" not in english.partition("Alone")[2].partition("</li>")[0]
    assert titles(spanish)[0] == "Other-0"
    assert "en inglés" in spanish.partition("Alone")[2].partition("</li>")[0]


def test_what_to_read_first_goes_by_fit(browser: TestClient) -> None:
    """Order: for beginners, reader's language, few other topics, many records; not by date."""
    order = ["Alone-1", "Full-2", "Wide-2", "Other-0", "Hard-0"]

    assert titles(browser.get("/topics/housing?lang=en").text) == order
    spanish = titles(browser.get("/topics/housing?lang=es").text)
    assert spanish == ["Other-0", "Alone-1", "Full-2", "Wide-2", "Hard-0"]
    (box,) = boxes(browser, "housing")
    assert titles(box) == order[:2]


def test_a_topic_in_passing_is_only_named(browser: TestClient) -> None:
    """A topic that is one word of a long question is named without a definition."""
    (box,) = boxes(browser, "what did housing say about big old lamps")

    assert 'href="/topics/housing?lang=en"' in box
    assert titles(box) == []
    assert WHAT["en"] not in box


@pytest.mark.parametrize(
    "question", ["qué leer primero sobre fianza en efectivo", "lecturas sobre desinversión"]
)
def test_a_question_around_a_topic_is_about_it(browser: TestClient, question: str) -> None:
    """A label of several words, or half of the question's words, opens the topic's box."""
    (box,) = boxes(browser, question, "es")

    assert "Fianza</a>" in box
    assert 'class="open"' in box.partition("Fianza</a>")[0]


def test_two_topics_at_most(browser: TestClient) -> None:
    """A question that names three or more topics gets two boxes."""
    assert len(boxes(browser, "housing, renters, money bail and defund the police")) == 2


def test_a_later_page_and_a_list_have_no_box(browser: TestClient) -> None:
    """Later pages of results, and lists without a question, have no box."""
    assert boxes(browser, "housing", **{"from": "1"}) == []
    assert boxes(browser, "", topic="housing") == []


def test_an_excluded_topic_has_no_box(browser: TestClient) -> None:
    """A topic whose word is excluded has no box."""
    assert boxes(browser, "lamps -housing") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_glossary_term_is_explained(browser: TestClient, language: str) -> None:
    """A glossary term has its meaning above the results, in the reader's language."""
    html = unescape(browser.get("/search", params={"q": "cash bail", "lang": language}).text)
    words = html.partition('<details class="words subject">')[2].partition("</dl>")[0]

    assert words.count("<dt>") == 1
    assert {"en": "<dt>cash bail</dt>", "es": "<dt>fianza en efectivo</dt>"}[language] in words


def test_a_word_that_is_its_topic_is_explained_once(browser: TestClient) -> None:
    """A term that is also a topic has only the topic's box."""
    html = browser.get("/search?q=invest/divest&lang=en").text

    assert "/topics/invest-divest" in html
    assert 'class="words subject"' not in html


def test_a_weak_result_refers_to_its_topic(browser: TestClient) -> None:
    """Where a topic is named, the notice of weak results refers to it."""
    plain = unescape(browser.get("/search?q=banana+ripening+lamps&lang=en").text)
    named = unescape(browser.get("/search?q=banana+ripening+lamps+of+renters&lang=en").text)

    assert WEAK in plain
    assert WEAK not in named
    assert SOFTENED in named


def test_a_private_search_has_the_box_too(browser: TestClient) -> None:
    """A private search has the box, and no link contains the question."""
    html = browser.post("/search", data={"q": "housing of lamps", "lang": "en"}).text

    assert '<section class="subject"' in html
    assert not [link for link in Tags(html).links() if "lamps" in link]
