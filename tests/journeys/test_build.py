"""The build as its user sees it: no unfinished index is ever served."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from indexer.build import CACHE, CITATIONS, build
from kb.domain.documents import Document
from kb.encoders.base import Vectors
from kb.encoders.vector_spaces import MAIN, vector_spaces
from kb.errors import BusyError, CorpusError, IndexMismatchError, IndexMissingError
from kb.index.engine import open_engine
from kb.index.local.generations import LocalWriter, read_pointer
from kb.text.query import parse_query
from tests.builders import (
    make_corpus,
    make_demand,
    make_document,
    make_finding,
    make_index,
    write_document,
)
from tests.fakes import DIMENSION, HashEncoder

FIRST = make_document("a-2020", records=[make_demand(), make_finding()])
SECOND = make_document("b-2021", records=[make_demand("fund-homes", text="Fund homes for all.")])


def edited(document: Document = FIRST, text: str = "Rents may fall.") -> Document:
    """Return the document with another text in its first record."""
    first, *others = document.records
    changed = first.model_copy(update={"text": text})
    return document.model_copy(update={"records": (changed, *others)})


def answer(root: Path, text: str = "rents") -> list[str]:
    """Return the ids that the served generation, verified on opening, finds for a text."""
    reader = open_engine(root).reader()
    keys = [one.key for one in reader.lexical(parse_query(text), (), 10)]
    found = [entry.id for entry in reader.fetch(keys)]
    reader.close()
    return found


def times(root: Path) -> dict[Path, int]:
    """Return the modification time of each file under a folder except the lock."""
    return {
        path: path.stat().st_mtime_ns
        for path in root.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_the_first_build_publishes_every_passage(tmp_path: Path) -> None:
    """A first build publishes every passage and reports what it did."""
    corpus = make_corpus(tmp_path, [FIRST, SECOND])

    change = make_index(tmp_path / "kb", corpus, HashEncoder())

    assert (change.published, change.documents, change.passages, change.embedded) == (True, 2, 5, 5)
    assert change.added == ("a-2020", "b-2021")
    assert "a-2020#freeze-rents" in answer(tmp_path / "kb")
    assert not (tmp_path / "kb" / "staging").exists()


def test_nothing_is_served_before_the_first_build(tmp_path: Path) -> None:
    """The error names the command that builds the index."""
    with pytest.raises(IndexMissingError, match="Next: kb build"):
        open_engine(tmp_path).reader()


def test_the_same_corpus_twice_does_nothing(tmp_path: Path) -> None:
    """A second build of the same corpus writes no file and encodes no text."""
    corpus, root, encoder = make_corpus(tmp_path, [FIRST]), tmp_path / "kb", HashEncoder()
    first = make_index(root, corpus, encoder)
    before, encoder.encoded = times(root), []

    second = make_index(root, corpus, encoder)

    assert (second.generation, second.published) == (first.generation, False)
    assert (times(root), encoder.encoded) == (before, [])


def test_an_edit_embeds_only_what_changed(tmp_path: Path) -> None:
    """After an edit of one record only its passage is encoded again."""
    corpus, root, encoder = make_corpus(tmp_path, [FIRST, SECOND]), tmp_path / "kb", HashEncoder()
    make_index(root, corpus, encoder)
    encoder.encoded = []

    write_document(corpus, edited())
    change = make_index(root, corpus, encoder)

    assert (change.changed, change.added, change.removed) == (("a-2020",), (), ())
    assert change.embedded == len(encoder.encoded) == 1
    assert "Rents may fall." in encoder.encoded[0]


def test_added_and_removed_documents_are_reported(tmp_path: Path) -> None:
    """A build reports which documents were added and removed."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    make_index(root, corpus, HashEncoder())

    write_document(corpus, SECOND).rename(corpus / "platforms" / "b-2021.md")
    (corpus / "platforms" / "a-2020.md").unlink()
    change = make_index(root, corpus, HashEncoder())

    assert (change.added, change.changed, change.removed) == (("b-2021",), (), ("a-2020",))


def test_rolling_back_twice_returns_to_the_newest_generation(tmp_path: Path) -> None:
    """A rollback serves the earlier generation, and a second one returns to the newer."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    old = make_index(root, corpus, HashEncoder()).generation
    write_document(corpus, edited())
    new = make_index(root, corpus, HashEncoder()).generation

    writer = LocalWriter(root)

    assert writer.rollback().generation == open_engine(root).reader().manifest.generation == old
    assert writer.rollback().generation == open_engine(root).reader().manifest.generation == new


def test_a_build_after_a_rollback_publishes_again(tmp_path: Path) -> None:
    """A build after a rollback publishes the same generation again without encoding."""
    corpus, root, encoder = make_corpus(tmp_path, [FIRST]), tmp_path / "kb", HashEncoder()
    make_index(root, corpus, encoder)
    write_document(corpus, edited())
    new = make_index(root, corpus, encoder).generation
    LocalWriter(root).rollback()
    encoder.encoded = []

    change = make_index(root, corpus, encoder)

    assert (change.generation, change.published, encoder.encoded) == (new, True, [])
    assert read_pointer(root).current == new


def test_only_two_generations_are_kept(tmp_path: Path) -> None:
    """A third generation removes the first."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    made = []
    for text in ("One.", "Two.", "Three."):
        write_document(corpus, edited(text=text))
        made.append(make_index(root, corpus, HashEncoder()).generation)

    assert {path.name for path in (root / "generations").iterdir()} == set(made[1:])


def test_the_first_generation_cannot_be_rolled_back(tmp_path: Path) -> None:
    """Rolling back a first build is refused, and it is still served."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    first = make_index(root, corpus, HashEncoder()).generation

    with pytest.raises(IndexMissingError, match="no earlier generation"):
        LocalWriter(root).rollback()

    assert read_pointer(root).current == first


def test_another_encoder_is_another_generation(tmp_path: Path) -> None:
    """Another encoder builds another generation and encodes every passage again."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    one = make_index(root, corpus, HashEncoder("one"))
    other = make_index(root, corpus, HashEncoder("other"))

    assert one.generation != other.generation
    assert other.embedded == one.embedded == 3


def test_a_broken_corpus_leaves_the_old_generation(tmp_path: Path) -> None:
    """A corpus with a problem is not built, and the old generation is still served."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    first = make_index(root, corpus, HashEncoder()).generation
    write_document(corpus, FIRST.model_copy(update={"place": "atlantis"}))

    with pytest.raises(CorpusError, match="place 'atlantis' is not known"):
        make_index(root, corpus, HashEncoder())

    assert open_engine(root).reader().manifest.generation == first


def _truncate(path: Path) -> None:
    _put(path, path.read_bytes()[:-1])


def _alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    _put(path, bytes(content))


def _put(path: Path, content: bytes) -> None:
    # A file of its own in the old one's place: a reader may still have the old one mapped.
    fresh = path.with_name("fresh")
    fresh.write_bytes(content)
    fresh.replace(path)


def _remove(path: Path) -> None:
    path.unlink()


@pytest.mark.slow
@pytest.mark.parametrize("harm", [_truncate, _alter, _remove])
def test_damage_is_noticed_and_repaired(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    """A truncated, altered or missing file is refused, and `kb build` repairs the generation."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    made = make_index(root, corpus, HashEncoder()).generation
    folder = root / "generations" / made
    names = [*open_engine(root).reader().manifest.files, "manifest.json"]
    assert len({Path(name).suffix for name in names}) > 5

    for number, name in enumerate(names):
        # Postings have other names in each build; the file in the same place stands for it.
        files = sorted(open_engine(root).reader().manifest.files)
        path = folder / (files[number] if number < len(files) else name)
        if path.stat().st_size == 0:
            continue
        harm(path)
        with pytest.raises(IndexMismatchError, match="Next: kb build"):
            open_engine(root).reader()
        assert make_index(root, corpus, HashEncoder()).generation == made
        assert "a-2020#freeze-rents" in answer(root)


def test_an_altered_number_in_the_manifest_is_noticed(tmp_path: Path) -> None:
    """The manifest has a checksum: a changed number is refused."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    made = make_index(root, corpus, HashEncoder()).generation
    manifest = root / "generations" / made / "manifest.json"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace('"documents": 1', '"documents": 2'), "utf-8")

    with pytest.raises(IndexMismatchError, match=r"altered since.*Next: kb build"):
        open_engine(root).reader()


@pytest.mark.parametrize("content", [b"", b"{}", b'{"current": "nothing"}', b"\xff\xfe", b"[1"])
def test_a_damaged_pointer_is_noticed_and_repaired(tmp_path: Path, content: bytes) -> None:
    """A damaged pointer is refused, and `kb build` repairs it."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    made = make_index(root, corpus, HashEncoder()).generation
    (root / "current.json").write_bytes(content)

    with pytest.raises(IndexMismatchError, match="Next: kb build"):
        open_engine(root).reader()

    make_index(root, corpus, HashEncoder())
    assert open_engine(root).reader().manifest.generation == made


def test_an_index_of_another_format_is_refused(tmp_path: Path) -> None:
    """The error for an index of another format names that format and the command."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    made = make_index(root, corpus, HashEncoder()).generation
    manifest = root / "generations" / made / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"format": ', '"format": 9'), "utf-8")

    with pytest.raises(IndexMismatchError, match=r"built in format 9.*Next: kb build"):
        open_engine(root).reader()


@pytest.mark.parametrize("content", [b"not a database, for it is too long to be one" * 9, b"short"])
def test_a_damaged_cache_costs_only_time(tmp_path: Path, content: bytes) -> None:
    """A cache of vectors that cannot be read is made again."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    make_index(root, corpus, HashEncoder())
    (root / CACHE).write_bytes(content)
    write_document(corpus, edited())

    assert make_index(root, corpus, HashEncoder()).embedded == 3


def vector(value: float, width: int = DIMENSION) -> bytes:
    """Return the bytes of a vector whose components are all the same number."""
    return np.full(width, value, dtype=np.float32).tobytes()


@pytest.mark.parametrize(
    "value",
    [None, 7, "text", b"", vector(0.1)[:-1], vector(0.1, 7), vector(0.0), vector(1.0),
     vector(float("nan")), vector(float("inf"))],
    ids=["null", "number", "text", "empty", "cut", "narrow", "zero", "long", "nan", "infinite"],
)  # fmt: skip
def test_replaced_values_in_a_cache_are_made_again(tmp_path: Path, value: object) -> None:
    """A cached value that is no unit vector, or no citation, is not used."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    make_index(root, corpus, HashEncoder())
    before = [open_engine(root).reader().vector(MAIN, key) for key in (0, 1)]
    for cache in (root / CACHE, root / CACHE.with_name(CITATIONS)):
        with closing(sqlite3.connect(cache)) as connection, connection:
            assert connection.execute("UPDATE vector SET value=?", [value]).rowcount > 0
    shutil.rmtree(root / "generations")

    change = make_index(root, corpus, HashEncoder())

    assert (change.embedded, change.cited) == (change.passages, change.passages)
    after = [open_engine(root).reader().vector(MAIN, key) for key in (0, 1)]
    assert np.array_equal(after, before)


def test_a_database_of_another_program_is_no_cache(tmp_path: Path) -> None:
    """A database with another table is replaced as a damaged cache is."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    (root / CACHE).parent.mkdir(parents=True)
    with closing(sqlite3.connect(root / CACHE)) as connection, connection:
        connection.execute("CREATE TABLE vector (name TEXT)")

    assert make_index(root, corpus, HashEncoder()).embedded == 3


class SlowEncoder(HashEncoder):
    """An encoder that waits until `go` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = threading.Event(), threading.Event()

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Wait for `go` and return the vectors."""
        self.begun.set()
        assert self.go.wait(60)
        return super().encode(texts, progress)


def test_a_second_build_waits_or_is_refused(tmp_path: Path) -> None:
    """Of two builds, the second reports that it waits, or is refused if it may not wait."""
    corpus, root, slow = make_corpus(tmp_path, [FIRST]), tmp_path / "kb", SlowEncoder()
    first = threading.Thread(target=make_index, args=(root, corpus, slow))
    first.start()
    assert slow.begun.wait(60)

    with pytest.raises(BusyError, match="another build is running"):
        make_index(root, corpus, HashEncoder(), wait=False)
    waiting = threading.Event()
    second = threading.Thread(
        target=build, args=(root, corpus, vector_spaces(HashEncoder()), lambda *said: waiting.set())
    )
    second.start()
    assert waiting.wait(60), "the second build says that it waits"
    slow.go.set()
    first.join(60)
    second.join(60)

    assert not first.is_alive()
    assert not second.is_alive()
    assert "a-2020#freeze-rents" in answer(root)


def test_a_build_clears_what_a_killed_build_left(tmp_path: Path) -> None:
    """The staging folder of a killed build is removed even if the corpus has not changed."""
    corpus, root = make_corpus(tmp_path, [FIRST]), tmp_path / "kb"
    make_index(root, corpus, HashEncoder())
    (root / "staging" / "postings").mkdir(parents=True)

    make_index(root, corpus, HashEncoder())

    assert not (root / "staging").exists()


@pytest.mark.slow
def test_a_kill_at_any_step_loses_nothing_but_time(tmp_path: Path, repository: Path) -> None:
    """After a SIGKILL at any moment a whole generation is served, and the next build completes."""
    corpus, base, targets = make_corpus(tmp_path, [FIRST]), tmp_path / "base", tmp_path / "targets"
    old = make_index(base, corpus, HashEncoder()).generation
    write_document(corpus, edited())
    write_document(corpus, SECOND)
    whole = tmp_path / "whole"
    shutil.copytree(base, whole)
    new = make_index(whole, corpus, HashEncoder()).generation
    expected = answer(whole)

    script = [sys.executable, "-m", "tests.journeys.killed_builds"]
    script += [str(corpus), str(base), str(targets)]
    subprocess.run(script, cwd=repository, check=True, timeout=200)

    killed = sorted(targets.iterdir())
    steps = [path for path in killed if path.name.startswith("step-")]
    assert len(steps) > 20, "every durable step is one kill"
    served = set()
    for root in killed:
        generation = open_engine(root).reader().manifest.generation
        served.add(generation)
        assert answer(root) == (answer(base) if generation == old else expected)

        make_index(root, corpus, HashEncoder())

        assert sorted(path.name for path in root.iterdir()) == sorted(
            path.name for path in whole.iterdir()
        ), root.name
        found, wanted = open_engine(root).reader().manifest, open_engine(whole).reader().manifest
        ours = {"files", "sum"}  # tantivy names its files at random
        assert found.model_dump(exclude=ours) == wanted.model_dump(exclude=ours)
        names = ("vectors-main.faiss", "facets.json", "passage_values.npy", "value_passages.npy")
        for name in names:
            assert found.files[name] == wanted.files[name]
        assert answer(root) == expected
        assert read_pointer(root).current == new
    assert served == {old, new}
