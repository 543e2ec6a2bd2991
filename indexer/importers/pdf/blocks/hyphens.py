"""What comes between the halves of a word that the end of a line cuts: nothing, or a hyphen."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

from indexer.importers.pdf.glyphs.textpage import HYPHEN

# English text has 9 to 17 words of 100 among these four, Spanish and French at most 2. A model of
# languages takes 100 MB and a second to answer this one question.
ENGLISH = ("the", "of", "and", "to")
ENGLISH_SHARE = 0.06
ENOUGH = 40  # words that show a language more surely than what a file states
LONG = 6  # letters of two words of the file that the hyphen joins: retriever-reader

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# Words that lines break: it is not known yet how they are written.
_BROKEN = re.compile(f"(?<![^\\W\\d_])[^\\W\\d_]*+[-\u2010{HYPHEN}]\\n[^\\W\\d_]*")
_ADDRESS = re.compile(r"(?:https?:|www\.)\S*|\S+@\S*|(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
# "pre- and post-trial", "pre- y pospenal", "Vor- und Nachteile": words that come after half a word.
_SUSPENDING = frozenset("and or to nor versus vs y e o u und oder et ou bis".split())
# First parts that English puts a hyphen after, unless a suffix or the end of one word follows.
_BEFORE = frozenset(
    "self well half vice cross high low long short full one two three four five six seven eight"
    " nine ten twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_SUFFIXES = frozenset(
    "age ages en er ers est ing ings ish ly ness y ed es th teen fold some self land lands light"
    " lights lighted lighting way ways fall falls coming comings hand over road roads walk walks"
    " fire word hood less itude".split()
)
# First parts that it puts a hyphen after where the second part is a word: so-called, but so-cial.
_BEFORE_WORDS = frozenset("ex all part so mid first second third year day".split())
_BEHIND = frozenset(
    "based related term level being driven led free owned income oriented specific friendly focused"
    " funded sized preserving sharing elect".split()
)
# Words that would be others without their hyphen, or that are hardly ever written without it.
_PREFIXED = re.compile(
    r"re-(?:e\w{3,}|sign\w*)"
    r"|co-(?:(?:author|chair|sponsor|sign|worker|own|found|lead|parent|host|pay)\w*|ops?"
    r"|directors?|defendants?)"
)


class Hyphens:
    """The words of a file, counted when the first hyphen is met."""

    def __init__(self, pages: Callable[[], Iterable[str]], language: str | None) -> None:
        self._pages = pages  # the text of each page, in lines
        self._stated = language

    @cached_property
    def _words(self) -> Counter[str]:
        words: Counter[str] = Counter()
        for text in self._pages():
            words.update(_WORD.findall(_BROKEN.sub("\n", f"{text.casefold()}\n")))
        return words

    @cached_property
    def _is_english(self) -> bool:
        """Whether the text is English; a stated language counts where there is little text."""
        words = self._words.total()
        if words < ENOUGH:
            return (self._stated or "en").casefold().startswith("en")
        return sum(self._words[word] for word in ENGLISH) >= ENGLISH_SHARE * words

    def has(self, word: str) -> bool:
        """Return whether a word is in the file."""
        return self._words[word.casefold()] > 0

    def between(self, before: str, after: str) -> str:
        """Return what is between a line that ends with a hyphen and the next one.

        Nothing where the hyphen broke the word; the hyphen where it belongs to the word or to an
        address; the hyphen and a space where half a word waits for its end, as in "pre- and".
        """
        if before.endswith("\u00ad"):
            return ""
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
        """Return whether the word is written with the hyphen.

        Where the file has the word elsewhere, with it or without, that decides. Else a hyphen
        before a small letter broke the word, unless English always writes it with one.
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
        if first in _BEFORE:
            return second not in _SUFFIXES
        if first in _BEFORE_WORDS and self.has(second):
            return True
        if min(len(first), len(second)) >= LONG and self.has(first) and self.has(second):
            return True
        return second in _BEHIND or _PREFIXED.fullmatch(f"{first}-{second}") is not None


def is_address(text: str) -> bool:
    """Return whether the text ends with a part of an address of the web or of mail."""
    return _ADDRESS.fullmatch(text[text.rfind(" ") + 1 :].lstrip("(<[«“\"'")) is not None


def without_break(text: str) -> str:
    """Return the line without the hyphen that it ends with."""
    return text[:-1] if text[-1:] in {"-", "\u2010", "\u00ad", HYPHEN} else text
