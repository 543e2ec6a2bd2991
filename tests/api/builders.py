"""Builders of a small corpus of shipped documents, of applications and of clients."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from indexer.corpus.parse import parse
from indexer.corpus.write import write
from kb.domain.documents import Document
from kb.domain.places import Place
from kb.domain.topics import Topic
from kb.encoders.base import TextEncoder
from kb.encoders.vector_spaces import vector_spaces
from kb.http.index_watcher import IndexWatcher
from kb.server.app import State, allowed, create_app
from tests.builders import DEFAULT_PLACES, DEFAULT_TOPICS, make_corpus, make_index
from tests.fakes import HashEncoder

ADDRESS = "http://127.0.0.1:8765"
DOCUMENTS = (  # closed for `Pursued in`; other relations that lead out of them are left out
    "platforms/bop-george-floyd-resolution-2020.md",
    "platforms/breathe-act-2020.md",
    "platforms/campana-aborto-legal-argentina-2019.md",
    "platforms/domestic-workers-united-bill-of-rights.md",
    "platforms/m4bl-vision-2016.md",
    "platforms/ni-una-menos-cinco-puntos-2015.md",
    "platforms/nocopacademy-2017.md",
    "platforms/police-free-schools-2017.md",
    "reports/the-3-4-trillion-mistake-2016.md",
    "outcomes/outcome-ban-the-box.md",
    "outcomes/outcome-lausd-school-police-cut-2021.md",
    "outcomes/outcome-oakland-police-free-schools-2020.md",
)


def make_small_corpus(folder: Path, corpus: Path) -> Path:
    """Copy a few shipped documents, all topics and all places to a folder; return the folder.

    Relations and campaign documents that lead to other documents are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("topics.yaml", "places.yaml"):
        shutil.copy(corpus / name, folder / name)
    kept = {Path(name).stem for name in DOCUMENTS}
    shipped = {path.stem for path in corpus.glob("*/*.md")}
    for name in DOCUMENTS:
        document = parse(name, (corpus / name).read_text("utf-8")).document
        related = tuple(tie for tie in document.related if tie.to in kept or tie.to not in shipped)
        update: dict[str, Any] = {"related": related}
        if document.campaign:
            own = {one.id for one in document.sources}
            named = tuple(one for one in document.campaign.documents if one in kept | own)
            update["campaign"] = document.campaign.model_copy(
                update={"documents": named or tuple(sorted(own))[:1]}
            )
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(write(document.model_copy(update=update)), "utf-8")
    return folder


def make_app(root: Path, encoder: TextEncoder, every: float = 0.02) -> FastAPI:
    """Return an application that checks for a new index every `every` seconds.

    It also answers to the host `testserver`, which generated requests name.
    """
    return create_app(
        State(IndexWatcher(root, vector_spaces(encoder), every), allowed(["testserver"]))
    )


@contextmanager
def indexed_client(
    folder: Path,
    documents: Iterable[Document],
    topics: Sequence[Topic] = DEFAULT_TOPICS,
    places: Sequence[Place] = DEFAULT_PLACES,
) -> Iterator[TestClient]:
    """Index these documents in the folder with `HashEncoder` and yield a client of the server."""
    encoder = HashEncoder()
    make_index(folder / "index", make_corpus(folder, documents, topics, places), encoder)
    with make_client(make_app(folder / "index", encoder)) as client:
        yield client


def make_client(app: FastAPI) -> TestClient:
    """Return a client that gets a server failure as a response, as a browser does."""
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


def pages(client: TestClient, path: str, **question: Any) -> list[dict[str, Any]]:
    """Return every page of a list, following the cursors from the first page."""
    found = [client.get(path, params=question).raise_for_status().json()]
    while found[-1]["next"]:
        more = {**question, "cursor": found[-1]["next"]}
        found.append(client.get(path, params=more).raise_for_status().json())
    return found
