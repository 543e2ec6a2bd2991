"""Copying a result: the text can be pasted anywhere, and the button confirms the copy."""

import pytest

from tests.browser.engine import expect
from tests.browser.reader import MANNERS, QUESTIONS, Manner, Reader


def permanent(path: str) -> str:
    """Return the permanent reference of a record from the path of its page."""
    return f"precedent:{path.removeprefix('/d/').replace('/', '#')}"


@pytest.mark.parametrize("manner", [one for one in MANNERS if one.scripts], indirect=True, ids=str)
def test_a_result_is_copied_whole(reader: Reader, manner: Manner) -> None:
    """Title, words, outcome, source and both addresses are copied, and the button confirms it."""
    page = reader.opened(f"/search?q={QUESTIONS[manner.language]}&kind=demand")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reader.site)
    card = page.get_by_role("main").get_by_role("listitem").filter(
        has=page.get_by_role("heading")).first  # fmt: skip
    link = card.get_by_role("heading").get_by_role("link")
    title, address = link.inner_text(), (link.get_attribute("href") or "").partition("?")[0]
    button = card.get_by_role("button", name=f"{reader.said('Copy')}: {title}", exact=True)

    card.get_by_text(reader.said("More"), exact=True).click()
    button.click()

    expect(button).to_have_text(reader.said("Copied"))
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == title
    assert copied[1] == card.locator("[data-quote]").inner_text()
    outcome, source, original, ours = copied[2:]
    assert outcome == " ".join(card.locator(".outcome").inner_text().split())
    assert source.startswith(f"{reader.said('Source')}: ")
    assert original == card.locator("a.open").get_attribute("href")
    assert ours == permanent(address)
    expect(button).to_have_text(reader.said("Copy"))


@pytest.mark.parametrize("manner", [Manner()], indirect=True, ids=str)
def test_a_record_is_copied_with_the_title_of_its_document(reader: Reader, manner: Manner) -> None:
    """A finding on the page of its document is copied with the document's title as its source."""
    page = reader.opened("/d/outcome-minneapolis-schools-police-contract-2020")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reader.site)
    card = page.locator("li.item").filter(has_text="with city police was worth")

    card.get_by_role("button", name=reader.named("Copy")).click()

    expect(card.get_by_role("button", name=reader.named("Copy"))).to_have_text("Copied")
    text, source, address = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert text.startswith("The contract of Minneapolis Public Schools with city police was worth")
    assert source == page.get_by_role("heading", level=1).inner_text()
    assert address == f"precedent:{page.url.rpartition('/')[2]}#contract-1-1-million"
