"""Positions for the drawing of a campaign's timeline, in percent of its width."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kb.web.view.campaign import ToldEvent

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
FIRST, LAST = 5.0, 95.0  # ends of the axis
WIDTH = 5.5  # of a mark, on a phone
MAX_LABELS = 7  # years named on the axis
STEPS = (1, 2, 5, 10, 20, 50, 100)
LEVEL, BASE = 18, 34  # pixels: height of a row of marks, and room below the axis


class Mark(NamedTuple):
    """An outcome at its date; `level` counts upward from the axis."""

    x: float
    level: int
    status: str

    def above(self, height: int) -> int:
        """Return the distance of the mark's center from the top of the drawing."""
        return height - BASE - LEVEL // 2 - 3 - self.level * LEVEL


class Drawing(NamedTuple):
    """The drawing: outcomes, all other events, and the years on the axis."""

    marks: list[Mark]
    ticks: list[float]
    years: list[tuple[int, float]]
    height: int

    @property
    def statuses(self) -> list[str]:
        """Return the outcomes that are drawn, in order."""
        return list(dict.fromkeys(one.status for one in self.marks))


def drawing(events: Iterable[ToldEvent]) -> Drawing | None:
    """Return the drawing of a campaign, or None if no two events have different dates."""
    dated = [(when, one) for one in events if (when := moment(one.event.date)) is not None]
    times = [when for when, _ in dated]
    if len(set(times)) <= 1:
        return None
    first, last = int(min(times)), int(max(times)) + 1

    def place(when: float) -> float:
        return round(FIRST + (LAST - FIRST) * (when - first) / (last - first), 2)

    marks: list[Mark] = []
    for when, one in sorted(dated, key=lambda each: each[0]):
        for status in dict.fromkeys(status for _, status in one.decided):
            x = place(when)
            taken = {mark.level for mark in marks if x - mark.x < WIDTH}
            marks.append(Mark(x, min(set(range(len(marks) + 1)) - taken), status))
    step = next((one for one in STEPS if (last - first) / one < MAX_LABELS), last - first)
    levels = max((one.level for one in marks), default=0) + 1
    return Drawing(
        marks,
        sorted({place(when) for when, one in dated if not one.decided}),
        [(year, place(year)) for year in range(first, last + 1, step)],
        levels * LEVEL + BASE + 6,
    )


def moment(edtf: str | None) -> float | None:
    """Return an EDTF date as a fractional year, or None if it does not begin with a year.

    A date without a month counts as the middle of its year, and a date without a day as the middle
    of its month.

    >>> moment("2020"), moment("2020-07-01"), moment(None)
    (2020.5, 2020.5, None)
    """
    match = _DATE.match(edtf or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or month is None or not 1 <= month <= 12:
        return int(match[1]) + 0.5
    found = date(year, month, min(day or 15, 28))
    return year + round((found.timetuple().tm_yday - 1) / 366, 2)
