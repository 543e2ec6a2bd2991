"""The saved list of records, kept in a cookie."""

import re
from collections.abc import Iterable
from typing import NamedTuple

COOKIE = "tray"
MAX_RECORDS = 60
MAX_BYTES = 3800  # of the cookie; browsers allow 4096 including its name
A_YEAR = 365 * 24 * 3600  # seconds

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:#[a-z0-9]+(?:-[a-z0-9]+)*)?")
MAX_ID_CHARACTERS = 300
# Separators between ids, and between document and record. They need no quotes in a cookie.
_BETWEEN, _WITHIN = ".", "~"


class Tray(NamedTuple):
    """Ids of saved documents and records, in the order that the reader chose."""

    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, ids: Iterable[str]) -> "Tray":
        """Create a list of the valid ids, without duplicates, up to the size limits.

        >>> Tray.of(["a-b#c", "a-b#c", "<b>", "d"])
        Tray(ids=('a-b#c', 'd'))
        """
        found: list[str] = []
        size = 0
        for one in dict.fromkeys(ids):
            size += len(one) + 1
            if len(found) >= MAX_RECORDS or size > MAX_BYTES:
                break
            if len(one) <= MAX_ID_CHARACTERS and _ID.fullmatch(one):
                found.append(one)
        return cls(tuple(found))

    @classmethod
    def from_cookie(cls, cookie: str) -> "Tray":
        """Parse a saved list from the value of the cookie."""
        return cls.of(one.replace(_WITHIN, "#") for one in cookie[:4096].split(_BETWEEN) if one)

    @property
    def cookie(self) -> str:
        """Return the list as the value of the cookie."""
        return _BETWEEN.join(one.replace("#", _WITHIN) for one in self.ids)

    def holds_more(self, more: int = 1) -> bool:
        """Return whether this many more records will certainly fit."""
        room = MAX_BYTES - sum(len(one) + 1 for one in self.ids)
        return len(self.ids) + more <= MAX_RECORDS and room > more * MAX_ID_CHARACTERS

    def added(self, *ids: str) -> "Tray":
        """Return the list with ids appended, as long as they fit."""
        return Tray.of((*self.ids, *ids))

    def without(self, id: str) -> "Tray":
        """Return the list without an id."""
        return Tray(tuple(one for one in self.ids if one != id))

    def moved(self, id: str, steps: int) -> "Tray":
        """Return the list with an id moved toward the end, or toward the start if `steps` < 0.

        >>> Tray(("a", "b", "c")).moved("c", -1).ids
        ('a', 'c', 'b')
        """
        if id not in self.ids:
            return self
        place = min(max(0, self.ids.index(id) + steps), len(self.ids) - 1)
        others = list(self.without(id).ids)
        others.insert(place, id)
        return Tray(tuple(others))
