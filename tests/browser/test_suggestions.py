"""Suggestions in the search box while somebody types."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.engine import Page, expect
from tests.browser.reader import MANNERS, Manner, Reader, search_box
from tests.browser.test_access import barriers

TYPED = {"en": "police out of sch", "es": "policia esc"}
SUGGESTED = {"en": "police out of schools", "es": "policía escolar"}
SUGGEST = "**/v1/suggest"
PRIVATE = "Private search (keeps your words out of the web address)"
WAITS = 10  # until the answer to all that was typed must be shown
WAIT = 500  # milliseconds; four times the pause after which the script asks


OPTIONS = """() => [...(document.querySelector("input[type=search]").list?.options ?? [])]
  .map(one => [one.value, one.label])"""


def offered(page: Page) -> list[tuple[str, str]]:
    """Return the value and label of each option of the search box."""
    return [(value, label) for value, label in page.evaluate(OPTIONS)]


def asked_by_script(page: Page) -> list[str]:
    """Return a list to which each address is added that scripts request from now on."""
    found: list[str] = []
    page.on("request", lambda one: found.append(one.url) if one.resource_type == "fetch" else None)
    return found


@pytest.mark.parametrize("manner", [one for one in MANNERS if one.scripts], indirect=True, ids=str)
@pytest.mark.parametrize("path", ["/", "/search?q=rent"])
def test_the_box_suggests_what_can_be_asked(reader: Reader, path: str) -> None:
    """Suggestions are in the reader's language, and what was typed is in no address."""
    page, language = reader.opened(path), reader.manner.language
    asked = asked_by_script(page)

    search_box(page).fill("")
    # A slow machine is asked before all is typed, too.
    with page.expect_response(lambda one: TYPED[language] in (one.request.post_data or "")):
        search_box(page).press_sequentially(TYPED[language], delay=10)
    expect(page.locator("datalist option").first).to_have_attribute("value", SUGGESTED[language])

    def labels() -> list[str]:
        """Return the label of each option; it is empty where it equals the value."""
        return [label for _, label in offered(page)]

    def wanted() -> list[str]:
        """Return the expected labels: they repeat the typed words where an option lacks them.

        Browsers hide options that do not contain what was typed.
        """
        typed = TYPED[language]
        return ["" if typed in one.lower() else f"{one} ({typed})" for one, _ in offered(page)]

    for _ in range(WAITS):
        if labels() == wanted():
            break
        page.wait_for_timeout(WAIT)
    assert labels() == wanted()
    assert [one for one in asked if not one.endswith("/v1/suggest")] == []
    assert len(asked) < len(TYPED[language])  # not one for each key
    page.evaluate(AXE_SCRIPT)
    assert barriers(page) == []


@pytest.mark.parametrize("manner", [Manner(), Manner(scripts=False)], indirect=True, ids=str)
def test_a_private_search_requests_no_suggestions(reader: Reader) -> None:
    """On a private search, and without scripts, nothing is requested while somebody types."""
    page = reader.opened()
    asked = asked_by_script(page)
    if reader.manner.scripts:
        page.get_by_role("button", name=reader.said(PRIVATE)).click()
        page.wait_for_url("**/search")

    search_box(page).press_sequentially("police out", delay=10)
    page.wait_for_timeout(WAIT)

    assert asked == []
    expect(search_box(page)).not_to_have_attribute("list", "suggestions")
    expect(search_box(page)).to_have_role("searchbox")


def test_a_search_works_without_suggestions(reader: Reader) -> None:
    """A response that cannot be read leaves the search box as it was."""
    page = reader.opened()
    page.route(SUGGEST, lambda route: route.fulfill(body="no JSON"))

    with page.expect_response(SUGGEST):
        search_box(page).press_sequentially("police out", delay=10)
    search_box(page).press("Enter")
    page.wait_for_url("**/search?q=police+out**")

    assert offered(page) == []
