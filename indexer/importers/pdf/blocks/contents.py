"""Which lines are a table of contents, and how its lines read without their leaders."""

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.importers.pdf.lines.cells import CELL, LEADER
from indexer.importers.pdf.lines.lines import Line

FEWEST = 3  # lines with leaders on a page
SHARE = 0.5  # of the lines behind a heading "Contents" that end in a number
BETWEEN = 2  # lines of a title that goes on, between two lines with leaders

_ENDS = re.compile(r"(?:^|[\s\t.…\x1d])(?:[A-Z]-?)?(?:\d{1,4}|[ivxlc]{1,7})\W?$", re.IGNORECASE)
_BEGINS = re.compile(r"\d{1,3}[\s\t]")
_HEADING = re.compile(
    r"(?:(?:table of )?contents|contents page|[íi]ndice(?: general| de contenidos?)?|contenidos?"
    r"|sumario|tabla de contenidos?|list of (?:tables|figures|abbreviations)"
    r"|lista de (?:tablas|figuras))\W*",
    re.IGNORECASE,
)


def is_contents_heading(text: str) -> bool:
    """Whether the text is the heading of a table of contents."""
    return _HEADING.fullmatch(text.strip()) is not None


def ends_entry(text: str) -> bool:
    """Whether a line of a table of contents ends with its page."""
    return _ENDS.search(text) is not None


def without_leaders(text: str) -> str:
    """The line with its row of dots as one space."""
    return text.replace(LEADER, " ").replace(CELL, " ")


def contents_lines(lines: Sequence[Line], unfinished: bool) -> frozenset[int]:
    """Indexes of the lines of a table of contents.

    `unfinished` says that the page before ended in one.
    """
    leaders = [
        index for index, line in enumerate(lines) if LEADER in line.text and _ENDS.search(line.text)
    ]
    found: set[int] = set()
    if len(leaders) >= FEWEST:
        found.update(leaders)
        for one, after in pairwise(leaders):
            if after - one <= BETWEEN + 1:
                found.update(range(one, after))
    heading = next(
        (index for index, line in enumerate(lines) if is_contents_heading(line.text)), None
    )
    if heading is not None or unfinished:
        found |= _behind(-1 if heading is None else heading, lines)
    return frozenset(found)


def _behind(heading: int, lines: Sequence[Line]) -> set[int]:
    """The lines from behind the heading to the last one with a number at an end, if most have."""
    ends = [
        index
        for index in range(heading + 1, len(lines))
        if _ENDS.search(lines[index].text) or _BEGINS.match(lines[index].text)
    ]
    while ends and len(ends) < SHARE * (ends[-1] - heading):
        ends.pop()
    return set(range(heading + 1, ends[-1] + 1)) if len(ends) >= FEWEST else set()
