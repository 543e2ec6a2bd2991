"""The shipped corpus, parsed once a run."""

import pickle
from pathlib import Path

import pytest

from indexer.corpus.read import Corpus, read
from tests.conftest import Once


@pytest.fixture(scope="session")
def whole(once: Once, corpus: Path) -> Corpus:
    """The corpus as it is read: parsing takes seconds, loading what was parsed a tenth of that."""

    def make(folder: Path) -> None:
        (folder / "corpus.pickle").write_bytes(pickle.dumps(read(corpus)))

    found = pickle.loads((once("parsed-corpus", make) / "corpus.pickle").read_bytes())
    assert isinstance(found, Corpus)
    return found
