"""The words of a vocabulary that are spelled most nearly like a given one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.languages.registry import is_stop_word

SHORTEST = 5  # letters; shorter words have too many neighbours
LONGEST = 32  # letters; longer ones are addresses and codes
TWO_EDITS_FROM = 8  # letters
MOST = 3  # alternatives

Letters = npt.NDArray[np.uint32]
Lengths = npt.NDArray[np.int64]


def is_misspellable(word: str) -> bool:
    """Whether a word is one that spelling can be guessed for: letters, and enough of them."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


class Vocabulary:
    """Words with the same first letter and the number of passages that hold each."""

    def __init__(self, counted: Sequence[tuple[str, int]]) -> None:
        kept = [(word, count) for word, count in counted if _may_be_meant(word)]
        self._words = [word for word, _ in kept]
        self._counts = [count for _, count in kept]
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int64)
        # (words, LONGEST) code points, 0 behind the end.
        self._letters = (
            np.array(self._words, dtype=f"<U{LONGEST}").view(np.uint32).reshape(-1, LONGEST)
        )
        self._sets = _letter_sets(self._letters)

    def nearest(self, word: str) -> tuple[str, ...]:
        """Up to MOST words at the least distance, the most frequent first; none too far away.

        Distance is the number of letters to insert, delete, replace or swap with the next: one
        at most, or two for a long word.
        """
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        letters = np.array([word], dtype=f"<U{len(word)}").view(np.uint32)
        apart = np.bitwise_count(self._sets ^ _letter_sets(letters[None, :])[0])
        near = np.abs(self._lengths - len(word)) <= edits
        rows = np.flatnonzero(near & (apart <= 2 * edits))  # an edit changes two letters at most
        distances = _distances(letters, self._letters[rows], self._lengths[rows])
        least = int(distances.min(initial=edits + 1))
        if least > edits:
            return ()
        found = rows[distances == least].tolist()
        found.sort(key=lambda row: (-self._counts[row], self._words[row]))
        return tuple(self._words[row] for row in found[:MOST])


def _may_be_meant(word: str) -> bool:
    return len(word) <= LONGEST and not is_stop_word(word)


def _letter_sets(letters: Letters) -> Letters:
    """The letters of each row as bits; letters may share a bit."""
    bits = np.where(letters > 0, np.uint32(1) << (letters & 31), np.uint32(0))
    found: Letters = np.bitwise_or.reduce(bits, axis=1)
    return found


def _distances(word: Letters, others: Letters, lengths: Lengths) -> npt.NDArray[np.int8]:
    """The distance of a word to n others, computed for all of them at once.

    Source: optimal string alignment; Boytsov, ACM JEA 16 (2011), section 2.2.
    """
    width = int(lengths.max(initial=0))
    table = np.zeros((len(word) + 1, width + 1, len(others)), dtype=np.int8)
    table[:, 0] = np.arange(len(word) + 1)[:, None]
    table[0] = np.arange(width + 1)[:, None]
    for i, letter in enumerate(word, 1):
        for j in range(1, width + 1):
            same = others[:, j - 1] == letter
            cell = np.minimum(table[i - 1, j], table[i, j - 1]) + 1
            cell = np.minimum(cell, table[i - 1, j - 1] + ~same)
            if i > 1 and j > 1:
                swapped = (others[:, j - 2] == letter) & (others[:, j - 1] == word[i - 2])
                cell = np.where(swapped, np.minimum(cell, table[i - 2, j - 2] + 1), cell)
            table[i, j] = cell
    found: npt.NDArray[np.int8] = table[len(word), lengths, np.arange(len(others))]
    return found
