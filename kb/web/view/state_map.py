"""A map of the United States with one square of equal size for each state."""

from collections.abc import Mapping
from typing import NamedTuple

SIDE = 44  # of a square and its gap, in units of the drawing
# Postal codes as they lie on the map; two characters for each column.
ROWS = (
    "AK                  ME",
    "                  VTNH",
    "WAIDMTNDMNWI  MI  NYMA",
    "OR  WYSDIAILINOHPANJRI",
    "CANVUTNEMOKYWVVAMDDECT",
    "    COKSARTNNCSC  DC  ",
    "    AZNMOKLAMSALGA    ",
    "HI      TX        FLPR",
)
STEPS = (1, 3, 6, 12)  # least number for each darker shade


class Square(NamedTuple):
    """A state on the map: its place id, postal code, position, number, and shade from 0 to 4."""

    place: str
    code: str
    x: int
    y: int
    number: int

    @property
    def shade(self) -> int:
        """Return the number of STEPS that the number reaches."""
        return sum(self.number >= least for least in STEPS)


class StateMap(NamedTuple):
    """The squares of a map, row by row, and its size."""

    squares: list[Square]
    width: int
    height: int


def state_map(numbers: Mapping[str, int]) -> StateMap | None:
    """Return a map that shows `numbers`, given by place id, or None if no state has any.

    >>> state_map({"us-ca": 7}).squares[23]
    Square(place='us-ca', code='CA', x=0, y=176, number=7)
    """
    squares = [
        Square(f"us-{code.lower()}", code, column * SIDE, row * SIDE, number)
        for row, line in enumerate(ROWS)
        for column in range(len(line) // 2)
        if (code := line[2 * column : 2 * column + 2].strip())
        for number in (numbers.get(f"us-{code.lower()}", 0),)
    ]
    if not any(one.number for one in squares):
        return None
    return StateMap(squares, max(map(len, ROWS)) // 2 * SIDE, len(ROWS) * SIDE)
