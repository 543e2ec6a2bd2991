"""Results on paper: what was asked, and which filters were on."""

import pytest

from tests.browser.engine import Page
from tests.browser.reader import Reader, search_box
from tests.browser.test_organizer import close, printed


def asked(page: Page, private: bool) -> None:
    """Show results of a question with filters, by address or in private."""
    page.goto("/search?outcome=won&place=us&year_from=1990")
    search_box(page).fill("cash bail")
    name = "Private search" if private else "Search"
    if private:
        page.get_by_text("Search tips", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=not private).click()


@pytest.mark.parametrize("private", [False, True])
def test_paper_says_what_was_asked(reader: Reader, private: bool) -> None:
    """A printed list of results has the question and each filter; the screen has them once."""
    page = reader.opened()
    asked(page, private)

    paper = close(printed(page))

    for one in ("Yoursearch:cashbail", "Outcome:won", "Place:UnitedStates", "From:1990"):
        assert one in paper
    assert not page.get_by_text("Your search", exact=True).is_visible()
