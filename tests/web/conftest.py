"""The pages over a small index, with one document that has hostile text in every field."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.domain.documents import Related
from kb.domain.records import Demand
from kb.domain.sources import Rights, Source
from tests.api.builders import make_app, make_client, make_small_corpus
from tests.builders import make_document, make_index, make_outcome, write_document
from tests.fakes import HashEncoder

HOSTILE = '<script>alert(1)</script><img src=x onerror="x()">{{ 7 * 7 }}'


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[TestClient]:
    """Yield a client of the pages over the small index."""
    folder = make_small_corpus(tmp_path_factory.mktemp("pages") / "corpus", corpus)
    demand = Demand(
        id="hostile-words#sneak",
        title=f"Sneak {HOSTILE}",
        text=f"Ask for rent {HOSTILE}",
        action="fund",
        target=HOSTILE,
        topics=("housing",),
        outcome=make_outcome(
            date=None, looked="2026-11", text=HOSTILE, evidence="https://example.org/x"
        ),
    )
    source = Source(
        type="webpage",
        title=f"Title {HOSTILE}",
        organization=(HOSTILE,),
        rights=Rights(terms=HOSTILE),
        URL="https://example.org/%22%3E",
    )
    ties = (Related(relation="cites", to=HOSTILE),)
    changed = {"source": source, "summary": HOSTILE, "related": ties}
    document = make_document("hostile-words", [demand]).model_copy(update=changed)
    write_document(folder, document)
    encoder, root = HashEncoder(), tmp_path_factory.mktemp("index")
    make_index(root, folder, encoder)
    with make_client(make_app(root, encoder)) as client:
        yield client
