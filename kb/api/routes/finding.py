"""Look up documents and passages by id; raise NotFoundError if they do not exist."""

from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.errors import NotFoundError
from kb.index.contract import Reader
from kb.search.passages import passage

MAX_ID_CHARACTERS = 200  # of an id in an error message


def find_document(reader: Reader, document_id: str) -> Document:
    """Return the document with this id; raise NotFoundError if there is none."""
    found = reader.document(document_id)
    if found is None:
        raise NotFoundError(
            f"no document '{document_id[:MAX_ID_CHARACTERS]}'. Next: GET /v1/documents"
        )
    return found


def find_passage(reader: Reader, passage_id: str) -> Entry:
    """Return the passage with this id; raise NotFoundError if there is none."""
    found = passage(reader, passage_id)
    if found is None:
        raise NotFoundError(
            f"no passage '{passage_id[:MAX_ID_CHARACTERS]}'. Next: GET /v1/passages"
        )
    return found
