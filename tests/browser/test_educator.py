"""An educator: from a topic to readings for beginners, in the reference manager."""

import pytest
import rispy

from kb.web.labels import tables
from tests.browser.reader import MANNERS, Manner, Reader

TOPICS = {"en": "policing", "es": "prisons-jails"}
FEWEST = 5  # readings that make a list for a class


@pytest.mark.parametrize("manner", MANNERS, indirect=True, ids=str)
def test_readings_for_beginners_are_taken_along(reader: Reader, manner: Manner) -> None:
    """The topic's page lists readings for beginners, and the file holds each of them."""
    page = reader.opened(f"/topics/{TOPICS[manner.language]}")
    audience = tables(manner.language)["audiences"]["introductory"]
    heading = reader.said("Readings %(audience)s") % {"audience": audience}
    shelf = page.get_by_role("heading", name=heading, exact=True).locator("xpath=following::ul[1]")
    titles = [one.inner_text() for one in shelf.locator("li > a").all()]

    with page.expect_download() as download:
        name = "Download the readings for beginners for a reference manager (RIS)"
        page.get_by_role("link", name=reader.said(name)).click()

    with download.value.path().open(encoding="utf-8") as file:
        readings = rispy.load(file)
    assert len(titles) >= FEWEST
    assert [one.get("title") or one["primary_title"] for one in readings] == titles
