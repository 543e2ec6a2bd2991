"""Recognize wrapped prose in plain text.

The lines of wrapped prose are full: the next word would not have fit. Minutes, agendas and poems
have lines of any length, which are not joined.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import quantiles

_MIN_WIDTH, _MAX_WIDTH = 40, 200  # characters per line in wrapped prose
_MIN_FULL_SHARE = 0.5  # of the lines followed by another are full, in wrapped prose
_FULL_WIDTH = 0.88  # of the usual width, to allow for ragged edges
_MIN_LOWER_SHARE = 0.4  # of lines after full ones begin in lowercase; in a list, none do
_MIN_CHUNK_SHARE = 0.8  # of the lines are full, in a single wrapped paragraph
END = re.compile(r"[.:;!?…]['\"”’)\]]*$")


def width(chunks: Sequence[Sequence[str]]) -> int:
    """Return the width to which a file's prose is wrapped; 0 if it is not wrapped.

    A chunk is a run of nonempty lines. If the file is mostly lists and tables, the width comes
    from chunks that are clearly wrapped.
    """
    pairs = [pair for chunk in chunks for pair in pairwise(chunk)]
    if len(pairs) < 2:
        return 0
    usual = round(quantiles([len(line) for line, _ in pairs], n=10)[-1])
    if _wrapped(pairs, usual, _MIN_FULL_SHARE):
        return usual
    return max(map(_own_width, chunks), default=0)


def _own_width(chunk: Sequence[str]) -> int:
    """Return the wrap width of one chunk; 0 if it is not wrapped."""
    longest, pairs = max(map(len, chunk)), list(pairwise(chunk))
    return longest if len(pairs) > 1 and _wrapped(pairs, longest, _MIN_CHUNK_SHARE) else 0


def _wrapped(pairs: Sequence[tuple[str, str]], wide: int, share: float) -> bool:
    """Return whether enough lines are full, and enough of the next lines continue a sentence."""
    if not _MIN_WIDTH <= wide <= _MAX_WIDTH:
        return False
    after = [after for line, after in pairs if full(line, after, wide)]
    within = sum(not line.lstrip()[:1].isupper() for line in after)
    return len(after) >= share * len(pairs) and within >= _MIN_LOWER_SHARE * len(after)


def full(line: str, after: str, wide: int) -> bool:
    """Return whether a line is full: the first word of the next one would not have fit."""
    word = after.split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > wide * _FULL_WIDTH


def goes_on(line: str, after: str, wide: int) -> bool:
    """Return whether a sentence continues on the next line."""
    if wide and full(line, after, wide):
        return True
    return after.lstrip()[:1].islower() and not END.search(line)
