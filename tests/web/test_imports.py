"""Imported documents on the pages: marked as imports, opened at the passage, kept apart."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from indexer.build import CACHE, BuildInputs, build_shelves
from indexer.imports.review import accept, review_items
from indexer.imports.store import ShelfStore
from kb.domain.records import Locator
from kb.encoders.vector_spaces import vector_spaces
from kb.http.index_watcher import IndexWatcher
from kb.index.contract import Reader
from kb.index.engine import open_engine
from kb.languages.locators import located
from kb.languages.registry import LANGUAGES
from kb.server.app import State, create_app
from tests.api.builders import ADDRESS
from tests.builders import (
    known_citations,
    make_corpus,
    make_demand,
    make_document,
    make_index,
    silent,
)
from tests.fakes import HashEncoder
from tests.imports.files import html, pdf, vtt
from tests.imports.places import bring_in, place
from tests.web.conftest import HOSTILE
from tests.web.test_pages import Tags, spoken

pytestmark = pytest.mark.slow

PAPER = """# The night bus paper

Riders of the night bus wrote down every hour that they waited in the cold.

## What we demand

1. Move $10 million from police overtime to night buses.
2. End the contract with the jail company.

## What it costs

Seven lines of the bus run twice an hour for the price of one helicopter.
"""
BIDI = "\u202egnp.exe"
EVIL = f"{HOSTILE} [press](javascript:alert(1)) {BIDI} bakers keep the oven warm all night"
WEB = (
    "The bakers of the harbour street keep their oven warm for everybody who has no stove at home."
)
LINKED = "Linked pages open on the web, at the words of those who wrote them down for us."


class Home:
    """A folder with a corpus, a shelf and their indexes; makes clients of them."""

    def __init__(self, folder: Path) -> None:
        make_corpus(folder, [make_document(records=[make_demand()])])
        self.folder, self.at = folder, place(folder)

    def build(self) -> None:
        """Build both indexes from the present files."""
        shelves, cache = ShelfStore(self.at.shelves), self.folder / "index" / CACHE
        inputs = BuildInputs(self.at.corpus, cache, vector_spaces(HashEncoder()), shelves)
        with known_citations(self.folder / "index"):
            make_index(self.folder / "index", self.at.corpus, HashEncoder())
            build_shelves(self.folder / "index", inputs, silent)

    def bring(self, name: str, text: str, **request: object) -> str:
        """Import a text under a name and return the id of its document."""
        return bring_in(self.at, self.write(name, text), **request).documents[0].id

    def write(self, name: str, text: str) -> Path:
        """Write a text under a name and return the path."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    @property
    def reader(self) -> Reader:
        """Return a reader of the index that includes shelves."""
        return open_engine(self.folder / "index").searched().reader()

    def client(self, with_shelves: bool = True) -> TestClient:
        """Return a client of a server for this machine, or for others."""
        watcher = IndexWatcher(
            self.folder / "index", vector_spaces(HashEncoder()), 0.02, with_shelves=with_shelves
        )
        shelves = self.at.shelves if with_shelves else None
        return TestClient(create_app(State(watcher, shelves=shelves)), base_url=ADDRESS)


class Ids:
    """Finds documents of the shelf by parts of their ids, and passages by their words."""

    def __init__(self, reader: Reader) -> None:
        entries = reader.fetch(range(reader.manifest.passages))
        self.entries = [one for one in entries if one.document.shelf]

    def document(self, part: str) -> str:
        """Return the id of the document that contains this part."""
        return next(one.document_id for one in self.entries if part in one.document_id)

    def passage(self, words: str, kind: str = "text") -> str:
        """Return the path of the page of the passage with these words."""
        id = next(one.id for one in self.entries if words in one.text and one.kind == kind)
        return f"/d/{id.replace('#', '/')}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a `Home` with a paper, a PDF, pages, captions and hostile files on its shelf."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.bring("linked.html", html(LINKED), metadata={"source": {"URL": "https://a.example/x"}})
    page = html(EVIL.replace("<", "&lt;"), "Evil &lt;script&gt;").replace(
        "<main>", "<script>alert(1)</script><main>"
    )
    pdf(home.folder / "report.pdf", [["The first page."], ["The second page counts eggs."]])
    bring_in(
        home.at,
        home.write("paper.md", PAPER),
        home.write("oven.html", html(WEB)),
        home.write("talk.vtt", vtt("We ride the ferry. It is late again")),
        home.write("evil.md", f"# {EVIL}\n\n{EVIL}\n\n- We demand that the mayor end {EVIL}.\n"),
        home.write("evil.txt", f"{EVIL} of plain text\n"),
        home.write("evil.html", page),
        home.folder / "report.pdf",
    )
    home.build()
    return home


@pytest.fixture(scope="module")
def ids(home: Home) -> Ids:
    """Return the ids of what is on the shelf."""
    return Ids(home.reader)


@pytest.fixture(scope="module")
def client(home: Home) -> Iterator[TestClient]:
    """Return a client of a server with shelves, or of one for other machines."""
    with home.client() as client:
        yield client


@pytest.fixture(scope="module")
def stranger(home: Home) -> Iterator[TestClient]:
    """Yield a client on another machine."""
    with home.client(with_shelves=False) as client:
        yield client


def said(client: TestClient, path: str) -> str:
    """Return the text of a page."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", answer.text)
    return " ".join(unescape(text).split())


def opened(client: TestClient, path: str) -> str:
    """Return the address at which a passage's page opens its source."""
    tags = Tags(client.get(path).text).tags
    return next(a["href"] for tag, a in tags if tag == "a" and a.get("class") == "open")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_imports_are_valid_in_both_languages(
    client: TestClient, ids: Ids, language: str
) -> None:
    """A page has one heading, closed tags, working links, and nothing for search engines."""
    paths = {f"/d/{one.id.replace('#', '/')}" for one in ids.entries}
    for path in sorted(paths):
        answer = client.get(spoken(path, language))
        tags = Tags(answer.text)

        assert answer.status_code == 200
        assert [tag for tag, _ in tags.tags].count("h1") == 1
        assert tags.crossed == []
        assert ("meta", {"name": "robots", "content": "noindex"}) in tags.tags
        assert "citation_title" not in answer.text
        assert "ld+json" not in answer.text
        inside = [one for one in tags.links() if one.startswith("/")]
        assert [one for one in inside if client.get(one).status_code != 200] == []


def test_a_passage_is_marked_as_an_import(client: TestClient, ids: Ids) -> None:
    """Its card and its page show the shelf and the page, and the page says it is extracted text."""
    path = ids.passage("eggs")
    card, page = said(client, "/search?q=eggs"), said(client, path)

    for text in (card, page):
        assert "From your shelf: mine" in text
        assert "p. 2 of the file" in text
    assert "Text extracted automatically." in page
    assert "Texts are summaries" not in page
    assert "p. 2 del archivo" in said(client, f"{path}?lang=es")


def test_a_suggestion_is_never_shown_as_a_demand(client: TestClient, ids: Ids) -> None:
    """A suggestion says that nobody checked it, and has no outcome."""
    path = ids.passage("jail company", "suggestion")
    pages = ["/search?q=jail+company&kind=suggestion", path, f"/saved?r={path[3:]}"]

    for one in pages:
        text = said(client, one)
        assert "Automatically detected as a demand. Not yet checked." in text
        assert "Outcome: " not in text
        assert not re.search(r"\bdemand \w+ From your shelf", text, re.IGNORECASE)
    shown = re.findall(r'<p class="line where">([\w ]+?) ·', client.get(pages[0]).text)
    assert set(shown) == {"Suggestion"}


def test_an_accepted_suggestion_is_a_demand_from_the_shelf(tmp_path: Path) -> None:
    """An accepted suggestion is shown as a demand with its shelf, and not on topic pages."""
    home = Home(tmp_path)
    home.bring("paper.md", PAPER)
    first = review_items(ShelfStore(home.at.shelves))[0]
    accept(first, {"topics": ("housing",)})
    home.build()
    path = f"/d/{first.suggestion.demand.id.replace('#', '/')}"
    with home.client() as client:
        page, listed = said(client, path), said(client, "/topics/housing")

    assert "From your shelf: mine" in page
    assert "We have no outcome on record for this demand" in page
    assert "Not yet checked." not in page
    assert "night buses" not in listed


def test_the_original_opens_at_the_passage(client: TestClient, ids: Ids) -> None:
    """A PDF opens at the page, a web page at the words, and a recording at its beginning."""
    report, oven = ids.passage("eggs"), ids.passage("bakers of the harbour")
    words = opened(client, oven).partition("#:~:text=")[2].split(",")

    assert opened(client, report) == f"/originals/{ids.document('report')}#page=2"
    assert opened(client, oven).startswith(f"/originals/{ids.document('oven')}#:~:text=")
    assert unquote(words[0]) == "The bakers of the harbour street keep their"
    assert WEB.endswith(unquote(words[-1]))
    assert opened(client, ids.passage("ferry")) == f"/originals/{ids.document('talk')}"
    for path in (report, oven):
        assert client.get(opened(client, path).partition("#")[0]).status_code == 200


def test_a_source_with_an_address_opens_there(client: TestClient, ids: Ids) -> None:
    """A passage opens the web page at its words; the document links both web page and original."""
    address = opened(client, ids.passage("Linked pages"))
    links = list(Tags(client.get(f"/d/{ids.document('linked')}").text).links())

    assert address.startswith("https://a.example/x#:~:text=Linked%20pages%20open")
    assert "https://a.example/x" in links
    assert f"/originals/{ids.document('linked')}" in links


def test_an_original_that_is_gone_has_no_link(tmp_path: Path) -> None:
    """A deleted original is not linked, and its address is a 404 page."""
    home = Home(tmp_path)
    id = home.bring("paper.md", PAPER)
    home.build()
    (home.at.shelves / "mine" / id / "1" / "original.md").unlink()
    with home.client() as client:
        links = list(Tags(client.get(f"/d/{id}").text).links())
        answer = client.get(f"/originals/{id}", headers={"accept": "text/html"})

    assert not [one for one in links if one.startswith("/originals/")]
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_passages_link_their_neighbours(client: TestClient, ids: Ids) -> None:
    """Each passage of a document links to the next and the previous one."""
    document = ids.document("paper")
    texts = [one for one in ids.entries if one.document_id == document and one.kind == "text"]
    texts.sort(key=lambda one: one.locator.start or 0 if one.locator else 0)
    pages = [f"/d/{one.id.replace('#', '/')}" for one in texts]

    def following(path: str, rel: str) -> list[str]:
        tags = Tags(client.get(path).text).tags
        return [a["href"] for tag, a in tags if tag == "a" and a.get("rel") == rel]

    assert len(pages) > 2
    assert [following(one, "next") for one in pages] == [[one] for one in pages[1:]] + [[]]
    assert [following(one, "prev") for one in pages] == [[]] + [[one] for one in pages[:-1]]


def test_a_suggestion_leads_to_the_passage_around_it(client: TestClient, ids: Ids) -> None:
    """A suggestion links to the passage that contains it."""
    tags = Tags(client.get(ids.passage("jail company", "suggestion")).text).tags
    (link,) = [
        a["href"]
        for tag, a in tags
        if tag == "a" and a.get("aria-label", "").startswith("Full passage")
    ]

    assert link == ids.passage("jail company")


def test_the_page_of_an_import_says_what_it_is(client: TestClient, ids: Ids) -> None:
    """The page has the shelf, the guessed fields, the numbers of passages and suggestions."""
    path = f"/d/{ids.document('paper')}"
    text, links = said(client, path), list(Tags(client.get(path).text).links())

    assert "From your shelf: mine" in text
    assert re.search(r"Detected automatically: [a-z ,]*title[a-z ,]*\.", text)
    assert "kind of source" in text
    assert "record.md" in text
    assert f"/search?document={ids.document('paper')}" in links
    assert f"/search?kind=suggestion&document={ids.document('paper')}" in links
    assert "2 suggested demands" in text
    assert "kb review" in text
    assert ids.passage("Riders of the night bus") in links
    assert "From your shelf" not in said(client, "/d/tenants-platform-2020")
    assert "ld+json" in client.get("/d/tenants-platform-2020").text


def test_a_passage_of_an_earlier_version_is_shown_as_such(tmp_path: Path) -> None:
    """Its page, the saved list and files show the old text and say so; no search finds it."""
    home = Home(tmp_path)
    home.bring("a.md", "# A\n\nThe old words of the tenants.\n")
    home.build()
    path = Ids(home.reader).passage("old words")
    home.bring("a.md", "# A\n\nThe new words of the tenants.\n")
    home.build()
    with home.client() as client:
        page, saved = said(client, path), said(client, f"/saved?r={path[3:]}")
        file = client.get(f"{path}.ris")
        found = said(client, "/search?q=old+words+tenants")

    for text in (page, saved):
        assert "The old words of the tenants." in text
        assert "From an earlier version of this document." in text
    assert "Similar in other sources" not in page
    assert "The old words of the tenants." in file.text
    assert "The old words of the tenants." not in found


def test_results_can_be_narrowed_to_a_shelf(
    client: TestClient, stranger: TestClient, ids: Ids
) -> None:
    """The filter has the corpus and each shelf, and is absent where shelves are not served."""
    links = list(Tags(client.get("/search?q=tenants").text).links())
    narrowed = said(client, "/search?q=rent&shelf=mine")

    assert {"/search?q=tenants&shelf=corpus", "/search?q=tenants&shelf=mine"} <= set(links)
    assert "Where the collection" in said(client, "/search?q=tenants")
    assert "Remove the filter mine" in narrowed
    assert "Remove the filter the collection" in said(client, "/search?q=rent&shelf=corpus")
    assert "Tenants platform" not in narrowed
    assert "shelf=" not in stranger.get("/search?q=tenants").text


def test_a_quoted_passage_comes_first(client: TestClient, ids: Ids) -> None:
    """The passage that contains a quotation is the first card."""
    quotation = "bakers of the harbour street keep their oven warm"
    tags = Tags(client.get(f"/search?q={quotation.replace(' ', '+')}").text).tags
    cards = [a["href"] for tag, a in tags if tag == "a" and a.get("href", "").startswith("/d/")]

    assert cards[0] == ids.passage("The bakers of the harbour")


PUBLIC = (
    "/", "/topics", "/topics/housing", "/topics/policing", "/places", "/places/us",
    "/organizations", "/timeline", "/glossary", "/feed.atom", "/topics/housing/feed.atom",
    "/sitemap.xml", "/topics/housing/readings.ris", "/d/tenants-platform-2020",
)  # fmt: skip


WAY_TO_IMPORTS = re.compile(
    r'<h2>[^<]*</h2>\n<p>[^<]* <a href="/documents[^"]*">[^<]*</a> · .*</p>\n'  # on the home page
    r'| · <a href="/documents[^"]*">[^<]*</a>'  # in the footer
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_corpus_stay_as_they_are(tmp_path: Path, language: str) -> None:
    """Lists, counts, charts, feeds and the sitemap are the same with and without imports.

    Only the links to the page of imports are added.
    """
    home = Home(tmp_path)
    source = {"issued": "2021", "organization": ["Tenants Together", "Bakers"]}
    told = {"topics": ["housing", "policing"], "place": "us-ca-oakland", "source": source}
    home.bring("paper.md", PAPER, metadata=told)
    accept(review_items(ShelfStore(home.at.shelves))[0], {"topics": ("housing",)})
    home.build()
    with home.client() as ours, home.client(with_shelves=False) as public:
        for path in PUBLIC:
            mine, theirs = (one.get(spoken(path, language)) for one in (ours, public))
            if path != "/d/tenants-platform-2020":
                assert WAY_TO_IMPORTS.sub("", mine.text) == theirs.text, path
            assert "night bus" not in theirs.text


def test_another_machine_sees_no_import(client: TestClient, stranger: TestClient, ids: Ids) -> None:
    """Without shelves no page or file contains an import, and a saved list says what is missing."""
    paper, path = ids.document("paper"), ids.passage("Riders of the night bus")
    shared = f"/saved?r={path[3:]}&r=tenants-platform-2020"
    for one in (f"/d/{paper}", path, f"{path}.ris", f"/d/{paper}.bib", f"/originals/{paper}"):
        assert client.get(one).status_code == 200
        assert stranger.get(one).status_code == 404
    for one in (shared, f"/saved.md?r={path[3:]}", f"/saved.csv?r={path[3:]}"):
        assert "cold" in client.get(one).text
        assert "cold" not in stranger.get(one).text
    text = said(stranger, shared)
    assert path[3:].replace("/", "#") in text
    assert "or are on another computer" in text
    assert "Documents on your shelves stay on this computer." in said(client, shared)


def test_a_list_of_imports_is_downloaded_in_every_format(client: TestClient, ids: Ids) -> None:
    """Each format has the text, the shelf and the page; a suggestion has no outcome."""
    passage, suggested = ids.passage("eggs"), ids.passage("jail company", "suggestion")
    asked = f"r={passage[3:]}&r={suggested[3:]}"
    files = {form: client.get(f"/saved.{form}?{asked}").text for form in
             ("ris", "bib", "json", "csv", "md", "txt")}  # fmt: skip

    for form, text in files.items():
        assert "counts eggs" in text, form
        assert "mine" in text, form
        assert "p. 2 of the file" in text or form == "bib", form
        assert "Outcome: " not in text, form
        assert "Not yet checked." in text or form == "csv", form
    assert "p. 2 of the file" in files["bib"].replace("\\", "")
    assert json.loads(files["json"])[0]["locator"] == "p. 2 of the file"
    rows = list(csv.DictReader(io.StringIO(files["csv"].removeprefix("\ufeff"))))
    assert [row["Kind"] for row in rows] == ["passage", "suggestion"]
    assert [row["Shelf"] for row in rows] == ["mine", "mine"]
    assert all(row["Document text"] and not row["Summary"] for row in rows)


def test_hostile_imports_stay_text(client: TestClient, ids: Ids) -> None:
    """Markup, scripts, links and direction marks of any format are text on every page."""
    evil = [one for one in ids.entries if "evil" in one.document_id]
    pages = [f"/d/{one.id.replace('#', '/')}" for one in evil]
    saved = "&".join(f"r={one[3:]}" for one in pages)
    pages += ["/search?q=bakers+oven+warm", f"/search?document={evil[0].document_id}"]

    assert {one.kind for one in evil} == {"summary", "text", "suggestion"}
    for path in [*pages, f"/saved?{saved}"]:
        answer = client.get(path)
        tags = Tags(answer.text)
        assert HOSTILE not in answer.text
        assert "<script>alert" not in answer.text
        assert not [tag for tag, _ in tags.tags if tag in {"img", "iframe", "object"}]
        assert not [one for one in tags.links() if not one.startswith(("/", "#", "?", "http"))]
        assert tags.crossed == []
        assert "unsafe" not in answer.headers["content-security-policy"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(pages[-1]).text
    markdown = client.get(f"/saved.md?{saved}").text
    assert not re.search(r"(?<!\\)<(script|img)|(?<!\\)\]\(javascript", markdown)
    assert "\n=" not in client.get(f"/saved.csv?{saved}").text


def test_a_hostile_original_can_do_nothing(client: TestClient, ids: Ids) -> None:
    """A page is sent with a sandbox policy, a text as text, and neither is sniffed."""
    ours = {one.document_id for one in ids.entries if "evil" in one.document_id}
    kinds = {}
    for id in ours:
        answer = client.get(f"/originals/{id}")
        kinds[answer.headers["content-type"]] = answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-robots-tag"] == "noindex"

    assert set(kinds) == {"text/html; charset=utf-8", "text/plain; charset=utf-8"}
    policy = kinds["text/html; charset=utf-8"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "locator",
    [
        Locator(section=("A", "B"), page="3"),
        Locator(page="12–13", sheet=14, last_sheet=15),
        Locator(sheet=2),
        Locator(sheet=2, last_sheet=3, start=0),
        Locator(row="7", paragraph=4, speaker="Ana"),
        Locator(timestamp="00:01:02", speaker="Ana"),
        Locator(),
    ],
)
def test_a_locator_reads_as_in_citations(locator: Locator) -> None:
    """In English the words are those of the citation; in Spanish none is English."""
    assert located(locator, "en") == locator.words
    assert not re.search(r"of the file|para\.|row|\bat\b", located(locator, "es"))
