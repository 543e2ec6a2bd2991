"""The tray keeps a reader's records in their order, and nothing that is not an id."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from kb.web.tray import MAX_RECORDS, Tray

SLUGS = st.from_regex(r"[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,3}", fullmatch=True)
IDS = st.one_of(SLUGS, st.builds("{}#{}".format, SLUGS, SLUGS))


@given(st.lists(IDS, max_size=20, unique=True))
def test_a_cookie_brings_back_the_same_tray(ids: list[str]) -> None:
    """A tray is the same after its cookie is read; the value of the cookie needs no quoting."""
    tray = Tray.of(ids)

    assert tray.ids == tuple(ids)
    assert Tray.from_cookie(tray.cookie) == tray
    assert re.fullmatch(r"[a-z0-9.~-]*", tray.cookie)


@given(st.text(max_size=5000))
def test_any_cookie_gives_a_valid_tray(cookie: str) -> None:
    """Any cookie text gives a tray within the limit."""
    tray = Tray.from_cookie(cookie)

    assert len(tray.ids) <= MAX_RECORDS
    assert Tray.from_cookie(tray.cookie) == tray


@given(st.lists(IDS, min_size=1, max_size=10, unique=True), st.data(), st.integers(-12, 12))
def test_moving_keeps_every_record(ids: list[str], data: st.DataObject, steps: int) -> None:
    """A move changes one record's place, within the ends, and loses none."""
    one = data.draw(st.sampled_from(ids))

    moved = Tray(tuple(ids)).moved(one, steps)

    assert sorted(moved.ids) == sorted(ids)
    assert moved.ids.index(one) == min(max(0, ids.index(one) + steps), len(ids) - 1)
    assert [other for other in moved.ids if other != one] == [x for x in ids if x != one]


def test_a_full_tray_takes_no_more() -> None:
    """A full tray is unchanged when a record is added."""
    full = Tray.of(f"source-{number}#record" for number in range(MAX_RECORDS))

    assert full.added("one-more").ids == full.ids


@pytest.fixture
def browser(client: TestClient) -> TestClient:
    """Return the client with an empty tray."""
    client.cookies.clear()
    return client


def ids(client: TestClient) -> list[str]:
    """Return the paths of the records on the tray page, in order."""
    text = client.get("/tray").text
    return re.findall(r'<h2><a href="(/d/[^"]*)"', text)


def change(client: TestClient, action: str, id: str = "", **more: str) -> None:
    """Press one of the tray's buttons."""
    answer = client.post("/tray", data={"action": action, "id": id, **more}, follow_redirects=False)
    assert answer.status_code == 303
    assert "httponly" in answer.headers["set-cookie"].lower()


def test_records_are_added_moved_and_removed(browser: TestClient) -> None:
    """The buttons add, move, remove and clear, and every page shows the count."""
    for one in ("hostile-words#sneak", "hostile-words"):
        change(browser, "add", one)
    change(browser, "up", "hostile-words")
    assert ids(browser) == ["/d/hostile-words", "/d/hostile-words/sneak"]
    assert "data-tray-count>2<" in browser.get("/").text

    change(browser, "remove", "hostile-words")
    assert ids(browser) == ["/d/hostile-words/sneak"]
    change(browser, "clear")
    assert ids(browser) == []


@pytest.mark.parametrize("query", ["", "?lang=es"])
def test_an_emptied_tray_can_be_put_back(browser: TestClient, query: str) -> None:
    """After clearing, a button restores the same records in order."""
    wanted = ["/d/hostile-words/sneak", "/d/hostile-words"]
    for one in ("hostile-words#sneak", "hostile-words"):
        change(browser, "add", one)
    emptied = browser.post(f"/tray{query}", data={"action": "clear"})
    assert ids(browser) == []
    language = {"": "en", "?lang=es": "es"}[query]
    assert emptied.headers["content-language"] == language
    assert {"en": "Undo", "es": "Deshacer"}[language] in emptied.text

    form = emptied.text.partition('value="keep"')[2].partition("</form>")[0]
    back = re.findall(r'name="r" value="([^"]*)"', form)
    browser.post("/tray", data={"action": "keep", "r": back})

    assert ids(browser) == wanted
    assert "Undo" not in browser.get("/tray").text


def test_the_button_that_clears_is_apart_from_the_downloads(browser: TestClient) -> None:
    """The button “Clear list” is in another section than the downloads."""
    change(browser, "add", "hostile-words")

    html = browser.get("/tray?lang=en").text

    between = html.partition("/tray.json")[2].partition(">Clear list</button>")[0]
    assert "</section>" in between
    assert "<h2>" in between


@pytest.mark.parametrize(
    ("host", "is_local"),
    [("127.0.0.1:8765", True), ("localhost:8765", True), ("testserver", False)],
)
def test_an_address_that_others_cannot_open_says_so(
    browser: TestClient, host: str, is_local: bool
) -> None:
    """A link to this computer has a note that it works only there."""
    text = browser.get("/tray?r=hostile-words&lang=en", headers={"host": host}).text

    assert f"http://{host}/tray?r=hostile-words" in text
    assert ("This link works on this computer only." in text) == is_local


def test_a_shared_tray_is_shown_to_others_and_kept_when_they_want(browser: TestClient) -> None:
    """Opening a shared link shows its records and changes nothing; a button saves them."""
    for one in ("hostile-words#sneak", "hostile-words"):
        change(browser, "add", one)
    found = re.search(r"<textarea[^>]*>([^<]*/tray\?[^<]*)</textarea>", browser.get("/tray").text)
    assert found
    query = urlsplit(found[1].replace("&amp;", "&")).query
    change(browser, "clear")

    shared = browser.get(f"/tray?{query}")

    assert parse_qs(query)["r"] == ["hostile-words/sneak", "hostile-words"]
    assert shared.text.index("/d/hostile-words/sneak") < shared.text.rindex('"/d/hostile-words"')
    assert ids(browser) == []
    browser.post("/tray", data={"action": "keep", "r": parse_qs(query)["r"]})
    assert ids(browser) == ["/d/hostile-words/sneak", "/d/hostile-words"]


def test_a_missing_record_is_named(browser: TestClient) -> None:
    """The page names a record that is no longer in the index."""
    text = browser.get("/tray?r=gone-source/gone").text

    assert "gone-source#gone" in text
    assert "Not available" in text


@pytest.mark.parametrize(
    "back", ["//example.org/x", "/\\example.org", "https://example.org", "javascript:x", "/a\r\nb"]
)
def test_no_button_leads_to_another_host(browser: TestClient, back: str) -> None:
    """The page to return to is on this host, whatever the form says."""
    answer = browser.post("/tray", data={"action": "clear", "back": back}, follow_redirects=False)

    assert answer.headers["location"] == "/tray"


def test_a_form_of_another_site_is_refused(browser: TestClient) -> None:
    """A form sent by a page of another site is a 403."""
    answer = browser.post(
        "/tray", data={"action": "clear"}, headers={"origin": "https://example.org"}
    )

    assert answer.status_code == 403
