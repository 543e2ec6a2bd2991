"""Whether a hyphen at the end of a line belongs to the word, or was put there to break it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from indexer.importers.pdf.glyphs.textpage import HYPHEN

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# First parts that English keeps a hyphen behind; a file that writes them otherwise is followed.
_BEFORE = frozenset(
    "self well ex all half cross vice high low long short full part so mid one two three four five"
    " six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety first second"
    " third year day".split()
)
_BEHIND = frozenset(
    "based related wide term level being driven led free owned income oriented specific friendly"
    " focused funded sized preserving sharing elect".split()
)
# Words that lines break: it is not known yet how they are written.
_BROKEN = re.compile(f"(?<![^\\W\\d_])[^\\W\\d_]*+[-\u2010{HYPHEN}]\\n[^\\W\\d_]*")


class Hyphens:
    """The words of a file, counted when the first hyphen is met."""

    def __init__(self, texts: Callable[[], Iterable[str]]) -> None:
        self._texts = texts
        self._counted: Counter[str] | None = None

    @property
    def _words(self) -> Counter[str]:
        if self._counted is None:
            self._counted = Counter()
            for text in self._texts():
                self._counted.update(_WORD.findall(_BROKEN.sub("\n", f"{text.casefold()}\n")))
        return self._counted

    def belongs(self, before: str, after: str) -> bool:
        """Whether the hyphen between the end of a line and the next line's start is a real one.

        Where the file has the word elsewhere, with it or without, that decides; else a hyphen
        before a small letter broke the word, unless both parts are words of the file, or one is
        of those that are written with a hyphen.
        """
        first = re.split(r"[\s(\[“\"'‘—–/]", before)[-1]
        second = re.split(r"[^\w\-\u2010]", after, maxsplit=1)[0]
        if not second[:1].islower() or not first[-1:].isalpha():
            return True
        first, second = first.casefold(), second.casefold()
        with_it, without = self._words[f"{first}-{second}"], self._words[f"{first}{second}"]
        if with_it != without:
            return with_it > without
        if (
            len(first) == 1
            or "-" in first
            or "-" in second
            or (self._words[first] and self._words[second])
        ):
            return True
        return first in _BEFORE or second in _BEHIND


def without_break(text: str) -> str:
    """The line without the hyphen that it ends with."""
    return text[:-1] if text[-1:] in {"-", "\u2010", "\u00ad", HYPHEN} else text
