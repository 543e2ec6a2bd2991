"""An import of two hundred files of every kind, with broken files and kills."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.imports.passages import shelf_passages
from indexer.imports.run import ImportReport
from indexer.imports.store import ShelfStore, read_pieces, read_suggestions, read_version_text
from indexer.imports.validate import read_rules
from kb.encoders.tokens import token_counter
from kb.shelves.layout import read_origin
from tests.imports.files import KINDS, broken, make
from tests.imports.places import bring_in, place, sums
from tests.strategies import examples

pytestmark = pytest.mark.slow

WHOLE, BROKEN = 180, 20
STEPS = 160  # of an import of seven files that change the disk, or a few less
FEWEST_KILLS = 13
ENCODED = 256  # tokens that the encoder of the index reads


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of 180 whole files in nested folders, and 20 broken files."""
    root = tmp_path_factory.mktemp("papers")
    for number in range(WHOLE):
        at = root / f"box-{number % 3}" / ("inner" if number % 2 else "")
        at.mkdir(parents=True, exist_ok=True)
        make(at, KINDS[number % len(KINDS)], number)
    (root / "bad").mkdir()
    assert len(list(broken(root / "bad"))) == BROKEN
    return root


@pytest.fixture(scope="module")
def clean(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    """Return the shelves after one undisturbed import, and its report."""
    home = tmp_path_factory.mktemp("clean")
    done = bring_in(place(home), folder, processes=2, language=None)
    return home / "shelves", done


def test_whole_files_are_imported_and_broken_ones_are_named(
    folder: Path, clean: tuple[Path, ImportReport]
) -> None:
    """Of 200 files 180 are imported, 20 are reported with a reason, and no other file is left."""
    shelves, done = clean
    names = {path.relative_to(folder).as_posix() for path in (folder / "bad").iterdir()}

    assert {one.name for one in done.failed} == names
    assert len(done.documents) == WHOLE
    assert all("; expected " in one.reason for one in done.failed)
    assert not done.skipped
    assert not done.duplicates
    assert sorted(path.name for path in shelves.iterdir()) == [".lock", "mine"]
    assert len(list((shelves / "mine").iterdir())) == WHOLE


def test_pieces_and_suggestions_are_at_their_offsets(clean: tuple[Path, ImportReport]) -> None:
    """In every format the offsets of pieces and suggestions lead to their words in text.md."""
    shelves, _ = clean
    formats = set()
    for stored in ShelfStore(shelves).documents():
        text, came = read_version_text(stored.latest), read_origin(stored.latest)
        formats.add(came.format)
        assert len(text) == came.characters
        assert (stored.latest / "text.md").read_bytes() == text.encode()
        number = stored.id.split("-")[2]
        pieces = read_pieces(stored.latest)
        assert any(f"paper number {number} " in text[one.start : one.end] for one in pieces)
        for one in read_suggestions(stored.latest):
            assert text[one.start : one.end] == one.demand.text
    assert formats == {
        "pdf", "html", "vtt", "srt", "markdown", "text", "csv", "jsonl", "docx", "odt", "rtf",
        "epub",
    }  # fmt: skip


def test_no_embedded_text_is_over_the_token_limit(clean: tuple[Path, ImportReport]) -> None:
    """A passage with its context has no more tokens than the encoder reads."""
    shelves, _ = clean
    count = token_counter(None)  # as these imports counted
    places = place(shelves.parent)
    found = shelf_passages(ShelfStore(shelves), read_rules(places.corpus))
    texts = [unit for _, units in found.documents for unit in units if unit.entry.kind == "text"]

    assert len(texts) >= WHOLE
    assert [unit.entry.id for unit in texts if count(unit.embedded) > ENCODED] == []


def test_importing_again_changes_nothing(folder: Path, clean: tuple[Path, ImportReport]) -> None:
    """A second import of the same folder adds nothing and leaves every file as it was."""
    shelves, _ = clean
    before = sums(shelves, without=())

    done = bring_in(place(shelves.parent), folder, language=None)

    assert not done.documents
    assert len(done.unchanged) == WHOLE
    assert len(done.failed) == BROKEN
    assert sums(shelves, without=()) == before


def test_an_import_after_a_kill_ends_as_a_clean_one(
    folder: Path, clean: tuple[Path, ImportReport], tmp_path: Path, repository: Path
) -> None:
    """After a kill at any step or time, a second run gives the same shelf as one clean run."""
    small = tmp_path / "papers"
    small.mkdir()
    for number, kind in enumerate(("txt", "md", "csv", "vtt", "html", "pdf")):
        make(small, kind, number)
    (small / "empty.pdf").touch()
    wanted_home = tmp_path / "wanted"
    bring_in(place(wanted_home), small)
    wanted = sums(wanted_home / "shelves")
    targets = tmp_path / "killed"

    every = STEPS // max(FEWEST_KILLS, examples(40).max_examples)
    script = [sys.executable, "-m", "tests.journeys.killed_imports"]
    script += [str(small), str(targets), str(every)]
    ran = subprocess.run(script, cwd=repository, check=True, timeout=280, capture_output=True)

    killed = json.loads(ran.stdout)
    assert len(killed) > FEWEST_KILLS
    assert any(count not in {0, 6} for count in killed.values()), "some were killed half-way"
    for home in sorted(targets.iterdir()):
        done = bring_in(place(home), small)
        assert len(done.failed) == 1
        assert sums(home / "shelves") == wanted, home.name
        assert sorted(path.name for path in (home / "shelves").iterdir()) == [".lock", "mine"]
