"""A damaged document on a shelf is reported everywhere and affects no other document."""

import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import CACHE, BuildInputs, build_shelves
from indexer.corpus import read as corpora
from indexer.imports import review
from indexer.imports.package import pack, unpack
from indexer.imports.run import ImportPaths
from indexer.imports.store import ShelfStore, StoredDocument
from indexer.imports.validate import read_rules
from kb.cli import main
from kb.cli.shelf import listing
from kb.domain.queries import Filters, Query
from kb.encoders.vector_spaces import vector_spaces
from kb.errors import CorpusError, DamagedDocumentError, ShelfError
from kb.index.engine import open_engine
from kb.search.searcher import Searcher
from tests.builders import known_citations, make_corpus, make_document, silent
from tests.fakes import HashEncoder
from tests.imports.files import make
from tests.imports.places import bring_in, place, sums
from tests.imports.test_shelf import DEMANDS

pytestmark = pytest.mark.slow

CORPUS_ID = "tenants-platform-2020"

Damage = Callable[[StoredDocument], None]


def edit(name: str, change: Callable[[str], str]) -> Damage:
    """Return a damage that changes the text of one file."""

    def damage(stored: StoredDocument) -> None:
        path = stored.folder / name
        path.write_text(change(path.read_text("utf-8")), "utf-8")

    return damage


def renamed(stored: StoredDocument) -> None:
    """Give the document the id of a corpus document, in all of its files."""
    for path in (stored.folder / "record.md", stored.latest / "suggestions.jsonl"):
        path.write_text(path.read_text("utf-8").replace(stored.id, CORPUS_ID), "utf-8")
    stored.folder.rename(stored.folder.with_name(CORPUS_ID))


def first_line_twice(text: str) -> str:
    """Return the text with its first line repeated."""
    return text.splitlines(keepends=True)[0] + text


def record_of_a_piece(stored: StoredDocument) -> None:
    """Give a record the id of a passage."""
    slug = json.loads((stored.latest / "pieces.jsonl").read_text("utf-8").splitlines()[0])["slug"]
    with (stored.folder / "record.md").open("a", encoding="utf-8") as file:
        file.write(f"\n## Ideas\n\n### Idea `{slug}`\n\nWords.\n\n- Topics: housing\n")


# What can be handed over, and what a person or a failing disk can do to a shelf here.
DAMAGES: dict[str, Damage] = {
    "unknown topic": edit("record.md", lambda text: text.replace("kind:", "topics: [no]\nkind:")),
    "unknown place": edit("record.md", lambda text: text.replace("kind:", "place: nowhere\nkind:")),
    "no date": edit("record.md", lambda text: text.replace("  title:", "  issued: soon\n  title:")),
    "id of the corpus": renamed,
    "a piece twice": edit("1/pieces.jsonl", first_line_twice),
    "a suggestion twice": edit("1/suggestions.jsonl", first_line_twice),
    "a piece beyond the text": edit(
        "1/pieces.jsonl", lambda text: text.replace('"end":', '"end":9')
    ),
    "another document's suggestion": edit(
        "1/suggestions.jsonl", lambda text: text.replace("mine-paper", "other-paper")
    ),
    "a record with a piece's id": record_of_a_piece,
    "no JSON": edit("1/pieces.jsonl", lambda text: "{" + text),
    "nested JSON": edit("1/pieces.jsonl", lambda text: "[" * 100_000 + text),
    "nested review": lambda stored: write(stored.folder / "review.json", b"[" * 100_000),
    "review of another form": lambda stored: write(stored.folder / "review.json", b"[]"),
    "text of no encoding": lambda stored: write(stored.latest / "text.md", b"\xff\xfe\x00"),
    "no YAML": edit("record.md", lambda text: text.replace("kind:", "kind: [")),
}
DAMAGES_HERE: dict[str, Damage] = {
    "no text": lambda stored: (stored.latest / "text.md").unlink(),
    "no origin": lambda stored: (stored.latest / "origin.json").unlink(),
    "no version": lambda stored: shutil.rmtree(stored.latest),
    "a record of another name": edit(
        "record.md", lambda text: text.replace("id: mine-", "id: yours-")
    ),
}


def write(path: Path, content: bytes) -> None:
    """Write the bytes to a file."""
    path.write_bytes(content)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a corpus and a shelf of two documents; tests copy it."""
    home = tmp_path_factory.mktemp("whole")
    make_corpus(home, [make_document(CORPUS_ID)])
    (home / "paper.md").write_text(DEMANDS, "utf-8")
    bring_in(place(home), home / "paper.md", make(home, "txt", 1))
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of `whole`, to which the settings lead."""
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    for name in ("corpus", "index", "shelves"):
        monkeypatch.setenv(f"KB_{name.upper()}", str(home / name))
    return home


def paper(store: ShelfStore) -> StoredDocument:
    """Return the document of paper.md, which has suggestions."""
    return next(
        one
        for one in store.documents()
        if (one.folder / "1").is_dir() and (one.folder / "1" / "original.md").is_file()
    )


def build(home: Path) -> tuple[tuple[str, ...], set[str]]:
    """Build the index of corpus and shelves; return the problems and the ids that are found."""
    at = place(home)
    inputs = BuildInputs(
        at.corpus, home / "index" / CACHE, vector_spaces(HashEncoder()), ShelfStore(at.shelves)
    )
    with known_citations(home / "index"):
        change = build_shelves(home / "index", inputs, silent)
    assert change is not None
    reader = open_engine(home / "index").searched().reader()
    query = Query(text="", filters=Filters(shelf=("mine", "corpus", "other")), k=100)
    hits = Searcher(reader, vector_spaces(HashEncoder())).search(query).hits
    return change.left_out, {hit.document_id for hit in hits}


@pytest.mark.parametrize("kind", [*DAMAGES, *DAMAGES_HERE])
def test_a_damaged_document_is_left_out_and_reported(
    home: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build and `kb check` report the document; all other documents are served and listed."""
    store = ShelfStore(home / "shelves")
    bad = paper(store)
    (good,) = [one.id for one in store.documents() if one.id != bad.id]
    (DAMAGES | DAMAGES_HERE)[kind](bad)

    left_out, found = build(home)

    assert found == {good, CORPUS_ID}
    assert left_out
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert all(problem in said.out for problem in left_out)
    assert f"{good}" not in said.out
    assert main(["shelf", "list"]) == 0
    assert main(["review", "--list"]) == 0
    assert good in "\n".join(listing(store, None))


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_packed_shelf_with_a_damaged_document_is_refused(
    home: Path, kind: str, tmp_path: Path
) -> None:
    """A packed shelf with a document that breaks a rule of this corpus is refused as a whole."""
    store, file, there = ShelfStore(home / "shelves"), tmp_path / "a.zip", tmp_path / "there"
    DAMAGES[kind](paper(store))
    pack(store, "mine", file)

    with pytest.raises(ShelfError) as caught:
        unpack(ShelfStore(there), file, None, read_rules(home / "corpus"))

    assert "Next" in str(caught.value)
    assert str(there) not in str(caught.value)
    assert sums(there) == {}


def test_a_document_on_two_shelves_is_searched_once(home: Path) -> None:
    """Of two documents with one id, the one on the first shelf is searched; both are reported."""
    shutil.copytree(home / "shelves" / "mine", home / "shelves" / "other")

    left_out, found = build(home)

    assert len(left_out) == 2
    assert all("is already used in mine" in problem for problem in left_out)
    assert len(found) == 3


def test_a_damaged_document_stops_no_import(home: Path) -> None:
    """Beside a document without a version, new files are imported and known files recognized."""
    store, at = ShelfStore(home / "shelves"), place(home)
    shutil.rmtree(paper(store).latest)
    paths = known(at, home, 1)

    done = bring_in(at, *paths, make(home, "txt", 2))

    assert len(done.unchanged) == 1
    assert [one.name for one in done.documents] == ["paper-2.txt"]


def test_a_document_without_a_version_says_what_to_do(home: Path) -> None:
    """The error names the folder, what is missing and the next command."""
    stored = paper(ShelfStore(home / "shelves"))
    shutil.rmtree(stored.latest)

    with pytest.raises(DamagedDocumentError, match=r"no version .* expected .* Next: ") as caught:
        _ = stored.latest

    assert str(stored.folder) in str(caught.value)


@pytest.mark.parametrize(
    "name",
    [b"new\nline.txt", b"tab\t\x1b[2J.txt", b"\xff\xfe.txt", b"\xe2\x80\xae.txt", b" .txt",
     b"`*_#.txt", b"-.txt", "\u2028.txt".encode(), b"a: b.txt"],
)  # fmt: skip
def test_a_file_with_any_name_is_searched(home: Path, name: bytes) -> None:
    """Whatever bytes a file name has, the file is imported and indexed."""
    papers = home / "papers"
    papers.mkdir()
    path = Path(str(papers)) / Path(name.decode("utf-8", "surrogateescape"))
    path.write_text("One paragraph about a bus.\n", "utf-8")

    done = bring_in(place(home), papers)

    (document,) = done.documents
    left_out, found = build(home)
    assert left_out == ()
    assert document.id in found
    assert not {unicodedata.category(char) for char in document.name} & {"Cc", "Cs", "Zl", "Zp"}
    assert [one.id for one in bring_in(place(home), papers).documents] == []


def test_an_invalid_title_fails_its_file_and_changes_nothing(home: Path) -> None:
    """A title of two lines is refused, for new and for known files, and nothing is changed."""
    at = place(home)
    paths = [*known(at, home, 1), make(home, "txt", 2)]
    before = sums(at.shelves)

    done = bring_in(at, *paths, metadata={"source": {"title": "One\n\n# Two"}})

    assert [one.name for one in done.failed] == ["paper-100.txt", "paper-2.txt"]
    assert sums(at.shelves) == before
    with pytest.raises(CorpusError):
        review.accept(review.document_items(paper(ShelfStore(at.shelves)))[0], {"title": "a\nb"})
    assert sums(at.shelves) == before


def count(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[None]:
    """Return a list that gets an item at each call of the function."""
    calls: list[None] = []
    real = getattr(owner, name)

    def counted(*given: object) -> object:
        calls.append(None)
        return real(*given)

    monkeypatch.setattr(owner, name, counted)
    return calls


def known(at: ImportPaths, folder: Path, number: int) -> list[Path]:
    """Import `number` files and return their paths."""
    paths = [make(folder, "txt", 100 + one) for one in range(number)]
    bring_in(at, *paths)
    return paths


def test_topics_and_places_are_parsed_once_an_import(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import of several known files parses topics and places once."""
    at = place(home)
    paths = known(at, home, 6)
    calls = count(monkeypatch, corpora, "tables")

    done = bring_in(at, *paths)

    assert len(done.unchanged) == 6
    assert len(calls) == 1


def test_a_list_of_shelves_reads_each_document_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shelves are listed once for all documents, and a suggestion is found without listing."""
    known(place(home), home, 4)
    store = ShelfStore(home / "shelves")
    listed = count(monkeypatch, ShelfStore, "documents")
    read = count(monkeypatch, review, "read_suggestions")

    lines = list(listing(store, None))

    assert len(listed) == 1
    assert len(read) == 6
    assert len(lines) == 7
    item = review.document_items(paper(store))[0]
    listed.clear()
    read.clear()
    assert review.find_item(store, item.suggestion.demand.id) == item
    assert (len(listed), len(read)) == (0, 1)
