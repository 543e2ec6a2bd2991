"""Which lines of plain text go on in the next one: prose that was wrapped, or lines of their own.

Wrapped prose has lines that are full: the next word would not have fitted. Minutes, agendas and
poems have lines of any length, and each of them stands for itself.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import quantiles

_NARROW, _WIDE = 40, 200  # characters of a line in wrapped prose
_SHARE = 0.5  # of the lines that another follows are full in a file of wrapped prose
_SLACK = 0.88  # of the usual width counts as full, for ragged edges
_WITHIN = 0.4  # of lines after full ones begin with no capital; in a list each has one
_CLEAR = 0.8  # of the lines are full where one paragraph speaks for itself
END = re.compile(r"[.:;!?…]['\"”’)\]]*$")
_SOFT = "\u00ad"
_HYPHENS = ("-", "‐", _SOFT)
_HYPHEN = re.compile(r"([^\W\d_]{1,40})[-‐\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
# Before these a hyphen belongs to the word wherever the line ends; they begin few other words.
_PREFIXES = set("self well non cross socio afro anglo ultra quasi".split())


def width(chunks: Sequence[Sequence[str]]) -> int:
    """The width that a file's prose is wrapped to; 0 where its lines stand for themselves.

    A chunk is a run of lines without an empty one between. Where most of a file are lists and
    tables, those paragraphs tell that leave no doubt.
    """
    pairs = [pair for chunk in chunks for pair in pairwise(chunk)]
    if len(pairs) < 2:
        return 0
    usual = round(quantiles([len(line) for line, _ in pairs], n=10)[-1])
    if _wrapped(pairs, usual, _SHARE):
        return usual
    return max(map(_own_width, chunks), default=0)


def _own_width(chunk: Sequence[str]) -> int:
    """The same for one chunk by itself."""
    longest, pairs = max(map(len, chunk)), list(pairwise(chunk))
    return longest if len(pairs) > 1 and _wrapped(pairs, longest, _CLEAR) else 0


def _wrapped(pairs: Sequence[tuple[str, str]], wide: int, share: float) -> bool:
    """Whether so many lines are full, and the lines after them begin within a sentence."""
    if not _NARROW <= wide <= _WIDE:
        return False
    after = [after for line, after in pairs if full(line, after, wide)]
    within = sum(not line.lstrip()[:1].isupper() for line in after)
    return len(after) >= share * len(pairs) and within >= _WITHIN * len(after)


def full(line: str, after: str, wide: int) -> bool:
    """Whether the first word of the next line would have gone beyond the width."""
    word = after.split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > wide * _SLACK


def goes_on(line: str, after: str, wide: int) -> bool:
    """Whether a sentence goes on in the next line."""
    if wide and full(line, after, wide):
        return True
    return after.lstrip()[:1].islower() and not END.search(line)


def words_of(text: str) -> set[str]:
    """The words of a text in small letters, those with hyphens whole."""
    return {word.lower() for word in _WORD.findall(text)}


def joint(line: str, after: str, known: set[str]) -> tuple[str, str]:
    """The line as it stands before the next one, and what stands between the two.

    A word that was parted at the line's end is whole again. Its hyphen stays where the text
    elsewhere has the word with it, or where its first part asks for it.
    """
    parted = _HYPHEN.search(line) if line[-1:] in _HYPHENS else None
    rest = _WORD.match(after)
    if not parted or not rest or not rest.group()[0].islower():
        return line, " "
    first, second = parted.group(1).lower(), rest.group().lower()
    if line.endswith(_SOFT) or first + second in known:
        return line[:-1], ""
    keeps = f"{first}-{second}" in known or first in _PREFIXES
    return (line if keeps else line[:-1]), ""
