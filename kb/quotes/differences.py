"""Locate a quotation that no fold finds, and say word by word how it differs.

Locating is fuzzy: the words of the quotation are aligned with those of a stretch of stored text.
What is reported is the alignment, never a score.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from kb.quotes.nouns import Change
from kb.quotes.patterns import trimmed

MIN_ALIGNED_WORDS = 4
MIN_ALIGNED_SHARE = 0.5  # of the quotation's words, in order
MAX_STRETCH = 2.0  # words of the source per word of the quotation
MAX_WORDS = 400  # of a quotation that is aligned; longer ones are aligned by their beginning

_WORD = re.compile(r"[$€£¥]?\d+(?:[.,:]\d+)*\s?%?|\w+(?:['’]\w+)*|[^\w\s]")
_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)


class Word(NamedTuple):
    """A word, number or punctuation mark in a text, with its position."""

    key: str  # for comparison: in lowercase, with plain quotation marks and dashes
    start: int
    end: int


class Alignment(NamedTuple):
    """The stretch of a text nearest to a quotation, and their differences in order."""

    start: int
    end: int
    aligned: int  # number of words of the quotation that are there
    changes: tuple[Change, ...]


def words_of(text: str) -> list[Word]:
    """Split a text into words, numbers with their signs, and punctuation marks."""
    return [
        Word(one[0].translate(_MARKS).casefold(), one.start(), one.end())
        for one in _WORD.finditer(text)
    ]


def is_word(word: Word) -> bool:
    """Return whether this is a word or number, not a punctuation mark."""
    return any(one.isalnum() for one in word.key)


def aligned(quotation: str, text: str) -> Alignment | None:
    """Return the stretch of a text nearest to a quotation, or None if too few words match."""
    quoted_text = trimmed(quotation)
    quoted, stored = words_of(quoted_text)[:MAX_WORDS], words_of(text)
    matcher = SequenceMatcher(
        None, [w.key for w in quoted], [w.key for w in stored], autojunk=False
    )
    blocks = [(one.a, one.b, one.size) for one in matcher.get_matching_blocks() if one.size]
    chosen = _densest(blocks, quoted)
    count = sum(is_word(quoted[a + n]) for a, _, size in chosen for n in range(size))
    total = sum(map(is_word, quoted))
    if count < MIN_ALIGNED_WORDS or count < MIN_ALIGNED_SHARE * total:
        return None
    # Words before the first and after the last match are compared with as many of the source.
    first = max(0, chosen[0][1] - chosen[0][0])
    last_a, last_b, last_size = chosen[-1]
    last = min(len(stored), last_b + last_size + (len(quoted) - last_a - last_size))
    changes = tuple(_changes(quoted, stored[first:last], quoted_text, text))
    return Alignment(stored[first].start, stored[last - 1].end, count, changes)


def _densest(
    blocks: Sequence[tuple[int, int, int]], quoted: Sequence[Word]
) -> list[tuple[int, int, int]]:
    """Return the run of matching blocks with the most words in a stretch of limited length."""
    best: list[tuple[int, int, int]] = []
    most = 0
    limit = MAX_STRETCH * len(quoted)
    sizes = [sum(is_word(quoted[a + n]) for n in range(some)) for a, _, some in blocks]
    before = [0, *accumulate(sizes)]
    for begin in range(len(blocks)):
        for end in range(begin, len(blocks)):
            if blocks[end][1] + blocks[end][2] - blocks[begin][1] > limit:
                break
            size = before[end + 1] - before[begin]
            if size > most:
                best, most = list(blocks[begin : end + 1]), size
    return best


def _changes(
    quoted: Sequence[Word], stored: Sequence[Word], quotation: str, text: str
) -> list[Change]:
    """Return the differences between a quotation and the stored words, in order."""
    matcher = SequenceMatcher(
        None, [w.key for w in quoted], [w.key for w in stored], autojunk=False
    )
    found = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            change = Change(quoted=_words(quoted[a:b], quotation), stored=_words(stored[c:d], text))
            found.append(change)
    return found


def _words(some: Sequence[Word], text: str) -> str:
    return " ".join(text[some[0].start : some[-1].end].split()) if some else ""
