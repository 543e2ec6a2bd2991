"""The saved list keeps a reader's records, notes and headings in order, and nothing else."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from kb.web.list_file import ListFileError, read_list, write_list
from kb.web.saved_list import MAX_BYTES, MAX_ITEMS, FullListError, Item, SavedList, clean

SLUGS = st.from_regex(r"[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,3}", fullmatch=True)
IDS = st.one_of(SLUGS, st.builds("{}#{}".format, SLUGS, SLUGS))
TEXTS = st.text(max_size=200).map(clean)
ITEMS = st.one_of(st.builds(Item, IDS, TEXTS), st.builds(Item, st.just(""), TEXTS.filter(bool)))
LISTS = st.lists(ITEMS, max_size=20, unique_by=lambda one: one.key).map(
    lambda items: SavedList(tuple(items))
)


@given(LISTS)
def test_cookies_bring_back_the_same_list(saved: SavedList) -> None:
    """A list is the same after its cookies are read; their values need no quoting and fit."""
    cookies = saved.cookies()

    assert SavedList.from_cookies(cookies) == saved
    assert all(re.fullmatch(r"[A-Za-z0-9_-]*", value) for value in cookies.values())
    assert all(len(value) <= MAX_BYTES for value in cookies.values())


@given(st.text(max_size=5000))
def test_any_cookie_gives_a_valid_list(cookie: str) -> None:
    """Any cookie text gives a list that can be stored again."""
    saved = SavedList.from_cookies({"saved": cookie})

    assert SavedList.from_cookies(saved.cookies()) == saved


@given(LISTS)
def test_a_file_brings_back_the_same_list(saved: SavedList) -> None:
    """A list is the same after it is written to a file and read."""
    assert read_list(write_list(saved, []).encode()) == saved


@given(LISTS.filter(lambda one: one.items), st.data(), st.integers(-12, 12))
def test_moving_keeps_every_item(saved: SavedList, data: st.DataObject, steps: int) -> None:
    """A move changes one item's place, within the ends, and loses none."""
    key = data.draw(st.sampled_from(saved.keys))

    moved = saved.moved(key, steps)

    place = min(max(0, saved.keys.index(key) + steps), len(saved.items) - 1)
    assert moved.keys.index(key) == place
    assert moved.without(key) == saved.without(key)
    assert sorted(moved.items) == sorted(saved.items)


@pytest.mark.parametrize(
    "more",
    [[Item("one-more")], [Item(f"long-{n}", "x".join(map(str, range(150)))) for n in range(60)]],
)
def test_a_full_list_takes_no_more(more: list[Item]) -> None:
    """Items that do not fit are refused as a whole, never dropped in silence."""
    notes = [f"{n}-{'-'.join(str(n * k % 977) for k in range(120))}" for n in range(MAX_ITEMS)]
    full = SavedList(tuple(Item(f"source-{n}", notes[n][:90]) for n in range(MAX_ITEMS)))
    assert full.cookies()["saved"]

    with pytest.raises(FullListError, match="expected at most 100"):
        full.added(more).cookies()


@pytest.fixture
def browser(client: TestClient) -> TestClient:
    """Return the client with an empty list."""
    client.cookies.clear()
    return client


def ids(client: TestClient) -> list[str]:
    """Return the headings and the paths of the records on the page, in order."""
    text = client.get("/saved").text
    found = re.findall(r'<h[23]><a href="(/d/[^"]*)"|class="heading".*<h2>([^<]*)', text)
    return ["".join(one) for one in found]


def change(client: TestClient, action: str, id: str = "", **more: str) -> None:
    """Press one of the buttons of the list."""
    answer = client.post(
        "/saved", data={"action": action, "id": id, **more}, follow_redirects=False
    )
    assert answer.status_code == 303
    assert "httponly" in answer.headers["set-cookie"].lower()


def test_records_are_added_moved_and_removed(browser: TestClient) -> None:
    """The buttons add, move, remove and clear, and every page shows the count."""
    for one in ("hostile-words#sneak", "hostile-words"):
        change(browser, "add", one)
    change(browser, "up", "hostile-words")
    assert ids(browser) == ["/d/hostile-words", "/d/hostile-words/sneak"]
    assert "data-saved-count>2<" in browser.get("/").text

    change(browser, "remove", "hostile-words")
    assert ids(browser) == ["/d/hostile-words/sneak"]
    change(browser, "clear")
    assert ids(browser) == []


@pytest.mark.parametrize("query", ["", "?lang=es"])
def test_a_cleared_list_can_be_put_back(browser: TestClient, query: str) -> None:
    """After clearing, a button restores the same records, notes and headings in order."""
    for one in ("hostile-words#sneak", "hostile-words"):
        change(browser, "add", one)
    change(browser, "heading", "hostile-words", text="Second week")
    change(browser, "note", "hostile-words", text="Ask Ana first")
    wanted = ["/d/hostile-words/sneak", "Second week", "/d/hostile-words"]
    assert ids(browser) == wanted
    cleared = browser.post(f"/saved{query}", data={"action": "clear", "back": f"/saved{query}"})
    assert ids(browser) == []
    language = {"": "en", "?lang=es": "es"}[query]
    assert cleared.headers["content-language"] == language
    assert {"en": "Undo", "es": "Deshacer"}[language] in cleared.text

    change(browser, "restore")

    assert ids(browser) == wanted
    assert "Ask Ana first" in browser.get("/saved").text
    change(browser, "remove", "hostile-words")
    change(browser, "remove", "hostile-words#sneak")
    change(browser, "remove", "*Second week")
    assert "Undo" not in browser.get("/saved").text


def test_notes_and_headings_are_in_every_export(browser: TestClient) -> None:
    """Notes and headings stand on the page, in the table and in the files, and escape markup."""
    change(browser, "add", "hostile-words#sneak")
    change(browser, "heading", "hostile-words#sneak", text="Week <b>1</b>")
    change(browser, "note", "hostile-words#sneak", text="=Ask <i>Ana</i>")

    for path in ("/saved", "/saved/compare", "/saved.html"):
        html = browser.get(path).text
        assert "Week &lt;b&gt;1&lt;/b&gt;" in html
        assert "=Ask &lt;i&gt;Ana&lt;/i&gt;" in html
        assert "<script>alert" not in html
    assert "## Week &lt;b&gt;1&lt;/b&gt;" in browser.get("/saved.md").text
    assert "WEEK <B>1</B>" in browser.get("/saved.txt").text
    assert '"\'=Ask <i>Ana</i>"' in browser.get("/saved.csv").text
    assert "=Ask <i>Ana</i>" in browser.get("/saved.ris").text
    assert json.loads(browser.get("/saved.list.json").text)["items"][0] == {
        "heading": "Week <b>1</b>"
    }


def test_a_heading_is_renamed_and_moved(browser: TestClient) -> None:
    """A heading keeps its place under another name, moves, and goes without its records."""
    change(browser, "add", "hostile-words#sneak")
    change(browser, "heading", "hostile-words#sneak", text="Old")
    change(browser, "note", "*Old", text="New")
    assert ids(browser) == ["New", "/d/hostile-words/sneak"]
    change(browser, "down", "*New")
    assert ids(browser) == ["/d/hostile-words/sneak", "New"]
    change(browser, "remove", "*New")
    assert ids(browser) == ["/d/hostile-words/sneak"]


def test_a_file_is_handed_over(browser: TestClient) -> None:
    """Somebody else adds the list from the file, to what is saved there already."""
    change(browser, "add", "hostile-words#sneak")
    change(browser, "heading", "hostile-words#sneak", text="First")
    change(browser, "note", "hostile-words#sneak", text="Ask Ana")
    content = browser.get("/saved.list.json").content
    browser.cookies.clear()
    change(browser, "add", "hostile-words")

    browser.post("/saved/file", files={"file": ("list.json", content)})

    assert ids(browser) == ["/d/hostile-words", "First", "/d/hostile-words/sneak"]
    assert "Ask Ana" in browser.get("/saved").text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Invalid JSON"),
        (b"\xff\xfe", "Invalid JSON"),
        (b"[" * 100_000, "Invalid JSON"),
        (b"[]", "file: Input should be an object"),
        (b"{}", "items: Field required"),
        (b'{"format": "other", "version": 1, "items": []}', "format: Input should be"),
        (b'{"format": "precedent-list", "version": 2, "items": []}', "version: Input should be 1"),
        (
            b'{"format": "precedent-list", "version": 1, "items": [{}]}',
            "item 1: expected a heading",
        ),
        (
            b'{"format": "precedent-list", "version": 1, "items": [{"id": "a"}, {"id": "<b>"}]}',
            "item 2: expected a heading or the id of a record",
        ),
        (
            b'{"format": "precedent-list", "version": 1, "items": [{"id": "a", "x": 1}]}',
            "item 1, x: Extra inputs",
        ),
    ],
)
def test_a_file_with_problems_adds_nothing(
    browser: TestClient, content: bytes, problem: str
) -> None:
    """The page says where the file is wrong and what was expected; the list stays as it was."""
    change(browser, "add", "hostile-words")

    answer = browser.post("/saved/file?lang=en", files={"file": ("list.json", content)})

    assert answer.status_code == 422
    assert problem in answer.text
    assert "Nothing was added." in answer.text
    assert ids(browser) == ["/d/hostile-words"]
    with pytest.raises(ListFileError, match=re.escape(problem)):
        read_list(content)


def test_records_are_compared_in_a_table(browser: TestClient) -> None:
    """The table has a row for each record, with its target, outcome and source."""
    for one in ("hostile-words#sneak", "hostile-words"):
        change(browser, "add", one)

    html = browser.get("/saved/compare?lang=en").text

    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", html, re.S)
    assert len(rows) == 2
    assert "/d/hostile-words/sneak" in rows[0]
    assert "tag-won" in rows[0]
    assert "&lt;script&gt;alert(1)" in rows[0]


def test_the_former_address_leads_to_the_list(browser: TestClient) -> None:
    """Shared links with the former path still open."""
    answer = browser.get("/tray?r=hostile-words&lang=es", follow_redirects=False)

    assert answer.status_code == 308
    assert answer.headers["location"] == "/saved?r=hostile-words&lang=es"


@pytest.mark.parametrize(
    ("host", "is_local"),
    [("127.0.0.1:8765", True), ("localhost:8765", True), ("testserver", False)],
)
def test_no_address_of_this_computer_is_shared(
    browser: TestClient, host: str, is_local: bool
) -> None:
    """On this computer a file is offered in place of a link that others cannot open."""
    text = browser.get("/saved?r=hostile-words&lang=en", headers={"host": host}).text

    assert (f"http://{host}/" in text) != is_local
    assert ("To share the list, send a file:" in text) == is_local
    for form in ("html", "txt", "list.json"):
        file = browser.get(f"/saved.{form}?r=hostile-words", headers={"host": host})
        assert host not in file.text


def test_a_shared_list_is_shown_to_others_and_kept_when_they_want(browser: TestClient) -> None:
    """Opening a shared link shows its records and changes nothing; a button saves them."""
    for one in ("hostile-words#sneak", "hostile-words"):
        change(browser, "add", one)
    change(browser, "heading", "hostile-words", text="Next & last")
    change(browser, "note", "hostile-words", text="private thought")
    page = browser.get("/saved", headers={"host": "testserver"}).text
    found = re.search(r"<textarea[^>]*>([^<]*/saved\?[^<]*)</textarea>", page)
    assert found
    query = urlsplit(found[1].replace("&amp;", "&")).query
    change(browser, "clear")

    shared = browser.get(f"/saved?{query}")

    keys = ["hostile-words/sneak", "*Next & last", "hostile-words"]
    assert parse_qs(query)["r"] == keys
    assert "Next &amp; last" in shared.text
    assert "private thought" not in shared.text
    assert ids(browser) == []
    form = shared.text.partition('value="keep"')[2].partition("</form>")[0]
    kept = [unescape(one) for one in re.findall(r'name="r" value="([^"]*)"', form)]
    browser.post("/saved", data={"action": "keep", "r": kept})
    assert ids(browser) == ["/d/hostile-words/sneak", "Next &amp; last", "/d/hostile-words"]


def test_a_missing_record_is_named(browser: TestClient) -> None:
    """The page names a record that is no longer in the index."""
    text = browser.get("/saved?r=gone-source/gone").text

    assert "gone-source#gone" in text
    assert "Not available" in text


@pytest.mark.parametrize(
    "back", ["//example.org/x", "/\\example.org", "https://example.org", "javascript:x", "/a\r\nb"]
)
def test_no_button_leads_to_another_host(browser: TestClient, back: str) -> None:
    """The page to return to is on this host, whatever the form says."""
    answer = browser.post("/saved", data={"action": "clear", "back": back}, follow_redirects=False)

    assert answer.headers["location"] == "/saved"


def test_a_form_of_another_site_is_refused(browser: TestClient) -> None:
    """A form sent by a page of another site is a 403."""
    answer = browser.post(
        "/saved", data={"action": "clear"}, headers={"origin": "https://example.org"}
    )

    assert answer.status_code == 403
