"""Fixtures, markers and hypothesis profiles that all tests share.

The exports of the encoder, the parsed corpus and its index are made once in each run, by the worker
of pytest-xdist that needs them first; the others wait for its lock.
"""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from indexer.build import CACHE, BuildInputs
from indexer.corpus.read import Corpus, read
from kb.encoders.base import TextEncoder
from kb.encoders.open import FOLDER, make_encoder, make_multilingual, open_encoder
from kb.encoders.vector_spaces import vector_spaces
from kb.errors import KbError
from kb.index.engine import open_engine
from kb.settings import AUTO, BUNDLED
from tests.builders import make_index

Once = Callable[[str, Callable[[Path], object]], Path]

MARKED_FOLDERS = {"browser": "browser", "encoders": "model", "relevance": "relevance"}
MARKED_FIXTURES = {"exported": "model"}
WAITING = "whole_index"  # the fixture that takes longest to make

# Workers share the processors: a build in one must not compete with the tests of another.
_WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // _WORKERS)))

settings.register_profile(
    "thorough",
    derandomize=True,  # a red test is red again on the next machine
    deadline=None,  # no test measures time
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
# tests.strategies.examples scales the number of a test that has its own.
settings.register_profile("ordinary", settings.get_profile("thorough"), max_examples=20)
settings.load_profile("ordinary")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by its folder and by the fixtures that it takes."""
    here = Path(__file__).parent
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        marks = {mark for name, mark in MARKED_FIXTURES.items() if name in names}
        folder = item.path.relative_to(here).parts[0]
        for mark in marks | {MARKED_FOLDERS.get(folder, "")} - {""}:
            item.add_marker(mark)
    items.sort(key=_ranks(items))


def _ranks(items: list[pytest.Item]) -> Callable[[pytest.Item], int]:
    """Return the sort key of tests, so that no worker of pytest-xdist waits for another.

    One file begins to build the index of the corpus. Files that do not need this index follow, then
    those that do; in each group the files with slow tests come first, so that no worker ends long
    before another.
    """
    waiting = {item.path for item in items if WAITING in getattr(item, "fixturenames", ())}
    browser = {item.path for item in items if item.get_closest_marker("browser")}
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    first = next((one.path for one in items if one.path in waiting - browser - slow), None)
    waiting |= browser  # files of one folder stay together, for they share a browser

    def rank(item: pytest.Item) -> int:
        path = item.path
        return 0 if path == first else 1 + 2 * (path in waiting) + (path not in slow)

    return rank


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def corpus(repository: Path) -> Path:
    """Return the folder of the shipped corpus."""
    return repository / "corpus"


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return `once(name, make)`: it returns a folder that one worker makes and all workers read."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / name
        with FileLock(shared / f"{name}.lock"):
            if not folder.exists():
                aside = shared / f"{name}.new"
                shutil.rmtree(aside, ignore_errors=True)
                aside.mkdir()
                make(aside)
                aside.rename(folder)
        return folder

    return once


@pytest.fixture(scope="session")
def whole_corpus(once: Once, corpus: Path) -> Corpus:
    """Return the parsed corpus.

    Parsing takes seconds; loading the pickled result is ten times faster.
    """

    def make(folder: Path) -> None:
        (folder / "corpus.pickle").write_bytes(pickle.dumps(read(corpus)))

    found = pickle.loads((once("parsed-corpus", make) / "corpus.pickle").read_bytes())
    assert isinstance(found, Corpus)
    return found


@pytest.fixture(scope="session")
def at_hand(repository: Path) -> Path:
    """Return the index folder of this checkout, which may be absent or out of date."""
    return Path(os.environ.get("KB_INDEX") or repository / ".kb")


@pytest.fixture(scope="session")
def kept(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the next run can use again: in the cache of pytest, if there is one."""
    cache = getattr(pytestconfig, "cache", None)
    return cache.mkdir("index") if cache else tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session")
def exported(once: Once, at_hand: Path, kept: Path) -> Path:
    """Return an index folder that holds only the exported encoder; no test writes to it."""

    def make(root: Path) -> None:
        known = next((one / FOLDER for one in (at_hand, kept) if (one / FOLDER).is_dir()), None)
        if known:  # an export that is out of date or damaged is replaced
            shutil.copytree(known, root / FOLDER)
        make_encoder(BUNDLED, root)
        if known is None:
            shutil.copytree(root / FOLDER, kept / FOLDER)

    return once("exported", make)


@pytest.fixture(scope="session")
def encoder(exported: Path) -> TextEncoder:
    """Return the shipped encoder."""
    return open_encoder(BUNDLED, exported)


@pytest.fixture
def ready(tmp_path: Path, exported: Path) -> Path:
    """Return an index folder for one test, in which a build finds the encoder already exported."""
    root = tmp_path / "index"
    root.mkdir()
    (root / FOLDER).symlink_to(exported / FOLDER)
    return root


@pytest.fixture(scope="session")
def known_vectors(at_hand: Path, kept: Path) -> Path | None:
    """Return the folder of the caches of an earlier build, whose vectors hold for any build."""
    return next((one.parent for one in (at_hand / CACHE, kept / CACHE) if one.is_file()), None)


@pytest.fixture(scope="session")
def whole_index(
    once: Once,
    at_hand: Path,
    kept: Path,
    corpus: Path,
    exported: Path,
    known_vectors: Path | None,
) -> Path:
    """Return an index of the present corpus.

    It is the index of the checkout if that is current, else a new one.
    """
    encoder, second = make_encoder(BUNDLED, exported), make_multilingual(AUTO, exported)
    wanted = BuildInputs(corpus, at_hand, vector_spaces(encoder, second)).identity
    try:
        engine = open_engine(at_hand)
        if engine.current() == engine.writer().generation(wanted):
            engine.verify()
            return at_hand
    except KbError:
        pass

    def make(root: Path) -> None:
        (root / FOLDER).symlink_to(exported / FOLDER)
        if known_vectors:
            shutil.copytree(known_vectors, (root / CACHE).parent)
        make_index(root, corpus, encoder, multilingual=second)
        shutil.copytree((root / CACHE).parent, (kept / CACHE).parent, dirs_exist_ok=True)

    return once("whole-index", make)


@pytest.fixture(scope="session")
def shared_documents(repository: Path) -> Path:
    """Return the folder of real files; skip the test where it is not beside the repository."""
    folder = repository.parent / "shared" / "documents"
    if not (folder / "MANIFEST.tsv").is_file():
        pytest.skip("../shared/documents is not beside this repository")
    return folder
