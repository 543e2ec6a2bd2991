"""Look-ups by id that fail with a word on what was not found."""

from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.errors import NotFoundError
from kb.index.contract import Reader
from kb.search.passages import passage

SHOWN = 200  # characters of an id in a message


def find_document(reader: Reader, document_id: str) -> Document:
    """The document; NotFoundError if there is none."""
    found = reader.document(document_id)
    if found is None:
        raise NotFoundError(f"no document '{document_id[:SHOWN]}'. Next: GET /v1/documents")
    return found


def find_passage(reader: Reader, passage_id: str) -> Entry:
    """The passage; NotFoundError if there is none."""
    found = passage(reader, passage_id)
    if found is None:
        raise NotFoundError(f"no passage '{passage_id[:SHOWN]}'. Next: GET /v1/passages")
    return found
