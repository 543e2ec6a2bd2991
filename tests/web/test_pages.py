"""Pages work without scripts, in two languages, and stored text never becomes markup."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

import kb
from kb.languages.catalog import chosen
from kb.languages.labels import FIELDS, VALUES
from kb.languages.registry import LANGUAGES
from kb.web.view.page import marked
from tests.api.builders import ADDRESS
from tests.web.conftest import HOSTILE

PAGES = [
    "/",
    "/search",
    "/search?q=police+free+schools",
    "/search?q=rent&outcome=won&place=us&year_from=1900",
    "/search?q=zzzz+nothing&place=us-il-chicago",
    "/search?q=%22words+that+nobody+says%22+rent",
    "/d/m4bl-vision-2016",
    "/d/hostile-words",
    "/d/hostile-words/sneak",
    "/topics",
    "/topics/policing",
    "/search?q=invest+and+divest",
    "/saved/compare?r=hostile-words/sneak&r=*Next",
    "/quotes",
    "/documents",
    "/places",
    "/places/us",
    "/places/us-il-chicago",
    "/places/us-wy",
    "/organizations",
    f"/organizations?name={quote(HOSTILE)}",
    "/timeline",
    "/coverage",
    "/docs",
    "/d/no-such-document",
    "/topics/no-such-topic",
    "/places/no-such-place",
    "/organizations?name=nobody",
    "/search?from=-1",
]
FAILS = {
    "/d/no-such-document": 404,
    "/topics/no-such-topic": 404,
    "/places/no-such-place": 404,
    "/organizations?name=nobody": 404,
    "/search?from=-1": 422,
}
HOSTILE_PAGES = [
    "/d/hostile-words",
    "/d/hostile-words/sneak",
    "/search?document=hostile-words",
    "/organizations",
    f"/organizations?name={quote(HOSTILE)}",
]
MOST_BYTES = 60_000  # of a results page with everything that it loads
FOLDER = Path(kb.__file__).parent
DATA = "application/ld+json"  # what a script element may hold that is no script
LOADING = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


class Tags(HTMLParser):
    """Every tag of a page with its attributes; `crossed` lists tags not closed in order."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self.crossed: list[str] = []
        self.feed(html)
        self.crossed += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a tag and its attributes."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Record a tag that does not close the open one."""
        if not self._open or self._open.pop() != tag:
            self.crossed.append(tag)

    def links(self) -> Iterator[str]:
        """Return the targets of the links."""
        return (attributes["href"] for tag, attributes in self.tags if tag == "a")


def spoken(path: str, language: str) -> str:
    """Return the address of a page in a language."""
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_valid_in_both_languages(
    client: TestClient, path: str, language: str
) -> None:
    """A page has its status, its language, one main heading and closed tags."""
    answer = client.get(spoken(path, language))

    tags = Tags(answer.text)
    assert answer.status_code == FAILS.get(path, 200)
    assert answer.headers["content-language"] == language
    assert tags.tags[0] == ("html", {"lang": language})
    assert [tag for tag, _ in tags.tags].count("h1") == 1
    assert tags.crossed == []


def loads(tag: str, attributes: dict[str, str]) -> bool:
    """Return whether a browser loads a file, or runs code, because of this tag."""
    if tag == "link":
        return bool(LOADING & set(attributes["rel"].split()))
    return tag in {"img", "iframe"} or (tag == "script" and attributes.get("type") != DATA)


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_but_our_own_files(client: TestClient, path: str) -> None:
    """Scripts and other files come from this server, and no attribute contains code or style.

    The policy forbids inline scripts and styles too.
    """
    answer = client.get(path)

    tags = Tags(answer.text).tags
    loaded = [a.get("src", a.get("href", "")) for tag, a in tags if loads(tag, a)]
    named = [a["href"] for tag, a in tags if tag == "link" and not loads(tag, a)]
    blocks = [a for tag, a in tags if tag == "script" and not loads(tag, a)]
    names = {name for _, attributes in tags for name in attributes}
    assert all(one == {"type": DATA} for one in blocks)
    assert loaded
    assert all(one.startswith("/static/") for one in loaded)
    assert all(one.startswith(("/", f"{ADDRESS}/")) for one in named)
    assert not {name for name in names if name.startswith("on") or name == "style"}
    assert "default-src 'none'; script-src 'self';" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_stored_text_never_becomes_markup(client: TestClient) -> None:
    """Hostile text in any field is escaped on every page."""
    for path in HOSTILE_PAGES:
        text = client.get(path).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert HOSTILE not in text
        assert "{{ 7 * 7 }}" in text


@given(st.text(), st.lists(st.integers(0, 30), max_size=6))
def test_marks_are_the_only_markup_of_a_text(text: str, places: list[int]) -> None:
    """A highlighted text has one mark for each span, and no other markup."""
    ends = sorted({place for place in places if place <= len(text)})
    spans = list(zip(ends[::2], ends[1::2], strict=False))

    shown = str(marked(text, spans))

    bare = re.sub(r"</?mark>", "", shown)
    assert "<" not in bare
    assert shown.count("<mark>") == len(spans)


@pytest.mark.slow
def test_every_internal_link_works(client: TestClient) -> None:
    """Every link to a page of ours, on any page, is answered with 200."""
    links = {
        link for path in PAGES if path not in FAILS for link in Tags(client.get(path).text).links()
    }
    inside = sorted(link for link in links if link.startswith("/"))

    assert len(inside) > 50
    assert [link for link in inside if client.get(link).status_code != 200] == []
    outside = {urlsplit(link).scheme for link in links if not link.startswith(("/", "#", "?"))}
    assert outside <= {"http", "https"}


def test_a_filter_is_added_by_a_link_and_removed_by_one(client: TestClient) -> None:
    """A facet links to the narrowed search, whose chip links back."""
    path = "/search?q=police+free+schools"
    links = Tags(client.get(path).text).links()
    narrowed = next(one for one in links if one.startswith(path) and one.count("outcome=") == 1)

    chips = [link for link in Tags(client.get(narrowed).text).links() if link == path]

    assert len(chips) == 1


def test_a_private_search_keeps_the_words_out_of_addresses(client: TestClient) -> None:
    """After a search by POST no link contains the words, and the page must not be stored."""
    answer = client.post("/search", data={"q": "secret strike fund", "outcome": "won"})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert 'value="secret strike fund"' in answer.text
    assert not [link for link in Tags(answer.text).links() if "secret" in link or "strike+" in link]


def test_a_page_of_results_is_light(client: TestClient) -> None:
    """Page and stylesheet together are under 60 KB before compression."""
    page = client.get("/search?q=police+free+schools")
    style = next(a["href"] for tag, a in Tags(page.text).tags if tag == "link")

    sheet = client.get(style)

    assert len(page.content) + len(sheet.content) < MOST_BYTES
    assert "immutable" in sheet.headers["cache-control"]
    assert client.get("/static/other.css").status_code == 404


def test_a_link_switches_the_language(client: TestClient) -> None:
    """The switch links to the same page, and all links there keep the language."""
    links = list(Tags(client.get("/search?q=rent&outcome=won").text).links())
    switch = next(link for link in links if link.startswith("?") and link.endswith("lang=es"))

    spanish = client.get(f"/search{switch}")

    assert spanish.headers["content-language"] == "es"
    assert "outcome=won" in switch
    inside = [link for link in Tags(spanish.text).links() if link.startswith("/")]
    assert all("lang=es" in link for link in inside)


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, "", "en"),
        (None, "es", "es"),
        (None, "fr-CA, es-419;q=0.9, en;q=0.8", "es"),
        (None, "de, en-GB;q=0.3", "en"),
        ("en", "es", "en"),
        ("fr", "es", "es"),
        (None, "es;q=0, en;q=0.1", "en"),
    ],
)
def test_language_is_the_readers_then_the_browsers(
    asked: str | None, accepted: str, language: str
) -> None:
    """An explicit choice precedes the browser's list, which is read by its weights."""
    assert chosen(asked, accepted) == language


@given(st.text())
def test_any_list_of_languages_gives_a_language(accepted: str) -> None:
    """Any text in Accept-Language gives one of our languages."""
    assert chosen(None, accepted) in LANGUAGES


def test_every_text_of_the_interface_is_in_spanish() -> None:
    """The catalogue has exactly the texts of the interface, with the same placeholders."""
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    keywords = {"_": None, "gettext": None, "translated": None, "ngettext": (1, 2)}
    found = {
        message if isinstance(message, str) else message[0]
        for folder in (FOLDER, FOLDER.parent / "indexer")
        for _, _, message, _, _ in extract_from_dir(str(folder), methods, keywords=keywords)
    }
    catalogue = read_po(
        BytesIO((FOLDER / "languages" / "locales" / "es.po").read_bytes()), locale="es"
    )
    texts = {(one.id if isinstance(one.id, str) else one.id[0]): one for one in catalogue if one.id}

    assert set(texts) == found
    for text, message in texts.items():
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms or [""]:
            assert form
            assert set(re.findall(r"%\(\w+\)s", form)) == set(re.findall(r"%\(\w+\)s", text))


def test_every_value_of_a_filter_has_a_label() -> None:
    """Every kind, level, action and outcome has a label."""
    from kb.domain.queries import Filters  # noqa: PLC0415

    for field in ("kind", "document_kind", "level", "action", "outcome"):
        annotation = Filters.model_fields[field].annotation
        values = getattr(getattr(annotation, "__args__", [None])[0], "__args__", ())
        assert values
        assert set(values) <= set(VALUES[field])
        assert field in FIELDS
