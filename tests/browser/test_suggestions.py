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
    """Value and label of the options that the box has."""
    return [(value, label) for value, label in page.evaluate(OPTIONS)]


def asked_by_script(page: Page) -> list[str]:
    """Return the addresses that the script asks from now on."""
    found: list[str] = []
    page.on("request", lambda one: found.append(one.url) if one.resource_type == "fetch" else None)
    return found


@pytest.mark.parametrize("manner", [one for one in MANNERS if one.scripts], indirect=True, ids=str)
@pytest.mark.parametrize("path", ["/", "/search?q=rent"])
def test_the_box_suggests_what_can_be_asked(reader: Reader, path: str) -> None:
    """In the reader's language, without a barrier, and with what was typed in no address."""
    page, language = reader.opened(path), reader.manner.language
    asked = asked_by_script(page)

    search_box(page).fill("")
    # A slow machine is asked before all is typed, too.
    with page.expect_response(lambda one: TYPED[language] in (one.request.post_data or "")):
        search_box(page).press_sequentially(TYPED[language], delay=10)
    expect(page.locator("datalist option").first).to_have_attribute("value", SUGGESTED[language])

    def labels() -> list[str]:
        """Labels shown beside the texts, where they differ."""
        return [label for _, label in offered(page)]

    def wanted() -> list[str]:
        """A browser hides options without what was typed, so their labels have it."""
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
def test_a_private_search_asks_for_nothing(reader: Reader) -> None:
    """On its page nothing is sent while somebody types, and nothing without scripts either."""
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


def test_a_search_goes_on_without_completions(reader: Reader) -> None:
    """An answer that cannot be read changes nothing."""
    page = reader.opened()
    page.route(SUGGEST, lambda route: route.fulfill(body="no JSON"))

    with page.expect_response(SUGGEST):
        search_box(page).press_sequentially("police out", delay=10)
    search_box(page).press("Enter")
    page.wait_for_url("**/search?q=police+out**")

    assert offered(page) == []
