"""Opaque page cursors, each bound to one query and one index generation."""

import base64
import hashlib

from kb.domain.base import Noun
from kb.errors import KbError

# 9 bytes of generation, 9 of query, 6 of offset: 32 characters of base64url without padding
_DIGEST, _OFFSET = 9, 6
PATTERN = r"^[A-Za-z0-9_-]{32}$"


class CursorError(KbError):
    """A cursor that comes from an older index generation or from another query."""

    status = 409
    slug = "cursor"


class Paging:
    """Pagination of one query over one index generation.

    `door` names the operation, such as "search", and `asked` holds the parts of the query.
    """

    def __init__(self, generation: str, door: str, *asked: Noun | str) -> None:
        parts = [door, *(one if isinstance(one, str) else one.model_dump_json() for one in asked)]
        self._generation = _digest(generation)
        self._question = _digest("\0".join(parts))

    def offset(self, cursor: str | None) -> int:
        """Return the offset in a cursor, or 0 for None.

        Raise CursorError if the cursor comes from another query or generation.
        """
        if cursor is None:
            return 0
        read = base64.urlsafe_b64decode(cursor)
        generation, question = read[:_DIGEST], read[_DIGEST : 2 * _DIGEST]
        if question != self._question:
            raise CursorError(
                "The cursor belongs to another query. Next: repeat the request without the cursor"
            )
        if generation != self._generation:
            raise CursorError(
                "The index was rebuilt after the first page. "
                "Next: repeat the request without the cursor"
            )
        return int.from_bytes(read[2 * _DIGEST :], "big")

    def next(self, offset: int, total: int) -> str | None:
        """Return the cursor for the page that starts at an offset; None after the last page."""
        if offset >= total:
            return None
        read = self._generation + self._question + offset.to_bytes(_OFFSET, "big")
        return base64.urlsafe_b64encode(read).decode()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_DIGEST]
