"""One small index of the shipped corpus, and a client of the API over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kb.encoders.sentence_transformers import Encoder
from tests.api.builders import make_app, make_client, make_small_corpus
from tests.builders import make_index


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The encoder that is shipped, loaded once."""
    return Encoder()


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory, corpus: Path, encoder: Encoder) -> Path:
    """The folder of an index of a few shipped documents; no test writes into it."""
    root = tmp_path_factory.mktemp("index")
    make_index(root, make_small_corpus(root.with_name("small"), corpus), encoder)
    return root


@pytest.fixture(scope="session")
def app(index: Path, encoder: Encoder) -> FastAPI:
    """The application over the small index."""
    return make_app(index, encoder)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of the API over the small index."""
    with make_client(app) as client:
        yield client
