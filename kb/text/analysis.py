"""Split text into folded, stemmed words with their character spans.

Only words of stored texts are cached; words of a query must not stay in memory.
"""

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from kb.languages.registry import locale_of
from kb.text.numbers import numbers

# A word: letters and digits of any script with combining marks, and apostrophes between them.
# Letters with periods between them, as in `H.R.`, `U.S.C.` and `D.C.`, are one word, so that they
# match without the periods too. `House Bill` before a number is also one word.
_WORD = re.compile(
    r"(?P<bill>\b(?:[Hh]ouse|[Ss]enate|[Aa]ssembly)\s+[Bb]ill(?=\s+(?:[Nn]o\.?\s*)?\d))"
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"
    r"|[^\W_][\w\u0300-\u036f]*(?:['’ʼ][^\W_]\w*)*"
)
# Letters and a number without a space between them, as in `HB1900` and `501c3`.
_GLUED = re.compile(r"\d+|[A-Za-z]+", re.A)
_IS_GLUED = re.compile(r"[A-Za-z]{2,}\d+|\d+[A-Za-z]\d+", re.A)
# The words of a hashtag in camel case, such as `#EndCashBail`.
_HUMPS = re.compile(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+", re.A)


class Token(NamedTuple):
    """A folded word or number, and the span [start, end) of characters it came from."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return the text without case and accents: `Jóvenes` becomes `jovenes`."""
    if text.isascii():
        return text.lower().replace("\x00", "")
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("’", "'").replace("ʼ", "'").replace("\x00", "")


def words(text: str) -> list[Token]:
    """Return the folded words of a text, in order.

    If a character such as `ﷺ` folds to several words, they are joined. A token that folds to
    nothing, such as a lone voicing mark, is dropped.
    """
    found = (Token(_folded(word), start, end) for word, start, end in _pieces(text))
    return [token for token in found if token.word]


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a text as written, with their spans.

    >>> [word for word, _, _ in _pieces("H.R. 40, HB1900, House Bill 1900, 501c3, #EndCashBail")]
    ['HR', '40', 'HB', '1900', 'HB', '1900', '501', 'c', '3', 'End', 'Cash', 'Bail']
    """
    for match in _WORD.finditer(text):
        word, (start, end) = match.group(), match.span()
        if word.isalpha() and text[start - 1 : start] != "#":  # nearly all words
            yield word, start, end
        elif match["bill"]:
            yield f"{word[0]}B", start, end
        elif word[1:2] == ".":
            yield word.replace(".", ""), start, end
        elif (start and text[start - 1] == "#") or _IS_GLUED.fullmatch(word):
            parts = _HUMPS if text[start - 1 : start] == "#" else _GLUED
            found = list(parts.finditer(word))
            if "".join(part.group() for part in found) != word:  # non-ASCII letters
                yield word, start, end
                continue
            for part in found:
                yield part.group(), start + part.start(), start + part.end()
        else:
            yield word, start, end


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else "".join(fold(word).split())


def stem(word: str, language: str = "en") -> str:
    """Return the stem of a folded word.

    A language without a locale uses the English stemmer, which leaves most foreign words unchanged.
    Because words are folded first, `participación` and `participacion` have the same stem.
    """
    return str(_stemmer(locale_of(language).stemmer).stemWord(word))


@cache
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(algorithm, 0)  # without a cache of its own


def figures(text: str, language: str = "en") -> list[Token]:
    """Return the normalized numbers in a text, in order, except those in plain digits.

    >>> [(one.word, text[one.start : one.end]) for text in ["Cut US$100 million"]
    ...  for one in figures(text)]
    [('100000000', 'US$100 million')]
    """
    if text.isascii():
        return [Token(*number) for number in numbers(text.lower(), language)]
    pieces = [fold(char) for char in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return [
        Token(form, places[start], places[end - 1] + 1)
        for form, start, end in numbers("".join(pieces), language)
    ]


def stems(text: str, language: str = "en") -> list[Token]:
    """Return the stemmed words of a stored text, in order."""
    found = (Token(_stored_stem(word, language), start, end) for word, start, end in _pieces(text))
    return [token for token in found if token.word]


@lru_cache(maxsize=65536)  # the same words recur throughout a build
def _stored_stem(word: str, language: str) -> str:
    folded = _folded(word)
    return stem(folded, language) if folded else ""


class Analyzed:
    """The stems of a stored text in order, then its numbers, in compact form."""

    __slots__ = ("_ends", "_starts", "terms", "words")

    def __init__(self, text: str, language: str) -> None:
        stemmed = stems(text, language)
        found = stemmed + figures(text, language)
        self.words = len(stemmed)  # number of words, which come first; the other terms are numbers
        self.terms = tuple(sys.intern(token.word) for token in found)
        self._starts = array("I", [token.start for token in found])
        self._ends = array("I", [token.end for token in found])

    def spans(self, first: int, end: int) -> tuple[int, int]:
        """Return the span of characters that the terms [first, end) cover."""
        return self._starts[first], self._ends[end - 1]


@lru_cache(maxsize=32768)  # a few words each; a separate cache, so that phrases evict no texts
def phrase_stems(phrase: str, language: str) -> frozenset[str]:
    """Return the stems of a stored phrase, cached because its passage is found repeatedly."""
    return frozenset(token.word for token in stems(phrase, language))


@lru_cache(maxsize=16384)  # about a kilobyte each; never used for queries
def analyzed(text: str, language: str) -> Analyzed:
    """Return the analysis of a stored text, cached because passages are shown repeatedly."""
    return Analyzed(text, language)


def name_key(name: str) -> str:
    """Return the lookup key of an id, title, label or place name: its folded words."""
    return " ".join(token.word for token in words(name))
