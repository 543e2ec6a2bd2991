"""An organizer's journey: from words of a campaign to three precedents to read as a group."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit

import pypdfium2
import pytest

from tests.browser.engine import Page, expect
from tests.browser.reader import MANNERS, QUESTIONS, Manner, Reader, search_box
from tests.browser.test_copying import permanent

NOTE = "Ask for the vote of 2023"
LIST = "List to open in another copy of Precedent"
HYPHEN = "\x02"  # pdfium's sign for one at the end of a line
# What is of use on a screen alone.
SCREEN = (
    "Skip to main content", "Search", "Topics", "Timeline", "Move up", "Move down",
    "Text to share", "Compare", "Clear list", "Edit note or heading",
    "Organizations",
)  # fmt: skip


def kept(page: Page) -> list[tuple[str, str]]:
    """Return the title and address of each saved item, in order."""
    links = page.get_by_role("listitem").get_by_role("heading").get_by_role("link")
    return [(one.inner_text(), one.get_attribute("href") or "") for one in links.all()]


def close(text: str) -> str:
    """Return the text without white space, as a printed line may break anywhere."""
    return re.sub(r"\s+", "", text.replace(HYPHEN, "-"))


def printed(page: Page) -> str:
    """Return the words of the page as it is printed."""
    document = pypdfium2.PdfDocument(BytesIO(page.pdf(format="A4")))
    words = "".join(one.get_textpage().get_text_bounded() for one in document)
    document.close()
    return words


@pytest.mark.parametrize("manner", MANNERS, indirect=True, ids=str)
def test_three_precedents_are_found_saved_shared_and_printed(
    reader: Reader, manner: Manner
) -> None:
    """A reader searches, narrows to what was won, saves three, orders, notes, shares and prints."""
    page = reader.opened()
    search_box(page).fill(QUESTIONS[manner.language])
    page.get_by_role("button", name=reader.said("Search"), exact=True).click()
    filters = page.get_by_role("complementary", name=reader.said("Filter"))
    if manner.size == "phone":
        page.get_by_role("link", name=reader.said("Filter"), exact=True).click()
        expect(filters.get_by_role("link", name=reader.said("Back to the results"))).to_be_visible()
    filters.get_by_role("link", name=reader.said("won"), exact=True).click()
    page.wait_for_url("**outcome=won**")
    for count in (1, 2, 3):
        page.get_by_role("button", name=reader.named("Save")).first.click()
        expect(page.get_by_role("link", name=f"{reader.said('Saved')} {count}")).to_be_visible()
    page.get_by_role("link", name=re.compile(f"^{reader.said('Saved')} ")).click()
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading"))
    expect(cards).to_have_count(3)  # a click does not wait for the page behind a link
    first, second, third = kept(page)
    assert [reader.said("won") in one.inner_text() for one in cards.all()] == [True] * 3

    # Records of one campaign may have the same title, but not the same address.
    links = cards.get_by_role("heading").get_by_role("link")
    cards.nth(2).get_by_role("button", name=reader.named("Move up", third[0])).click()
    expect(links.nth(1)).to_have_attribute("href", third[1])
    cards.first.get_by_role("button", name=reader.named("Move down", first[0])).click()
    expect(links.first).to_have_attribute("href", third[1])

    ordered = [third, first, second]
    assert kept(page) == ordered
    cards.nth(1).get_by_text(reader.said("Edit note or heading")).click()
    cards.nth(1).get_by_role("textbox", name=reader.said("Note"), exact=True).fill(NOTE)
    cards.nth(1).get_by_role("button", name=reader.said("Save note")).click()
    expect(cards.nth(1)).to_contain_text(NOTE)
    page.get_by_text(reader.said("Share"), exact=True).click()
    for words in ("Web page that anybody can open (HTML)", LIST):
        with page.expect_download() as download:
            page.get_by_role("link", name=reader.said(words)).first.click()
        file = download.value.path().read_text("utf-8")
        assert NOTE in file
        assert "127.0.0.1" not in file
        assert [title for title, _ in ordered if title not in unescape(file)] == []
    page.get_by_role("link", name=reader.said("Compare"), exact=True).click()
    table = page.get_by_role("table")
    expect(table.get_by_role("rowheader")).to_have_count(3)
    expect(table).to_contain_text(NOTE)
    page.get_by_role("link", name=reader.said("Back to the list")).click()
    paths = [urlsplit(address).path.removeprefix("/d/") for _, address in ordered]
    shared = reader.opened("/saved?" + "&".join(f"r={one}" for one in paths))
    assert kept(shared) == [(title, address) for title, address in ordered]
    expect(shared.get_by_text(NOTE)).to_have_count(0)
    for each in (page, shared):
        paper = close(printed(each))
        for title, address in ordered:
            assert close(title) in paper
            assert close(permanent(address.partition("?")[0])) in paper
        assert [words for words in SCREEN if close(reader.said(words)) in paper] == []
