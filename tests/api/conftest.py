"""A small index of shipped documents, and a client of the API over it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from indexer.build import CACHE
from kb.encoders.base import TextEncoder
from kb.encoders.open import FOLDER
from tests.api.builders import make_app, make_client, make_small_corpus
from tests.builders import make_index
from tests.conftest import Once


@pytest.fixture(scope="session")
def index(
    once: Once, corpus: Path, exported: Path, encoder: TextEncoder, known_vectors: Path | None
) -> Path:
    """Return the folder of an index of a few shipped documents; no test writes into it."""

    def make(root: Path) -> None:
        (root / FOLDER).symlink_to(exported / FOLDER)
        if known_vectors:
            shutil.copytree(known_vectors, (root / CACHE).parent)
        make_index(root, make_small_corpus(root / "corpus", corpus), encoder)

    return once("small-index", make)


@pytest.fixture(scope="session")
def app(index: Path, encoder: TextEncoder) -> FastAPI:
    """Return the application over the small index."""
    return make_app(index, encoder)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Yield a client of the API over the small index."""
    with make_client(app) as client:
        yield client
