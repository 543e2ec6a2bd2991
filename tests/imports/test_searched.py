"""Shelves are searched on this machine, with the corpus or alone, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.build import CACHE, BuildInputs, BuildReport, build_shelves
from indexer.imports.review import accept, review_items
from indexer.imports.run import ImportPaths
from indexer.imports.store import ShelfStore
from kb.domain.queries import Filters, Query
from kb.encoders.vector_spaces import vector_spaces
from kb.http.index_watcher import IndexWatcher
from kb.index.engine import open_engine
from kb.search.searcher import Searcher
from kb.server.app import State, create_app
from kb.server.serve import Door
from tests.api.builders import ADDRESS
from tests.builders import make_corpus, make_document, make_index, silent
from tests.fakes import HashEncoder
from tests.imports.files import pdf
from tests.imports.places import bring_in, place

pytestmark = pytest.mark.slow

CANARY = "Kanarienvogel"
PAPER = f"""# The {CANARY} budget

{CANARY} papers lie in the cellar of the town hall.

## Demands

1. Move $10 million from police overtime to homes.
2. End the contract with the jail company.
"""


def build_both(root: Path, at: ImportPaths) -> BuildReport | None:
    """Build the index of the corpus and that of corpus and shelves; return the second report."""
    make_index(root, at.corpus, HashEncoder())
    inputs = BuildInputs(
        at.corpus, root / CACHE, vector_spaces(HashEncoder()), ShelfStore(at.shelves)
    )
    return build_shelves(root, inputs, silent)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a corpus, a shelf of two documents and both indexes; tests only read."""
    folder = tmp_path_factory.mktemp("home")
    make_corpus(folder, [make_document()])
    paper = folder / "canary.md"
    paper.write_text(PAPER, "utf-8")
    pdf(folder / "report.pdf", [["First page of the report."], [f"The second has {CANARY} eggs."]])
    at = place(folder)
    bring_in(at, paper, folder / "report.pdf")
    build_both(folder / "index", at)
    return folder


def searcher(root: Path, with_imports: bool = False) -> Searcher:
    """Return a searcher over the public index, or over the one with imports."""
    engine = open_engine(root)
    reader = (engine.searched() if with_imports else engine).reader()
    return Searcher(reader, vector_spaces(HashEncoder()))


def test_the_public_index_never_holds_an_import(home: Path) -> None:
    """No file of the public index has a word of an import; the index with shelves has."""
    public = b"".join(
        path.read_bytes()
        for path in sorted((home / "index" / "generations").rglob("*"))
        if path.is_file()
    ).lower()

    assert CANARY.lower().encode() not in public
    assert searcher(home / "index").search(Query(text=CANARY, mode="lexical")).hits == ()
    assert (
        searcher(home / "index", with_imports=True).search(Query(text=CANARY, mode="lexical")).hits
    )


def test_shelves_are_searched_with_the_corpus_or_alone(home: Path) -> None:
    """The filter by shelf leaves one shelf, the corpus, or both; a hit has its shelf."""
    both = searcher(home / "index", with_imports=True)

    def ids(**filters: tuple[str, ...]) -> set[str | None]:
        query = Query(text="", filters=Filters.model_validate(filters), k=100)
        return {hit.document.shelf for hit in both.search(query).hits}

    assert ids() == {None, "mine"}
    assert ids(shelf=("mine",)) == {"mine"}
    assert ids(shelf=("corpus",)) == {None}
    assert ids(shelf=("other",)) == set()


def test_a_passage_of_a_pdf_is_cited_with_its_page(home: Path) -> None:
    """The citation of a hit in a PDF has the page of the file."""
    (hit,) = (
        searcher(home / "index", with_imports=True)
        .search(Query(text='"eggs"', mode="lexical"))
        .hits
    )

    assert (hit.kind, hit.locator and hit.locator.sheet) == ("text", 2)
    assert "p. 2 of the file" in hit.citation


def test_suggestions_are_marked_and_searched_as_such(home: Path) -> None:
    """A suggestion is a kind of its own, and not a demand until a person accepts it."""
    both = searcher(home / "index", with_imports=True)
    found = both.search(Query(text="jail contract", filters=Filters(kind=("suggestion",))))
    demands = both.search(Query(text="", filters=Filters(kind=("demand",), shelf=("mine",))))

    assert found.hits[0].kind == "suggestion"
    assert found.hits[0].text == "End the contract with the jail company."
    assert demands.hits == ()


def test_an_accepted_suggestion_is_a_demand_under_the_same_id(tmp_path: Path) -> None:
    """After acceptance and a build, the id of the suggestion is that of a demand."""
    at, paper = place(tmp_path), tmp_path / "paper.md"
    paper.write_text(PAPER, "utf-8")
    make_corpus(tmp_path, [make_document()])
    bring_in(at, paper)
    build_both(tmp_path / "index", at)
    first = review_items(ShelfStore(at.shelves))[0]
    accept(first, {"topics": ("housing",)})
    build_both(tmp_path / "index", at)

    reader = open_engine(tmp_path / "index").searched().reader()
    id = first.suggestion.demand.id
    assert reader.fetch([reader.keys([id])[id]])[0].kind == "demand"


def test_old_ids_resolve_after_a_change(tmp_path: Path) -> None:
    """A passage that a new version lost is not searched, and its id still shows the old text."""
    at, paper = place(tmp_path), tmp_path / "paper.md"
    make_corpus(tmp_path, [make_document()])
    paper.write_text("# A\n\nThe old words.\n", "utf-8")
    bring_in(at, paper)
    build_both(tmp_path / "index", at)
    reader = open_engine(tmp_path / "index").searched().reader()
    (old,) = [
        one for one in reader.fetch(range(8)[: reader.manifest.passages]) if one.kind == "text"
    ]
    paper.write_text("# A\n\nThe new words.\n", "utf-8")
    bring_in(at, paper)
    build_both(tmp_path / "index", at)

    reader = open_engine(tmp_path / "index").searched().reader()

    assert reader.keys([old.id]) == {}
    former = reader.former(old.id)
    assert former is not None
    assert former.text == "The old words."


def test_an_empty_shelf_has_no_index(home: Path, tmp_path: Path) -> None:
    """After the last document is removed, the index with shelves is withdrawn."""
    at = place(tmp_path)
    make_corpus(tmp_path, [make_document()])
    paper = tmp_path / "paper.md"
    paper.write_text(PAPER, "utf-8")
    bring_in(at, paper)
    build_both(tmp_path / "index", at)
    assert open_engine(tmp_path / "index").imports().is_published()
    ShelfStore(at.shelves).remove("mine")

    assert build_both(tmp_path / "index", at) is None
    assert not open_engine(tmp_path / "index").imports().is_published()


@pytest.mark.parametrize(
    ("door", "serves"),
    [
        (Door(), True),
        (Door("localhost"), True),
        (Door("::1"), True),
        (Door(lan=True), False),
        (Door("0.0.0.0"), False),
        (Door("192.168.1.20"), False),
        (Door("192.168.1.20", share_shelves=True), True),
        (Door(lan=True, share_shelves=True), True),
    ],
)
def test_shelves_are_served_to_this_machine_unless_they_are_shared(
    door: Door, serves: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that other machines reach serves shelves only with the flag."""
    monkeypatch.delenv("KB_HOSTS", raising=False)
    assert door.with_shelves is serves


def test_other_host_names_close_the_shelves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loopback server with other host names may be behind a proxy, so it serves no shelves."""
    monkeypatch.setenv("KB_HOSTS", "precedent.example.org")

    assert not Door().with_shelves
    assert Door(share_shelves=True).with_shelves


def client(home: Path, with_shelves: bool) -> Iterator[TestClient]:
    """Yield a client of a server that serves shelves or not."""
    watcher = IndexWatcher(
        home / "index", vector_spaces(HashEncoder()), 0.02, with_shelves=with_shelves
    )
    app = create_app(State(watcher, shelves=home / "shelves" if with_shelves else None))
    with TestClient(app, base_url=ADDRESS) as made:
        yield made


@pytest.fixture
def private(home: Path) -> Iterator[TestClient]:
    """Yield a client of a server for this machine alone."""
    yield from client(home, with_shelves=True)


@pytest.fixture
def shared(home: Path) -> Iterator[TestClient]:
    """Yield a client of a server for other machines."""
    yield from client(home, with_shelves=False)


def test_titles_on_a_shelf_are_suggested_where_it_is_searched(
    private: TestClient, shared: TestClient
) -> None:
    """Titles of imports are suggested to this machine, with their pages, and to no other."""
    here, there = (one.get(f"/v1/suggest?q={CANARY[:7]}").json() for one in (private, shared))

    (title,) = here["items"]
    assert (title["text"], title["kind"]) == (f"The {CANARY} budget", "document")
    assert private.get(title["path"]).status_code == 200
    assert there["items"] == []


def test_no_address_of_a_public_server_tells_of_an_import(home: Path, shared: TestClient) -> None:
    """Search, lists, coverage, exports and originals have no word of an import."""
    (canary,) = [one.id for one in ShelfStore(home / "shelves").documents() if "canary" in one.id]
    paths = (
        f"/v1/search?q={CANARY}", "/v1/documents", "/v1/passages", "/v1/coverage", "/v1/records",
        f"/v1/documents/{canary}", f"/d/{canary}", f"/originals/{canary}", "/", "/search?q=papers",
        "/sitemap.xml", "/feed.atom", "/topics", "/organizations",
    )  # fmt: skip
    for path in paths:
        answer = shared.get(path)
        said = answer.text.lower().replace(f"q={CANARY}".lower(), "")

        assert "cellar" not in said, path
        assert '"mine"' not in said, path
    assert shared.get(f"/originals/{canary}").status_code == 404
    assert shared.get(f"/v1/documents/{canary}").status_code == 404


def test_this_machine_reads_the_original(home: Path, private: TestClient) -> None:
    """The original is sent unchanged, with a policy under which it can run no script."""
    documents = {one.id: one for one in ShelfStore(home / "shelves").documents()}
    (report,) = [one for one in documents if "report" in one]
    answer = private.get(f"/originals/{report}")

    assert answer.content == (home / "report.pdf").read_bytes()
    assert answer.headers["content-type"] == "application/pdf"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert private.get("/originals/document").status_code == 404
    assert private.get("/originals/..%2F..%2Fetc").status_code == 404
