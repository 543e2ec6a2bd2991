"""Every page in both languages, both themes, large, narrow and in forced colours: no barrier."""

from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.engine import Page
from tests.browser.reader import Manner, Reader

RECORD = "outcome-minneapolis-schools-police-contract-2020/end-school-police-contract"
FINDING = "the-3-4-trillion-mistake-2016/surplus-3-4-trillion"


class Place(NamedTuple):
    """A page to look at, and what comes before it."""

    path: str
    status: int = 200
    tray: tuple[str, ...] = ()
    private: str = ""


PLACES = {
    "home": Place("/"),
    "results": Place("/search?q=police+free+schools"),
    "results by name": Place("/search?q=%22participatory+budgeting%22&kind=demand&place=us"),
    "empty": Place("/search?q=rent&place=us-il-chicago&outcome=reversed"),
    "weak": Place("/search?q=zebra+crossing+paint"),
    "private": Place("/", private="secret strike fund"),
    "document": Place("/d/m4bl-vision-2016"),
    "demand": Place(f"/d/{RECORD}"),
    "finding": Place(f"/d/{FINDING}"),
    "topics": Place("/topics"),
    "topic": Place("/topics/policing"),
    "places": Place("/places"),
    "place": Place("/places/us-il-chicago"),
    "organizations": Place("/organizations"),
    "organization": Place("/organizations?name=Critical+Resistance"),
    "timeline": Place("/timeline"),
    "glossary": Place("/glossary"),
    "tray, empty": Place("/tray"),
    "tray, full": Place("/tray", tray=(RECORD, FINDING, "m4bl-vision-2016")),
    "tray, shared": Place(f"/tray?r={RECORD}&r={FINDING}"),
    "error": Place("/d/no-such-document", status=404),
}


class Setting(NamedTuple):
    """How a page is shown: what the browser emulates, and the window in CSS pixels."""

    media: dict[str, Any] = {}
    width: int = 1280
    height: int = 800


# A window of 1280 by 1024 enlarged to 400 % is one of 320 by 256.
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
# What is pressed rather than read stands alone, so no exception of 2.5.8 holds for it.
TARGETS = """smallest => [...document.querySelectorAll("button, input, select, summary, textarea")]
  .filter(one => one.checkVisibility({visibilityProperty: true}))
  .filter(one => { const {width, height} = one.getBoundingClientRect();
                   return Math.min(width, height) < smallest; })
  .map(one => one.outerHTML.slice(0, 120))"""
WIDE = "document.scrollingElement.scrollWidth - innerWidth"
MOVING = """[...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    return style.scrollBehavior === "smooth" || style.animationName !== "none"
      || style.transitionDuration.split(", ").some(time => parseFloat(time) > 0);
  }).map(one => one.outerHTML.slice(0, 120))"""


def arrived(reader: Reader, place: Place) -> Page:
    """The page, with what has to be done before it is there."""
    page = reader.opened("about:blank")
    for one in place.tray:
        id = one.replace("/", "#")
        page.request.post("/tray", form={"action": "add", "id": id, "back": "/tray"})
    answer = page.goto(place.path)
    assert answer
    assert answer.status == place.status
    if place.private:
        page.get_by_role("searchbox").first.fill(place.private)
        name = reader.said("Search in private: keep the words out of the address")
        page.get_by_role("button", name=name).click()
        page.wait_for_url("**/search")
    return page


def barriers(page: Page) -> list[str]:
    """Rule and element of everything that axe finds."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def shown(page: Page, setting: Setting) -> None:
    """The page as this setting shows it."""
    media = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}
    page.emulate_media(**(media | setting.media))  # type: ignore[arg-type] # a table of words
    page.set_viewport_size({"width": setting.width, "height": setting.height})


@pytest.mark.parametrize("manner", [Manner("en"), Manner("es")], indirect=True, ids=str)
@pytest.mark.parametrize("name", PLACES)
def test_nothing_stands_in_a_readers_way(reader: Reader, name: str) -> None:
    """Axe finds nothing, nothing is cut off on the side, and what is pressed is large enough."""
    page, found = arrived(reader, PLACES[name]), []

    for setting, how in SETTINGS[reader.manner.language].items():
        shown(page, how)
        found += [f"{setting}: {one}" for one in barriers(page)]
        found += [f"{setting}: too small: {one}" for one in page.evaluate(TARGETS, SMALLEST)]
        beyond = page.evaluate(WIDE)
        found += [f"{setting}: wider than the window by {beyond}"] if beyond > 0 else []

    assert found == []


@pytest.mark.parametrize("name", PLACES)
def test_nothing_moves_for_those_who_asked_for_stillness(reader: Reader, name: str) -> None:
    """With reduced motion nothing fades, slides or scrolls by itself."""
    page = arrived(reader, PLACES[name])

    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate(MOVING) == []
