"""The corpus keeps every record of the fact sheets that it was first made from."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from indexer.corpus.read import Corpus
from kb.domain.documents import Document

SHEETS = Path(__file__).parents[2].parent / "shared" / "facts"
PARTS = ("demands", "findings", "ideas")

pytestmark = pytest.mark.skipif(not SHEETS.is_dir(), reason="the fact sheets are not beside it")


@cache
def sheets() -> dict[str, dict[str, Any]]:
    """Return every fact sheet by its id."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = (yaml.load(path.read_text("utf-8"), loader) for path in SHEETS.glob("*/*.yaml"))
    return {sheet["id"]: sheet for sheet in found}


@pytest.fixture(scope="module")
def documents(whole_corpus: Corpus) -> dict[str, Document]:
    """Return every document of the corpus by its id."""
    return {document.id: document for document in whole_corpus.documents}


@pytest.mark.slow
def test_every_sheet_has_its_document(documents: dict[str, Document]) -> None:
    """Every sheet has a document with the same id."""
    assert sheets().keys() - documents.keys() == set()


@pytest.mark.slow
def test_no_record_is_lost(documents: dict[str, Document]) -> None:
    """Every record of a sheet is in its document, with the same id and kind."""
    for sheet_id, sheet in sheets().items():
        expected = {(part, row["id"]) for part in PARTS for row in sheet.get(part) or []}
        held = {(f"{record.kind}s", record.slug) for record in documents[sheet_id].records}
        assert expected - held == set(), sheet_id
