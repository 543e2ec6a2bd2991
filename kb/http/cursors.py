"""Cursors: where a reader was in the answer to one question of one generation."""

import base64
import hashlib

from kb.domain.noun import Noun
from kb.errors import KbError

# generation 9 bytes, question 9, offset 6: together 32 characters of base64url without padding
_DIGEST, _OFFSET = 9, 6
PATTERN = r"^[A-Za-z0-9_-]{32}$"


class CursorError(KbError):
    """A cursor is of a generation that has gone, or of another question."""

    status = 409
    slug = "cursor"


class Paging:
    """The pages of one question of one generation."""

    def __init__(self, generation: str, door: str, *asked: Noun | str) -> None:
        parts = [door, *(one if isinstance(one, str) else one.model_dump_json() for one in asked)]
        self._generation = _digest(generation)
        self._question = _digest("\0".join(parts))

    def offset(self, cursor: str | None) -> int:
        """How many items were shown; CursorError for a cursor that is not of this question."""
        if cursor is None:
            return 0
        read = base64.urlsafe_b64decode(cursor)
        generation, question = read[:_DIGEST], read[_DIGEST : 2 * _DIGEST]
        if question != self._question:
            raise CursorError(
                "The cursor is of another question. Next: ask again without the cursor"
            )
        if generation != self._generation:
            raise CursorError(
                "The index was built again since the first page. Next: ask again without the cursor"
            )
        return int.from_bytes(read[2 * _DIGEST :], "big")

    def next(self, offset: int, total: int) -> str | None:
        """The cursor of the page that starts at the offset; None after the last one."""
        if offset >= total:
            return None
        read = self._generation + self._question + offset.to_bytes(_OFFSET, "big")
        return base64.urlsafe_b64encode(read).decode()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_DIGEST]
