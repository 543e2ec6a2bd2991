"""Decide whether to remove or keep a hyphen at the end of a line."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

# PDFium returns U+FFFE for a hyphen at the end of a line, without a line break after it.
HYPHEN = "\ufffe"

# These four make up 9 to 17 % of the words in English text, but at most 2 % in Spanish and French.
ENGLISH_WORDS = ("the", "of", "and", "to")
MIN_ENGLISH_SHARE = 0.06
MIN_WORDS = 40  # words that identify a language more reliably than the metadata
MIN_COMPOUND_LETTERS = 6  # in each of two words joined by a hyphen, as in retriever-reader

_HYPHENATED_LINE = re.compile(rf"[^\W\d_][-\u2010\u00ad{HYPHEN}]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# Words broken at the end of a line, whose spelling is not yet known.
_BROKEN = re.compile(f"(?<![^\\W\\d_])[^\\W\\d_]*+[-\u2010{HYPHEN}]\\n[^\\W\\d_]*")
_ADDRESS = re.compile(r"(?:https?:|www\.)\S*|\S+@\S*|(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
# Words that follow half a word: "pre- and post-trial", "pre- y pospenal", "Vor- und Nachteile".
_SUSPENDING = frozenset("and or to nor versus vs y e o u und oder et ou bis".split())
# First parts that take a hyphen in English, unless a suffix or the rest of a word follows.
_HYPHENATED_PREFIXES = frozenset(
    "self well half vice cross high low long short full one two three four five six seven eight"
    " nine ten twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_SUFFIXES = frozenset(
    "age ages en er ers est ing ings ish ly ness y ed es th teen fold some self land lands light"
    " lights lighted lighting way ways fall falls coming comings hand over road roads walk walks"
    " fire word hood less itude".split()
)
# First parts that take a hyphen if the second part is a word: so-called, but so-cial.
_WORD_PREFIXES = frozenset("ex all part so mid first second third year day".split())
_HYPHENATED_SUFFIXES = frozenset(
    "based related term level being driven led free owned income oriented specific friendly focused"
    " funded sized preserving sharing elect".split()
)
# Words that have a different meaning without the hyphen, or are rarely written without it.
_HYPHENATED = re.compile(
    r"re-(?:e\w{3,}|sign\w*)"
    r"|co-(?:(?:author|chair|sponsor|sign|worker|own|found|lead|parent|host|pay)\w*|ops?"
    r"|directors?|defendants?)"
)


class Hyphens:
    """Decisions about hyphens at line ends, based on the words that occur in the file."""

    def __init__(self, pages: Iterable[str], language: str | None) -> None:
        self._pages = pages
        self._stated = language

    @cached_property
    def _words(self) -> Counter[str]:
        words: Counter[str] = Counter()
        for text in self._pages:
            words.update(_WORD.findall(_BROKEN.sub("\n", f"{text.casefold()}\n")))
        return words

    @cached_property
    def _is_english(self) -> bool:
        """Return whether the text is English; for a short text, the metadata decides."""
        words = self._words.total()
        if words < MIN_WORDS:
            return (self._stated or "en").casefold().startswith("en")
        return sum(self._words[word] for word in ENGLISH_WORDS) >= MIN_ENGLISH_SHARE * words

    def has(self, word: str) -> bool:
        """Return whether a word occurs in the file."""
        return self._words[word.casefold()] > 0

    def between(self, before: str, after: str) -> str:
        """Return the separator between a line that ends with a hyphen and the next line.

        It is "" if the hyphen breaks a word, "-" if it belongs to the word or to an address, and
        "- " if it is a suspended hyphen, as in "pre- and post-trial".
        """
        before = without_break(before)
        if is_address(before):
            return "-"
        first = re.split(r"[\s(\[“\"'‘—–/]", before)[-1]
        second = re.split(r"[^\w\-\u2010]", after, maxsplit=1)[0]
        if second in _SUSPENDING and not self.has(f"{first}{second}"):
            return "- "
        if not second[:1].islower() or not first[-1:].isalpha():
            return "-"
        return "-" if self._belongs(first.casefold(), second.casefold()) else ""

    def _belongs(self, first: str, second: str) -> bool:
        """Return whether a word is spelled with the hyphen.

        Other occurrences of the word in the file decide by majority. Otherwise, the hyphen breaks
        the word, unless the first part is a single letter, the word is a compound with another
        hyphen, or English usually hyphenates it.
        """
        with_it, without = self._words[f"{first}-{second}"], self._words[f"{first}{second}"]
        if with_it != without:
            return with_it > without
        if len(first) == 1 or "-" in second:
            return True
        if "-" in first:
            known = second not in _SUFFIXES if self._is_english else self.has(second)
            return known and self.has(first.rsplit("-", 1)[-1])
        return self._is_english and self._is_compound(first, second)

    def _is_compound(self, first: str, second: str) -> bool:
        if first in _HYPHENATED_PREFIXES:
            return second not in _SUFFIXES
        is_long = min(len(first), len(second)) >= MIN_COMPOUND_LETTERS
        if self.has(second) and (first in _WORD_PREFIXES or (is_long and self.has(first))):
            return True
        word = f"{first}-{second}"
        return second in _HYPHENATED_SUFFIXES or _HYPHENATED.fullmatch(word) is not None


def is_hyphenated(text: str) -> bool:
    """Return whether a line ends with a letter and a hyphen."""
    return _HYPHENATED_LINE.search(text) is not None


def is_address(text: str) -> bool:
    """Return whether a text ends with part of a URL or an e-mail address."""
    return _ADDRESS.fullmatch(text[text.rfind(" ") + 1 :].lstrip("(<[«“\"'")) is not None


def without_break(text: str) -> str:
    """Return a line without the hyphen at its end, if there is one."""
    return text[:-1] if text[-1:] in {"-", "\u2010", "\u00ad", HYPHEN} else text
