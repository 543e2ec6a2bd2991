"""A page of results is light on a slow line, and comes from one place."""

import pytest

from tests.browser.engine import Response
from tests.browser.reader import MANNERS, Manner, Reader

MOST_BYTES, MOST_REQUESTS = 60_000, 4  # of a page of results with everything that it loads
QUESTIONS = {"en": "police free schools", "es": "escuelas sin policía"}


@pytest.mark.parametrize("manner", MANNERS, indirect=True, ids=str)
def test_a_page_of_results_is_light(reader: Reader, manner: Manner) -> None:
    """Everything over the wire, headers too, is at most 60 KB in at most four requests."""
    page = reader.opened("about:blank")
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one))  # a method of its own

    page.goto(f"/search?q={QUESTIONS[manner.language]}", wait_until="networkidle")

    sizes = [one.request.sizes() for one in answers]
    weight = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
    assert len(answers) <= MOST_REQUESTS, [one.url for one in answers]
    assert weight <= MOST_BYTES
