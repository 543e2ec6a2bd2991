"""An educator's journey: from a word to what to read first, and to a reading list for a class."""

import pytest
import rispy

from kb.languages.labels import tables
from kb.web.pages.topics import READINGS_SHOWN
from tests.browser.engine import expect
from tests.browser.reader import MANNERS, Manner, Reader, search_box

TOPICS = {"en": "policing", "es": "prisons-jails"}
# As people ask, each of them on its own.
WORDS = {
    "en": ("what should I read first about invest/divest", "divest from police"),
    "es": (
        "inversión y desinversión",
        "¿Qué debo leer primero sobre inversión y desinversión?",
        "invertir desinvertir",
        "¿Qué es invertir y desinvertir?",
        "lecturas sobre desinversión",
        "desinvertir de la policía",
    ),
}
SCREENS = 2  # of a phone, in which the first reading stands


@pytest.mark.parametrize("manner", MANNERS, indirect=True, ids=str)
def test_readings_for_beginners_are_downloaded(reader: Reader, manner: Manner) -> None:
    """The topic's page lists readings for beginners, and the RIS file holds each of them."""
    page = reader.opened(f"/topics/{TOPICS[manner.language]}")
    audience = tables(manner.language)["audiences"]["introductory"]
    below = page.get_by_role("heading", name=audience, exact=True)
    more = below.locator("xpath=following-sibling::details[1]")
    more.locator("summary").click()
    shelves = (below.locator("xpath=following-sibling::ul[1]"), more)
    titles = [one.inner_text() for shelf in shelves for one in shelf.locator("li > a").all()]

    with page.expect_download() as download:
        name = "Download introductory readings for a reference manager (RIS)"
        page.get_by_role("link", name=reader.said(name)).click()

    with download.value.path().open(encoding="utf-8") as file:
        readings = rispy.load(file)
    assert len(titles) > READINGS_SHOWN
    cited = [one.get("title") or one["primary_title"] for one in readings]
    assert len(cited) == len(titles)
    # A reference has the source's own title, to which a heading of ours may add.
    assert all(shown.startswith(one) for one, shown in zip(cited, titles, strict=True))


@pytest.mark.parametrize("manner", MANNERS, indirect=True, ids=str)
def test_what_to_read_first_is_found_by_its_words(reader: Reader, manner: Manner) -> None:
    """The results show the topic, open if readings are asked for; its page begins with them."""
    for question in WORDS[manner.language]:
        page = reader.opened()
        search_box(page).fill(question)
        page.get_by_role("button", name=reader.said("Search"), exact=True).click()
        page.wait_for_url("**/search?**")
        name = {"en": "Invest/divest", "es": "Inversión y desinversión"}[manner.language]
        box = page.get_by_role("region", name=reader.said("Topic: %(topic)s") % {"topic": name})
        first = box.get_by_role("listitem").get_by_role("link").first
        is_asked = any(word in question for word in ("read", "leer", "lecturas"))
        assert first.is_visible() == is_asked
        if not is_asked:
            box.get_by_text(name).first.click()
        expect(first).to_be_in_viewport()
        title = first.inner_text()

        box.get_by_role("link", name=name).first.click()

        reading = page.get_by_role("main").get_by_role("link", name=title, exact=True)
        expect(reading).to_be_visible()
        place = reading.bounding_box()
        assert place
        assert place["y"] < SCREENS * page.evaluate("innerHeight")
