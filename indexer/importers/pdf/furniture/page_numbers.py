"""Page numbers as they are printed: `12`, `iv`, `XII`."""

import re
from typing import NamedTuple

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_PARTS = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
    (1, "i"),
)  # fmt: skip


class Numeral(NamedTuple):
    """A number, and how it is written: `1`, `i`, `I`, or what stands before it, as in `A-1`."""

    value: int
    style: str

    def printed(self) -> str:
        """As it stands on a page."""
        if self.style in {"i", "I"}:
            roman = _roman(self.value)
            return roman if self.style == "i" else roman.upper()
        return f"{self.style.removesuffix('1')}{self.value}"


def numeral(text: str) -> Numeral | None:
    """The number that a text is; None where it is none, or is not written as one is.

    >>> numeral("xiv"), numeral("vx")
    (Numeral(value=14, style='i'), None)
    """
    counted = re.fullmatch(r"((?:\d+|[A-Za-z])[-–.])?(\d+)", text)
    if counted:
        return Numeral(int(counted[2]), f"{counted[1] or ''}1")
    lower = text.lower()
    value = 0
    for char, after in zip(lower, f"{lower[1:]} ", strict=True):
        one = _VALUES.get(char, 0)
        value += -one if one < _VALUES.get(after, 0) else one
    if not value or value < 0 or _roman(value) != lower:
        return None
    return Numeral(value, "I" if text.isupper() else "i")


def _roman(value: int) -> str:
    found = ""
    for size, letters in _PARTS:
        count, value = divmod(value, size)
        found += letters * count
    return found
