"""Find the words in a vocabulary that are closest to a word by edit distance."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kb.languages.registry import is_stop_word

MIN_LETTERS = 5  # shorter words have too many neighbors
MAX_LETTERS = 32  # longer words are web addresses and codes
TWO_EDITS_FROM = 8  # letters
MAX_ALTERNATIVES = 3


def is_misspellable(word: str) -> bool:
    """Return whether spelling correction applies to a word, given its letters and length."""
    return MIN_LETTERS <= len(word) <= MAX_LETTERS and word.isalpha()


class Vocabulary:
    """Indexed words that begin with the same letter, with their document frequencies."""

    def __init__(self, counted: Sequence[tuple[str, int]]) -> None:
        self._counts = {
            word: count
            for word, count in counted
            if len(word) <= MAX_LETTERS and not is_stop_word(word)
        }
        self._words = list(self._counts)

    def nearest(self, word: str) -> tuple[str, ...]:
        """Return the words at the smallest distance, most frequent first, at most MAX_ALTERNATIVES.

        The distance is optimal string alignment; it is at most 1, or 2 for long words.
        """
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        near = extract(word, self._words, scorer=OSA.distance, score_cutoff=edits, limit=None)
        least = min((distance for _, distance, _ in near), default=0)
        found = [other for other, distance, _ in near if distance == least]
        found.sort(key=lambda other: (-self._counts[other], other))
        return tuple(found[:MAX_ALTERNATIVES])
