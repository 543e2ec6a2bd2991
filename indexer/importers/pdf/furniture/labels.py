"""Find printed page numbers: numbers at page edges that increase from page to page."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from indexer.importers.pdf.furniture.edges import Edges, Recurring
from indexer.importers.shared.numerals import roman

AGREEING_OFFSETS = (-2, -1, 1, 2)  # to neighboring pages, one of which must agree
MIN_SEQUENCE_PAGES = 3  # in a sequence to which a distant number may belong
NEAR_OFFSETS = (0, -1, 1, -2, 2, -3, 3)  # to the neighbors of a page without a known number
YEARS = range(1900, 2101)  # numbers that only a long sequence shows not to be years

Labels = tuple[str | None, ...]


class Numeral(NamedTuple):
    """A number and its style: `1`, `i`, `I`, or a prefix as in `A-1`."""

    value: int
    style: str

    def printed(self) -> str:
        """Format the number as it is printed on a page."""
        if self.style in {"i", "I"}:
            return roman(self.value) if self.style == "i" else roman(self.value).upper()
        return f"{self.style.removesuffix('1')}{self.value}"


def numeral(text: str) -> Numeral | None:
    """Parse a text as a number; return None if it is not one.

    >>> numeral("xiv"), numeral("vx")
    (Numeral(value=14, style='i'), None)
    """
    counted = re.fullmatch(r"((?:\d+|[A-Za-z])[-–.])?(\d+)", text)
    if counted:
        return Numeral(int(counted[2]), f"{counted[1] or ''}1")
    try:
        value = int(RomanNumeral.from_string(text))
    except InvalidRomanNumeralError:
        return None
    return Numeral(value, "I" if text.isupper() else "i")


class Sequenced(NamedTuple):
    """A sequence of printed page numbers: their style and their offset from the file's pages."""

    style: str
    step: int  # 2 if two printed pages share one page of the file
    ahead: int

    def numbers(self, page: int) -> range:
        """Return the one or two numbers that a page has in this sequence."""
        first = self.step * page + self.ahead
        return range(first, first + self.step)

    def holds(self, read: Numeral, page: int) -> bool:
        """Return whether a number read from a page belongs to the sequence."""
        return read.style == self.style and read.value in self.numbers(page)

    def label(self, page: int) -> str | None:
        """Return the printed label of a page, such as `12`, `iv` or `2-3`."""
        numbers = self.numbers(page)
        if numbers[0] <= 0:
            return None
        return "-".join(Numeral(value, self.style).printed() for value in numbers)


class Printed:
    """The printed page numbers of a file."""

    def __init__(self, pages: Sequence[Edges], recurring: Recurring) -> None:
        strong = {page.page: _sequences(page, recurring) for page in pages}
        seen = {page.page: strong[page.page] | _sequences(page) for page in pages}
        agreed = {
            page: found & set().union(*(seen.get(page + step, ()) for step in AGREEING_OFFSETS))
            for page, found in seen.items()
        }
        support = Counter(one for found in agreed.values() for one in found)
        self.on: dict[int, Sequenced] = {}  # page -> its sequence, if it is known
        for page, found in seen.items():
            known = [
                one
                for one in agreed[page] or found
                if support[one] >= MIN_SEQUENCE_PAGES
                or (one in agreed[page] & strong[page] and one.numbers(page)[0] not in YEARS)
            ]
            if known:
                self.on[page] = max(known, key=lambda one: (support[one], one))

    def near(self, page: int) -> Sequenced | None:
        """Return the sequence of a page, or of the nearest neighboring page with one."""
        return next(filter(None, (self.on.get(page + step) for step in NEAR_OFFSETS)), None)

    def labels(self, count: int) -> Labels:
        """Return the printed label of each page, or None for a page without one.

        A page without a number gets one if it is between two pages of the same sequence.
        """
        labels: list[str | None] = [None] * count
        for page, after in pairwise([*sorted(self.on), 0]):
            sequence = self.on[page]
            end = after if sequence == self.on.get(after) else page + 1
            for one in range(page, end):
                labels[one - 1] = sequence.label(one)
        return tuple(labels)


def checked_labels(stated: Labels, printed: Labels) -> Labels:
    """Return the stored labels, or the printed ones if most differ, or () for just 1, 2, 3..."""
    differ = sum(
        not one.casefold().endswith(other.casefold())
        for one, other in zip(stated, printed, strict=False)
        if one and other
    )
    labels = printed if not stated or differ > max(MIN_SEQUENCE_PAGES, len(stated)) / 2 else stated
    plain = all(label in {None, str(page)} for page, label in enumerate(labels, start=1))
    return () if plain else labels


def _sequences(page: Edges, recurring: Recurring | None = None) -> set[Sequenced]:
    """Return the sequences to which the numbers on a page may belong.

    A number counts if it is alone on its line, or at either end of a recurring line. Without
    `recurring`, it counts if it is isolated on an outermost line.
    """
    texts: set[str] = set()
    for end, levels in page.ends.items():
        if recurring:
            edges = (edge for level in levels for edge in level.edges)
            counted = (one for one in edges if one.alone or recurring.is_anywhere(end, one.key))
        else:
            counted = (edge for level in levels[:1] for edge in level.edges if edge.isolated)
        texts.update(text for edge in counted for text in edge.numbers)
    found = set(filter(None, map(numeral, texts)))
    single = {Sequenced(one.style, 1, one.value - page.page) for one in found}
    return single | {
        Sequenced(one.style, 2, one.value - 2 * page.page)
        for one in found
        if one._replace(value=one.value + 1) in found
    }
