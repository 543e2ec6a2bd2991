"""Limits of workers: a file over a limit fails alone, and the next file is read."""

from pathlib import Path

import pytest

from indexer.importers.base import SourceInfo
from indexer.imports.job import ExtractionResult, Job
from indexer.imports.passages import shelf_passages
from indexer.imports.store import ShelfStore
from indexer.imports.validate import read_rules
from indexer.imports.workers import KilledError, Limits, Worker, run_jobs
from kb.cli import import_
from kb.cli.progress import Bars
from kb.encoders.tokens import TokenLimit, token_counter
from kb.settings import Settings
from tests.builders import make_corpus
from tests.fakes import HashEncoder
from tests.imports.files import make, words
from tests.imports.places import bring_in, place

pytestmark = pytest.mark.slow

LIMITS_OF_BATCH = Limits(seconds=120, megabytes=120)


def job(home: Path, path: Path) -> Job:
    """Return the job of reading a file."""
    folder = home / f"made-{path.name}"
    folder.mkdir(exist_ok=True)
    corpus = home / "corpus"
    if not corpus.exists():
        make_corpus(home, [])
    info = SourceInfo(name=path.name, language="en")  # without the model of languages
    return Job(path=path, folder=folder, info=info, document_id="one", corpus=corpus)


def test_time_ends_a_worker(tmp_path: Path) -> None:
    """The error for a file over the time limit has its name and the limit."""
    worker = Worker(Limits(seconds=0.001), tmp_path / "scratch")

    with pytest.raises(KilledError, match=r"paper-1\.txt: reading it took more than 0\.001 sec"):
        worker.run(job(tmp_path, make(tmp_path, "txt", 1)))


def test_memory_ends_a_worker_and_not_the_batch(tmp_path: Path) -> None:
    """A file over the memory limit fails, and the other files of the batch are read."""
    large = tmp_path / "large.txt"
    large.write_text("\n\n".join(words(number) for number in range(100_000)), "utf-8")
    small = [make(tmp_path, "txt", number) for number in range(3)]
    jobs = [job(tmp_path, path) for path in (small[0], large, *small[1:])]

    done = {
        asked.path.name: made
        for asked, made in run_jobs(jobs, 1, tmp_path / "scratch", LIMITS_OF_BATCH)
    }

    assert isinstance(done["large.txt"], KilledError)
    assert "120 MB" in str(done["large.txt"])
    assert all(isinstance(done[path.name], ExtractionResult) for path in small)


def test_a_worker_that_is_killed_is_started_again(tmp_path: Path) -> None:
    """A worker that was stopped between two files reads the next one in a new process."""
    worker = Worker(Limits(seconds=60), tmp_path / "scratch")
    first = worker.run(job(tmp_path, make(tmp_path, "txt", 1)))
    worker.stop()

    second = worker.run(job(tmp_path, make(tmp_path, "txt", 1)))

    worker.stop()
    assert first == second


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    """A file over the size limit fails by its size; other files of the folder are imported."""
    at, papers = place(tmp_path), tmp_path / "papers"
    papers.mkdir()
    make(papers, "txt", 1)
    with (papers / "huge.pdf").open("wb") as file:
        file.truncate(1 << 30)  # a hole: it takes no room on the disk

    done = bring_in(at, papers)

    assert [(one.name, one.reason) for one in done.failed] == [
        ("huge.pdf", "1024 MB; expected at most 300 MB. Next: split it")
    ]
    assert [one.name for one in done.documents] == ["paper-1.txt"]


@pytest.mark.parametrize("most", [64, 128, 512])
def test_a_passage_is_as_long_as_the_encoder_reads(tmp_path: Path, most: int) -> None:
    """A passage has at most the encoder's limit of tokens, and the longest has over half of it."""
    at = place(tmp_path)._replace(tokens=TokenLimit(most))
    paper = tmp_path / "paper.txt"
    paper.write_text("\n\n".join(" ".join(words(one) for one in range(12)) for _ in range(3)))
    bring_in(at, paper)
    count = token_counter(None)

    (found,) = shelf_passages(ShelfStore(at.shelves), read_rules(at.corpus)).documents
    sizes = [count(unit.embedded) for unit in found[1] if unit.entry.kind == "text"]

    assert max(sizes) <= most
    assert max(sizes) > most // 2


def test_an_import_takes_the_limit_of_its_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command splits passages by the limit of the encoder that builds the index."""
    encoder = HashEncoder()
    encoder.tokens = TokenLimit(96, tmp_path / "tokenizer.json")
    monkeypatch.setattr(import_, "make_encoder", lambda *_: encoder)

    paths = import_.import_paths(Settings(tmp_path, tmp_path, tmp_path), Bars())

    assert paths.tokens == encoder.tokens
