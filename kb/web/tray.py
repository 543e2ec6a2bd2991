"""The tray: what a reader has put aside, kept in a cookie of this site and in no account."""

import re
from collections.abc import Iterable
from typing import NamedTuple

COOKIE = "tray"
MOST = 60  # records
MOST_BYTES = 3800  # of the cookie; browsers keep 4096 with its name
A_YEAR = 365 * 24 * 3600  # seconds

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:#[a-z0-9]+(?:-[a-z0-9]+)*)?")
LONGEST_ID = 300
# A cookie's value takes neither commas nor slashes, an address no number sign.
_BETWEEN, _WITHIN = ".", "~"


class Tray(NamedTuple):
    """Ids of documents and records, in the reader's order."""

    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, ids: Iterable[str]) -> "Tray":
        """The ids that are ids, each once, as many as fit; whatever else was sent is left out.

        >>> Tray.of(["a-b#c", "a-b#c", "<b>", "d"])
        Tray(ids=('a-b#c', 'd'))
        """
        found: list[str] = []
        size = 0
        for one in dict.fromkeys(ids):
            size += len(one) + 1
            if len(found) >= MOST or size > MOST_BYTES:
                break
            if len(one) <= LONGEST_ID and _ID.fullmatch(one):
                found.append(one)
        return cls(tuple(found))

    @classmethod
    def kept(cls, cookie: str) -> "Tray":
        """The tray of a cookie's value."""
        return cls.of(one.replace(_WITHIN, "#") for one in cookie[:4096].split(_BETWEEN) if one)

    @property
    def cookie(self) -> str:
        """The value that keeps it."""
        return _BETWEEN.join(one.replace("#", _WITHIN) for one in self.ids)

    def holds_more(self, more: int = 1) -> bool:
        """Whether as many more records fit for sure."""
        room = MOST_BYTES - sum(len(one) + 1 for one in self.ids)
        return len(self.ids) + more <= MOST and room > more * LONGEST_ID

    def added(self, *ids: str) -> "Tray":
        """With more at the end."""
        return Tray.of((*self.ids, *ids))

    def without(self, id: str) -> "Tray":
        """Without one."""
        return Tray(tuple(one for one in self.ids if one != id))

    def moved(self, id: str, steps: int) -> "Tray":
        """With one moved towards the end, or by negative steps towards the beginning.

        >>> Tray(("a", "b", "c")).moved("c", -1).ids
        ('a', 'c', 'b')
        """
        if id not in self.ids:
            return self
        place = min(max(0, self.ids.index(id) + steps), len(self.ids) - 1)
        others = list(self.without(id).ids)
        others.insert(place, id)
        return Tray(tuple(others))
