"""Recognize wrapped prose in plain text, and join its lines.

Wrapped prose has full lines: the next word would not have fitted. Minutes, agendas and poems have
lines of any length that are not joined.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import quantiles

_MIN_WIDTH, _MAX_WIDTH = 40, 200  # characters of a line in wrapped prose
_MIN_FULL_SHARE = 0.5  # of full lines, among those followed by another, in wrapped prose
_FULL_WIDTH = 0.88  # of the usual width, to allow for ragged edges
_MIN_LOWER_SHARE = 0.4  # of lines after full ones begin in lower case; in a list none does
_MIN_CHUNK_SHARE = 0.8  # of full lines in a single wrapped paragraph
END = re.compile(r"[.:;!?…]['\"”’)\]]*$")
_SOFT = "\u00ad"
_HYPHENS = ("-", "‐", _SOFT)
_HYPHEN = re.compile(r"([^\W\d_]{1,40})[-‐\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
# After these a hyphen always belongs to the word; they begin few other words.
_PREFIXES = set("self well non cross socio afro anglo ultra quasi".split())


def width(chunks: Sequence[Sequence[str]]) -> int:
    """Return the width to which a file's prose is wrapped; 0 if it is not wrapped.

    A chunk is a run of non-empty lines. In a file of mostly lists and tables, clearly wrapped
    paragraphs decide.
    """
    pairs = [pair for chunk in chunks for pair in pairwise(chunk)]
    if len(pairs) < 2:
        return 0
    usual = round(quantiles([len(line) for line, _ in pairs], n=10)[-1])
    if _wrapped(pairs, usual, _MIN_FULL_SHARE):
        return usual
    return max(map(_own_width, chunks), default=0)


def _own_width(chunk: Sequence[str]) -> int:
    """Return the same for a single chunk."""
    longest, pairs = max(map(len, chunk)), list(pairwise(chunk))
    return longest if len(pairs) > 1 and _wrapped(pairs, longest, _MIN_CHUNK_SHARE) else 0


def _wrapped(pairs: Sequence[tuple[str, str]], wide: int, share: float) -> bool:
    """Return whether enough lines are full, and the lines after them begin within a sentence."""
    if not _MIN_WIDTH <= wide <= _MAX_WIDTH:
        return False
    after = [after for line, after in pairs if full(line, after, wide)]
    within = sum(not line.lstrip()[:1].isupper() for line in after)
    return len(after) >= share * len(pairs) and within >= _MIN_LOWER_SHARE * len(after)


def full(line: str, after: str, wide: int) -> bool:
    """Return whether the first word of the next line would have exceeded the width."""
    word = after.split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > wide * _FULL_WIDTH


def goes_on(line: str, after: str, wide: int) -> bool:
    """Return whether a sentence continues in the next line."""
    if wide and full(line, after, wide):
        return True
    return after.lstrip()[:1].islower() and not END.search(line)


def words_of(text: str) -> set[str]:
    """Return the words of a text in lower case, hyphenated words whole."""
    return {word.lower() for word in _WORD.findall(text)}


def joint(line: str, after: str, known: set[str]) -> tuple[str, str]:
    """Return the line as it is joined to the next one, and the separator.

    A word that was hyphenated at the end of a line is joined. Its hyphen stays if the text has the
    word with a hyphen elsewhere, or if its first part requires one.
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
