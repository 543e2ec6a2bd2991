"""A shelf with the texts of sources/, for checks of quotations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import CACHE, BuildInputs, build_shelves
from indexer.imports.store import ShelfStore
from kb.encoders.vector_spaces import vector_spaces
from kb.index.engine import open_engine
from kb.quotes.originals import Originals
from tests.builders import (
    known_citations,
    make_corpus,
    make_demand,
    make_document,
    make_index,
    silent,
)
from tests.fakes import HashEncoder
from tests.imports.places import bring_in, place

SOURCES = sorted((Path(__file__).parent / "sources").glob("*.txt"))


@pytest.fixture(scope="session")
def quoted_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the index of a corpus of one record and a shelf with the texts."""
    folder = tmp_path_factory.mktemp("quoted")
    corpus = make_corpus(folder, [make_document(records=[make_demand()])])
    at = place(folder)
    for source in SOURCES:
        language = "es" if source.stem in {"comedores", "tierra-comun"} else "en"
        (folder / source.name).write_bytes(source.read_bytes())
        bring_in(at, folder / source.name, language=language)
    (folder / "night-bus.txt").write_text(
        SOURCES[2].read_text("utf-8").replace("forty buses", "fifty buses"), "utf-8"
    )
    assert SOURCES[2].stem == "night-bus"
    bring_in(at, folder / "night-bus.txt", language="en")
    (folder / "night-bus.txt").write_bytes(SOURCES[2].read_bytes())
    bring_in(at, folder / "night-bus.txt", language="en")
    inputs = BuildInputs(
        corpus, folder / "index" / CACHE, vector_spaces(HashEncoder()), ShelfStore(at.shelves)
    )
    with known_citations(folder / "index"):
        make_index(folder / "index", corpus, HashEncoder())
        build_shelves(folder / "index", inputs, silent)
    return folder


@pytest.fixture(scope="session")
def originals(quoted_home: Path) -> Iterator[Originals]:
    """Yield the stored texts."""
    reader = open_engine(quoted_home / "index").searched().reader()
    yield Originals(reader, quoted_home / "shelves")
    reader.close()
