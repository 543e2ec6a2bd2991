"""Accessibility of every page in both languages, both themes, enlarged and forced colours."""

from typing import Any, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.engine import Page
from tests.browser.reader import Manner, Reader, search_box

DEMAND = "outcome-minneapolis-schools-police-contract-2020/end-school-police-contract"
FINDING = "the-3-4-trillion-mistake-2016/surplus-3-4-trillion"

WEAK = "No good match. Closest results:"


class Place(NamedTuple):
    """A page to open, what it needs beforehand, and a text that it shows."""

    path: str
    says: str  # a text of the interface that tells this page from others
    status: int = 200
    saved: tuple[str, ...] = ()
    changes: tuple[dict[str, str], ...] = ()  # to the saved list, after records are added
    private: str = ""  # words of a search that leaves no address


# A heading of the reader's own, and a note.
WRITTEN = (
    {"action": "heading", "id": FINDING.replace("/", "#"), "text": "For the second meeting"},
    {"action": "note", "id": DEMAND.replace("/", "#"), "text": "Ask the council's lawyer"},
)

PLACES = {
    "home": Place("/", "Try a search"),
    "results": Place("/search?q=police+free+schools", "Filter"),
    "results, narrowed": Place("/search?q=rent&kind=demand&place=us&year_from=1990", "Filter"),
    "results, elsewhere": Place("/search?q=rent&place=us-ks", "From other places"),
    "results, empty": Place("/search?q=rent&place=us-ks&kind=idea&outcome=won", "No results."),
    "results, thin": Place(
        "/search?q=%22cash+bail%22&place=us-il&outcome=won", "We have little on this."
    ),
    "results, weak": Place("/search?q=banana+ripening+temperature", WEAK),
    "results, topics": Place("/search?q=defund+the+police+cash+bail", "With a known outcome"),
    "results, private": Place("/", "Filter", private="strike fund"),
    "campaign": Place(f"/d/{DEMAND.partition('/')[0]}", "Similar campaigns that won"),
    "document": Place("/d/m4bl-vision-2016", "Open the source"),
    "demand": Place(f"/d/{DEMAND}", "Decided by"),
    "finding": Place(f"/d/{FINDING}", "Figure"),
    "topics": Place("/topics", "Topics"),
    "topic": Place("/topics/policing", "Read first"),
    "kind of campaign": Place("/topics/police-free-schools", "How campaigns ended"),
    "places": Place("/places", "Places"),
    "place": Place("/places/us-il", "Search this place"),
    "organizations": Place("/organizations", "Organizations"),
    "organization": Place("/organizations?name=Critical+Resistance", "Organization"),
    "timeline": Place("/timeline", "Timeline"),
    "coverage": Place("/coverage", "What’s in this collection, and what’s missing"),
    "glossary": Place("/glossary", "Campaign terms"),
    "saved, empty": Place(
        "/saved", "Nothing saved yet. Search, then select “Save” under a result."
    ),
    "saved, full": Place(
        "/saved", "Move up", saved=(DEMAND, FINDING, "m4bl-vision-2016"), changes=WRITTEN
    ),
    "saved, cleared": Place("/saved", "Undo", saved=(DEMAND,), changes=({"action": "clear"},)),
    "saved, compared": Place(
        "/saved/compare", "Decided by", saved=(DEMAND, FINDING, "m4bl-vision-2016"), changes=WRITTEN
    ),
    "saved, shared": Place(f"/saved?r={DEMAND}&r={FINDING}", "Save all to my list"),
    "quotations": Place("/quotes", "Paste the text"),
    "error": Place("/d/no-such-document", "Home", status=404),
}


class Setting(NamedTuple):
    """How a page is shown: the media that the browser emulates, and the window in CSS pixels."""

    media: dict[str, Any] = {}
    width: int = 1280
    height: int = 800


# Each page meets each setting once. 1280 by 1024 enlarged to 400 % is a window of 320 by 256.
SETTINGS = {
    "en": {
        "light": Setting({"color_scheme": "light"}),
        "forced colours": Setting({"forced_colors": "active"}),
        "narrow": Setting(width=320, height=640),
    },
    "es": {
        "dark": Setting({"color_scheme": "dark"}),
        "400 %": Setting(width=320, height=256),
    },
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # axe leaves it out unless it is asked for
    "resultTypes": ["violations"],
    "iframes": False,
}
SMALLEST = 24  # CSS pixels of a target, WCAG 2.5.8
# What is pressed stands alone, so no exception of 2.5.8 holds for it.
SMALL = """smallest => [...document.querySelectorAll("button, input, select, summary, textarea")]
  .filter(one => one.checkVisibility({visibilityProperty: true}))
  .filter(one => { const {width, height} = one.getBoundingClientRect();
                   return Math.min(width, height) < smallest; })
  .map(one => one.outerHTML.slice(0, 120))"""
OPEN = "() => document.querySelectorAll('details').forEach(one => { one.open = true; })"
BEYOND = "() => document.scrollingElement.scrollWidth - innerWidth"
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    return style.scrollBehavior === "smooth" || style.animationName !== "none"
      || style.transitionDuration.split(", ").some(time => parseFloat(time) > 0);
  }).map(one => one.outerHTML.slice(0, 120))"""
SHIFTED = """() => new Promise(tell => {
    const found = [];
    const note = list => list.forEach(one => one.sources.forEach(
      source => found.push(source.node?.outerHTML?.slice(0, 120) ?? "a node that is gone")));
    const observer = new PerformanceObserver(list => note(list.getEntries()));
    observer.observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => {
      note(observer.takeRecords());
      tell(found);
    }));
  })"""


# Every element of a page and where it begins; what the script adds stands in buttons.
BEGINNINGS = """() => [...document.querySelectorAll("main *, footer")]
  .filter(one => !one.closest("button"))
  .map(one => [one.outerHTML.slice(0, 120), Math.round(one.getBoundingClientRect().top)])"""


def arrived(reader: Reader, place: Place, script: str | None = None) -> Page:
    """Open a page after the steps that it needs; `script` replaces the scripts of the site."""
    page = reader.opened()
    if script is not None:
        page.route("**/static/*.js", lambda route: route.fulfill(body=script))
    for one in place.saved:
        page.request.post("/saved", form={"action": "add", "id": one.replace("/", "#")})
    for change in place.changes:
        page.request.post("/saved", form=dict(change))
    answer = page.goto(place.path)
    assert answer
    assert answer.status == place.status
    if place.private:
        search_box(page).fill(place.private)
        name = reader.said("Private search (keeps your words out of the web address)")
        page.get_by_role("button", name=name).click()
        page.wait_for_url("**/search")
    assert reader.said(place.says) in page.locator("main").inner_text()
    return page


def shown(page: Page, setting: Setting) -> None:
    """Show the page in this setting."""
    media = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}
    page.emulate_media(**(media | setting.media))
    page.set_viewport_size({"width": setting.width, "height": setting.height})


def barriers(page: Page) -> list[str]:
    """Return what axe reports, targets that are too small, and pages wider than the window."""
    rules = page.evaluate("async how => (await axe.run(how)).violations", OPTIONS)
    found = [f"{rule['id']}: {node['html'][:200]}" for rule in rules for node in rule["nodes"]]
    found += [f"too small: {one}" for one in page.evaluate(SMALL, SMALLEST)]
    beyond = page.evaluate(BEYOND)
    return found + ([f"{beyond} pixels wider than the window"] if beyond > 0 else [])


@pytest.mark.parametrize("manner", [Manner("en"), Manner("es", "phone")], indirect=True, ids=str)
@pytest.mark.parametrize("name", PLACES)
def test_no_page_has_a_barrier(reader: Reader, name: str) -> None:
    """No page has a barrier in any setting.

    Nothing shifts while a page loads, and nothing is animated for readers who asked for less
    motion.
    """
    page = arrived(reader, PLACES[name])
    found = [f"jumps: {one}" for one in page.evaluate(SHIFTED)]
    page.evaluate(OPEN)
    page.evaluate(AXE_SCRIPT)

    for setting, how in SETTINGS[reader.manner.language].items():
        shown(page, how)
        found += [f"{setting}: {one}" for one in barriers(page)]
    page.emulate_media(reduced_motion="reduce")
    found += [f"moves: {one}" for one in page.evaluate(MOVING)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("manner", [Manner(size="phone")], indirect=True, ids=str)
@pytest.mark.parametrize("name", PLACES)
def test_the_script_moves_nothing(reader: Reader, name: str) -> None:
    """The page has room for what the script adds, so that no element moves when it runs."""
    before = arrived(reader, PLACES[name], script="").evaluate(BEGINNINGS)

    after = arrived(reader, PLACES[name]).evaluate(BEGINNINGS)

    pairs = zip(before, after, strict=True)
    moved = [(one, top, later) for (one, top), (_, later) in pairs if top != later]
    assert moved[:1] == []
