"""Everything can be done with the keyboard, and the focus is always visible."""

import re
from typing import Any

import pytest

from tests.browser.engine import Page, expect
from tests.browser.reader import MANNERS, QUESTIONS, Manner, Reader

MOST_STOPS = 60  # between the beginning of a page and what is looked for
STOP = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const {top, bottom, width} = one.getBoundingClientRect();
  return {
    tag: one.localName, name: one.innerText, type: one.type,
    heading: Boolean(one.closest("h2, h3")),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: width > 1 && bottom > 0 && top < innerHeight,
  };
}"""


def walked(page: Page, wanted: dict[str, Any]) -> int:
    """Press Tab until an element matches `wanted`; return the number of stops, all visible."""
    for count in range(1, MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop["outlined"], stop
        assert stop["seen"], stop
        if all(re.match(str(value), str(stop[key])) for key, value in wanted.items()):
            return count
    raise AssertionError(f"{wanted} was not reached in {MOST_STOPS} stops")


@pytest.mark.parametrize(
    "manner", [one for one in MANNERS if one.size == "desktop"], indirect=True, ids=str
)
def test_a_record_is_found_and_saved_with_the_keyboard_alone(
    reader: Reader, manner: Manner
) -> None:
    """With keys alone a reader skips to the search, asks, opens the first result and saves it."""
    skip = {"tag": "a", "name": reader.said("Skip to main content")}
    page = reader.opened()
    assert walked(page, skip) == 1
    page.keyboard.press("Enter")
    assert walked(page, {"type": "search"}) == 1
    page.keyboard.type(QUESTIONS[manner.language])
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")

    walked(page, skip)
    page.keyboard.press("Enter")
    walked(page, {"tag": "a", "heading": "True"})
    page.keyboard.press("Enter")
    page.wait_for_url("**/d/**")
    walked(page, {"tag": "button", "name": reader.said("Save")})
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name=f"{reader.said('Saved')} 1")).to_be_visible()
    taken_out = page.get_by_role("button", name=reader.said("Remove"))
    expect(taken_out).to_have_count(1)
