"""What every test gets: places, and generated cases that are the same on every machine."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from indexer.build import CACHE, Making
from kb.encoders.open import make_encoder, make_multilingual
from kb.encoders.spaces import vector_spaces
from kb.errors import KbError
from kb.index.engine import open_engine
from kb.settings import AUTO, BUNDLED
from tests.builders import make_index

settings.register_profile(
    "repeatable",
    derandomize=True,  # a red test is red again on the next machine
    deadline=None,  # no test measures time
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def corpus(repository: Path) -> Path:
    """The corpus that is shipped."""
    return repository / "corpus"


@pytest.fixture(scope="session")
def index(repository: Path, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the corpus as it is now: the one at hand, else a new one."""
    at_hand = Path(os.environ.get("KB_INDEX") or repository / ".kb")
    root = tmp_path_factory.mktemp("index")
    encoder, second = make_encoder(BUNDLED, root), make_multilingual(AUTO, root)
    wanted = Making(corpus, at_hand, vector_spaces(encoder, second)).identity
    try:
        engine = open_engine(at_hand)
        if engine.current() == engine.writer().generation(wanted):
            engine.verify()
            return at_hand
    except KbError:
        pass
    known = at_hand / CACHE
    if known.is_file():  # vectors by (weights, text) hold for any build
        (root / CACHE).parent.mkdir()
        shutil.copy(known, root / CACHE)
    make_index(root, corpus, encoder, multilingual=second)
    return root


@pytest.fixture(scope="session")
def shared_documents(repository: Path) -> Path:
    """The folder of real files; tests over it skip where it is not beside the repository."""
    folder = repository.parent / "shared" / "documents"
    if not (folder / "MANIFEST.tsv").is_file():
        pytest.skip("../shared/documents is not beside this repository")
    return folder
