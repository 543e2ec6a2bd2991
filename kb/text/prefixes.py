"""Look up words in a sorted vocabulary by prefix, with or without spelling errors."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kb.text.spelling import MAX_LETTERS, TWO_EDITS_FROM

ONE_EDIT_FROM = 4  # letters; shorter words have too many neighbors
LAST = "\U0010ffff"  # after every other character


class Span(NamedTuple):
    """A range [start, end) of words in a vocabulary, and their distance from the typed word."""

    start: int
    end: int
    edits: int


def edits_allowed(word: str) -> int:
    """Return the largest edit distance allowed for a typed word, which depends on its length.

    >>> [edits_allowed(word) for word in ("ice", "bail", "reparations", "x" * 40)]
    [0, 1, 2, 0]
    """
    if not ONE_EDIT_FROM <= len(word) <= MAX_LETTERS:
        return 0
    return 2 if len(word) >= TWO_EDITS_FROM else 1


class SortedWords:
    """A vocabulary of folded words; misspelled words are found if their first letter is right."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))

    def equal(self, word: str) -> Span:
        """Return the span of one word; it is empty if the word is not in the vocabulary."""
        return self._spanned(word, word + "\0", 0)

    def beginning(self, prefix: str) -> Span:
        """Return the span of the words that begin with a prefix; it may be empty."""
        return self._spanned(prefix, prefix + LAST, 0)

    def near(self, word: str) -> list[Span]:
        """Return the spans of the words within the allowed distance of a word, most edits first."""
        start, end, _ = self.beginning(word[0])
        near = _near(word, self.words[start:end])
        return [self._spanned(one, one + "\0", edits) for one, edits in near]

    def beginning_near(self, prefix: str) -> list[Span]:
        """Return the spans of the words whose beginning is near a prefix, most edits first."""
        start, end, _ = self.beginning(prefix[0])
        most = edits_allowed(prefix)
        lengths = range(len(prefix) - most, len(prefix) + most + 1)
        found = {word[:length] for word in self.words[start:end] for length in lengths}
        return [self._spanned(one, one + LAST, edits) for one, edits in _near(prefix, list(found))]

    def _spanned(self, first: str, last: str, edits: int) -> Span:
        start = bisect_left(self.words, first)
        return Span(start, bisect_left(self.words, last, start), edits)


def _near(typed: str, words: Sequence[str]) -> list[tuple[str, int]]:
    """Return (word, edits) for each word within the allowed distance, most edits first."""
    most = edits_allowed(typed)
    found = extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(word, int(edits)) for word, edits, _ in reversed(found)]
