"""A writer's journey: from half-remembered words to a figure with a citation of its source."""

import re
from typing import NamedTuple

import pytest

from tests.browser.engine import Page, expect
from tests.browser.reader import MANNERS, Manner, Reader, search_box


class Remembered(NamedTuple):
    """What a writer types, words of the finding that is meant, its figure and its page."""

    words: str
    text: str
    figure: str
    place: str


REMEMBERED = {
    "en": Remembered(
        "3.4 trillion mistake", "in 2016 dollars, on the justice system", "3,400", "p. 3"
    ),
    "es": Remembered("the 3.4 trilion mistaek", "ran up surplus justice spending", "505", ""),
}
UNKNOWN = "We don’t have a page number. Check the source before quoting."
TITLE = "The $3.4 Trillion Mistake"
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async type => (await item.getType(type)).text();
  return [await read("text/plain"), await read("text/html")];
}"""


def copied(reader: Reader, page: Page) -> str:
    """Return the Chicago note as this reader gets it: from a button, or without scripts a field."""
    style = reader.said("Chicago (footnote)")
    if not reader.manner.scripts:
        field = page.get_by_role("textbox", name=reader.named("Plain text", style))
        return field.input_value()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reader.site)
    page.get_by_role("button", name=reader.named("Copy", style)).click()
    page.get_by_role("status").filter(has_text=reader.said("Copied")).wait_for()
    plain, rich = page.evaluate(CLIPBOARD)
    assert re.search(r"<i>.*Trillion Mistake.*</i>", rich)
    assert re.search(r'<a href="https?://', rich)
    return str(plain)


@pytest.mark.parametrize("manner", MANNERS, indirect=True, ids=str)
def test_a_half_remembered_figure_is_found_and_cited(reader: Reader, manner: Manner) -> None:
    """A reader searches, opens the finding, sees its figure and page, and copies a Chicago note."""
    meant = REMEMBERED[manner.language]
    page = reader.opened()
    search_box(page).fill(meant.words)
    page.get_by_role("button", name=reader.said("Search"), exact=True).click()
    page.get_by_role("main").get_by_role("link", name=re.compile(meant.text)).first.click()
    page.wait_for_url("**/d/the-3-4-trillion-mistake-2016/**")
    main = page.get_by_role("main")
    expect(main.get_by_role("term").filter(has_text=reader.said("Figure"))).to_be_visible()
    expect(main.get_by_role("definition").filter(has_text=meant.figure)).to_be_visible()
    expect(main).to_contain_text(meant.place or reader.said(UNKNOWN))

    note = copied(reader, page)

    assert TITLE in note
    assert "Communities United" in note
    assert ("http" in note, note.endswith(".")) == (True, True)
