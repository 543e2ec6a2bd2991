"""The server switches to a new generation without failing a request."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.domain.queries import Query
from kb.encoders.vector_spaces import vector_spaces
from kb.errors import IndexMismatchError, IndexMissingError
from kb.http.index_watcher import IndexWatcher
from kb.index.engine import open_engine
from kb.index.local.engine import LocalEngine
from kb.index.local.generations import read_pointer
from kb.index.local.reader import LocalReader
from tests.api.builders import make_app, make_client
from tests.builders import make_corpus, make_document, make_index, write_document
from tests.fakes import HashEncoder

PATIENCE = 10.0  # seconds


def publish(root: Path, corpus: Path, number: int) -> str:
    """Add a document, build, and return the generation."""
    write_document(corpus, make_document(f"tenants-platform-{number}"))
    return make_index(root, corpus, HashEncoder()).generation


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until `true()` holds; fail after `PATIENCE` seconds."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


@contextmanager
def repeated(do: Callable[[], object], threads: int = 1) -> Iterator[None]:
    """Call `do` repeatedly in other threads while the block runs."""
    stop = threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            do()

    running = [threading.Thread(target=go_on) for _ in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in running:
            thread.join()


@pytest.mark.slow
def test_no_request_fails_while_generations_are_published(tmp_path: Path) -> None:
    """Searches succeed while three generations are published; in the end the newest is served."""
    root, corpus = tmp_path / "index", make_corpus(tmp_path)
    published = [make_index(root, corpus, HashEncoder()).generation]
    seen: list[tuple[int, str]] = []

    with make_client(make_app(root, HashEncoder())) as client:

        def search() -> None:
            answer = client.get("/v1/search", params={"q": "freeze rents"})
            seen.append((answer.status_code, answer.json().get("generation", "")))

        with repeated(search, threads=2):
            for number in range(3):
                published.append(publish(root, corpus, number))
                wait_until(lambda: (200, published[-1]) in seen)
        served = client.get("/healthz").json()

    assert {status for status, _ in seen} == {200}
    assert {generation for _, generation in seen} == set(published)
    assert (served["status"], served["generation"]) == ("ok", published[-1])
    assert served["documents"] == 4


@pytest.mark.slow
def test_a_request_ends_with_the_generation_it_began_with(tmp_path: Path) -> None:
    """A searcher that a request holds works after the files of its generation were deleted."""
    root, corpus = tmp_path / "index", make_corpus(tmp_path)
    make_index(root, corpus, HashEncoder())
    watcher = IndexWatcher(root, vector_spaces(HashEncoder()))
    watcher.refresh()
    held = watcher.searcher()
    before = held.search(Query(text="freeze rents")).hits

    for number in range(3):
        publish(root, corpus, number)
        watcher.refresh()

    assert not (root / "generations" / held.reader.manifest.generation).exists()
    assert held.search(Query(text="freeze rents")).hits == before
    assert watcher.searcher() is not held


def test_a_server_without_an_index_starts_and_waits_for_one(tmp_path: Path) -> None:
    """Without an index each request is a 503 that says what to do; after a build they succeed."""
    root, corpus = tmp_path / "index", make_corpus(tmp_path)

    with make_client(make_app(root, HashEncoder())) as client:
        for path in ("/healthz", "/v1/search?q=x", "/v1/topics"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["type"]) == (503, "/problems/index-missing")
            assert "Next: kb build" in answer.json()["detail"]
            assert str(tmp_path) not in answer.text
        assert client.post("/v1/search", json={}).status_code == 503

        generation = publish(root, corpus, 1)
        wait_until(lambda: client.get("/healthz").status_code == 200)
        assert client.get("/v1/search").json()["generation"] == generation


def test_the_old_generation_is_served_while_the_new_one_is_damaged(tmp_path: Path) -> None:
    """/healthz reports a damaged generation, and the one before it is still served."""
    root, corpus = tmp_path / "index", make_corpus(tmp_path)
    old = make_index(root, corpus, HashEncoder()).generation
    with make_client(make_app(root, HashEncoder(), every=3600)) as client:
        watcher = client.app.state.watcher  # type: ignore[attr-defined]
        new = publish(root, corpus, 1)
        damaged = root / "generations" / new / "facets.json"
        damaged.write_text("[]", "utf-8")
        watcher.refresh()

        health = client.get("/healthz").json()
        assert (health["status"], health["generation"]) == ("stale", old)
        assert "damaged" in health["trouble"]
        assert str(tmp_path) not in health["trouble"]
        assert client.get("/v1/search?q=rent").json()["generation"] == old

        make_index(root, corpus, HashEncoder())  # repairs it, under the same name
        watcher.refresh()
        assert client.get("/healthz").json()["status"] == "ok"
        assert client.get("/healthz").json()["generation"] == new


def test_an_index_of_another_model_is_not_served(tmp_path: Path) -> None:
    """An index whose vectors another model made raises IndexMismatchError."""
    root = tmp_path / "index"
    make_index(root, make_corpus(tmp_path), HashEncoder("one"))
    watcher = IndexWatcher(root, vector_spaces(HashEncoder("another")))
    watcher.refresh()

    with pytest.raises(IndexMismatchError, match="built with the model one"):
        watcher.searcher()


@pytest.mark.slow
def test_a_generation_deleted_while_it_opens_is_replaced(tmp_path: Path) -> None:
    """If builds delete the generation while it opens, the newest one is opened instead."""
    root, corpus = tmp_path / "index", make_corpus(tmp_path)
    make_index(root, corpus, HashEncoder())
    asked: list[str] = []

    class Late(LocalEngine):
        def _open(self, generation: str) -> LocalReader:
            asked.append(generation)
            if len(asked) == 1:
                publish(root, corpus, 1)
                publish(root, corpus, 2)
            return super()._open(generation)

    reader = Late(root).reader()

    assert not (root / "generations" / asked[0]).exists()
    assert reader.manifest.generation == asked[1] == read_pointer(root).current
    reader.close()


def test_a_missing_generation_or_pointer_is_an_error(tmp_path: Path) -> None:
    """A pointer to a missing generation is a mismatch; without a pointer the index is missing."""
    root = tmp_path / "index"
    make_index(root, make_corpus(tmp_path), HashEncoder())
    shutil.rmtree(root / "generations" / read_pointer(root).current)

    with pytest.raises(IndexMismatchError, match="Next: kb build"):
        open_engine(root).reader()
    with pytest.raises(IndexMissingError):
        open_engine(tmp_path).reader()


def test_an_unused_generation_is_closed(tmp_path: Path) -> None:
    """The catalogue of a generation is closed when no searcher uses it any more."""
    root, corpus = tmp_path / "index", make_corpus(tmp_path)
    make_index(root, corpus, HashEncoder())
    watcher = IndexWatcher(root, vector_spaces(HashEncoder()))
    watcher.refresh()
    reader = watcher.searcher().reader

    publish(root, corpus, 1)
    watcher.refresh()

    with pytest.raises(Exception, match="closed database"):
        reader.document("tenants-platform-2020")
