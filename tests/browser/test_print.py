"""Printed results state the question and the active filters."""

import pytest

from tests.browser.engine import Page
from tests.browser.reader import Reader, search_box
from tests.browser.test_organizer import close, printed


def asked(page: Page, private: bool) -> None:
    """Search with filters, by address or as a private search."""
    page.goto("/search?outcome=won&place=us&year_from=1990")
    search_box(page).fill("cash bail")
    name = "Private search" if private else "Search"
    if private:
        page.get_by_text("Search tips", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=not private).click()


@pytest.mark.parametrize("private", [False, True])
def test_printed_results_state_what_was_asked(reader: Reader, private: bool) -> None:
    """Printed results have the question and each filter; on the screen the question is hidden."""
    page = reader.opened()
    asked(page, private)

    paper = close(printed(page))

    for one in ("Yoursearch:cashbail", "Outcome:won", "Place:UnitedStates", "From:1990"):
        assert one in paper
    assert not page.get_by_text("Your search", exact=True).is_visible()
