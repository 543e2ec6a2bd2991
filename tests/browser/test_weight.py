"""A page of results is small, comes in few requests, and shows results early."""

import pytest

from tests.browser.engine import Response
from tests.browser.reader import MANNERS, Manner, Reader

MOST_BYTES, MOST_REQUESTS = 60_000, 4  # of a page of results with everything that it loads
QUESTIONS = {"en": "police free schools", "es": "escuelas sin policía"}


@pytest.mark.parametrize("manner", MANNERS, indirect=True, ids=str)
def test_a_page_of_results_is_light(reader: Reader, manner: Manner) -> None:
    """A page of results transfers at most 60 KB, headers included, in at most four requests."""
    page = reader.opened("about:blank")
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one))  # a method of its own

    page.goto(f"/search?q={QUESTIONS[manner.language]}", wait_until="networkidle")

    sizes = [one.request.sizes() for one in answers]
    weight = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
    assert len(answers) <= MOST_REQUESTS, [one.url for one in answers]
    assert weight <= MOST_BYTES


FIRST_CARD = {"phone": 500, "desktop": 400}  # CSS pixels from the top, on a screen of 844 and 800
QUERIES = {
    "en": ("police out of schools", "cash bail", "did any city actually pay reparations"),
    "es": ("escuelas sin policía", "fianza", "¿qué ciudad pagó reparaciones?"),
}


@pytest.mark.parametrize("manner", MANNERS, indirect=True, ids=str)
def test_the_first_result_is_in_sight(reader: Reader, manner: Manner) -> None:
    """The first result begins in the upper half of the screen, even below notices and topics."""
    for query in QUERIES[manner.language]:
        page = reader.opened(f"/search?q={query}")
        place = page.get_by_role("main").locator(".card").first.bounding_box()

        assert place
        assert place["y"] <= FIRST_CARD[manner.size], query


ONE_ROW = 44  # CSS pixels: save, cite, open and more beside each other
TALLEST_CARD = 300  # CSS pixels on a phone; few may be taller, as a finding is shown whole
FEW = 0.25


@pytest.mark.parametrize("manner", [one for one in MANNERS if one.size == "phone"], indirect=True,
                         ids=str)  # fmt: skip
def test_cards_are_short(reader: Reader, manner: Manner) -> None:
    """Most cards are short on a phone, and the actions of a card stand in one row."""
    for query in QUERIES[manner.language]:
        page = reader.opened(f"/search?q={query}")
        cards = page.get_by_role("main").locator(".card")
        heights = [one["height"] for card in cards.all() if (one := card.bounding_box())]
        actions = cards.first.locator(".actions").bounding_box()

        tall = [one for one in heights if one > TALLEST_CARD]
        assert len(tall) <= FEW * len(heights), (query, heights)
        assert actions
        assert actions["height"] <= ONE_ROW, query
