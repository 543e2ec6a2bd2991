"""Read printed page numbers: numbers at page edges that increase from page to page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import Edges, Recurring
from indexer.importers.shared.numerals import roman

AGREEING_OFFSETS = (-2, -1, 1, 2)  # neighbour pages, one of which must agree
MIN_SEQUENCE_PAGES = 3  # of a sequence to which a distant number may belong
NEAR_OFFSETS = (0, -1, 1, -2, 2, -3, 3)  # neighbours of a page without a known number
MAX_ROMAN = 400

_ROMANS = {roman(value): value for value in range(1, MAX_ROMAN)}

Labels = tuple[str | None, ...]


class Numeral(NamedTuple):
    """A number and its style: `1`, `i`, `I`, or with a prefix as in `A-1`."""

    value: int
    style: str

    def printed(self) -> str:
        """Return the number as it is printed on a page."""
        if self.style in {"i", "I"}:
            return roman(self.value) if self.style == "i" else roman(self.value).upper()
        return f"{self.style.removesuffix('1')}{self.value}"


def numeral(text: str) -> Numeral | None:
    """Parse a text as a number; None if it is not one.

    >>> numeral("xiv"), numeral("vx")
    (Numeral(value=14, style='i'), None)
    """
    counted = re.fullmatch(r"((?:\d+|[A-Za-z])[-–.])?(\d+)", text)
    if counted:
        return Numeral(int(counted[2]), f"{counted[1] or ''}1")
    value = _ROMANS.get(text.lower())
    return Numeral(value, "I" if text.isupper() else "i") if value else None


class Sequenced(NamedTuple):
    """A sequence of printed numbers: their style and their offset from the file's pages."""

    style: str
    step: int  # 2 if two printed pages share one page of the file
    ahead: int

    def first(self, page: int) -> int:
        """Return the number on a page, the left one of two."""
        return self.step * page + self.ahead

    def holds(self, read: Numeral, page: int) -> bool:
        """Return whether a number on a page is the expected one."""
        return read.style == self.style and 0 <= read.value - self.first(page) < self.step

    def is_year(self, page: int) -> bool:
        """Return whether the number on a page may be a year."""
        return 1900 <= self.first(page) <= 2100

    def label(self, page: int) -> str | None:
        """Return the printed label of a page: `12`, `iv`, `2-3`."""
        first = self.first(page)
        if first <= 0:
            return None
        numbers = (
            Numeral(value, self.style).printed() for value in range(first, first + self.step)
        )
        return "-".join(numbers)


class Printed:
    """The printed page numbers of a file."""

    def __init__(self, pages: Sequence[Edges], recurring: Recurring) -> None:
        strong = {page.page: set(_sequences(page, recurring)) for page in pages}
        seen = {page.page: strong[page.page] | set(_sequences(page)) for page in pages}
        support: Counter[Sequenced] = Counter()
        agreed: dict[int, set[Sequenced]] = {}
        for page, found in seen.items():
            agreed[page] = found & set().union(
                *(seen.get(page + step, set()) for step in AGREEING_OFFSETS)
            )
            support.update(agreed[page])
        self._known: dict[int, Sequenced] = {}
        for page, found in seen.items():
            known = agreed[page] or {one for one in found if support[one] >= MIN_SEQUENCE_PAGES}
            known = {
                one
                for one in known
                if support[one] >= MIN_SEQUENCE_PAGES
                or (one in strong[page] and not one.is_year(page))
            }
            if known:
                self._known[page] = max(known, key=lambda one: (support[one], one))

    def on(self, page: int) -> Sequenced | None:
        """Return the sequence of a page."""
        return self._known.get(page)

    def near(self, page: int) -> Sequenced | None:
        """Return the sequence of a page, or of the nearest page that has one."""
        return next(
            (self._known[page + step] for step in NEAR_OFFSETS if page + step in self._known), None
        )

    def labels(self, count: int) -> Labels:
        """Return the label of each page.

        A page without a number between two pages of a sequence gets the number in between.
        """
        labels: list[str | None] = [None] * count
        known = sorted(self._known)
        for page, after in zip(known, [*known[1:], 0], strict=False):
            sequence = self._known[page]
            last = after - 1 if sequence == self._known.get(after) else page
            for one in range(page, last + 1):
                labels[one - 1] = sequence.label(one)
        return tuple(labels)


def checked_labels(stated: Labels, printed: Labels) -> Labels:
    """Return the stored labels, or the printed ones if most of them differ; () if 1, 2, 3."""
    pairs = [
        (one.casefold(), other.casefold())
        for one, other in zip(stated, printed, strict=False)
        if one and other
    ]
    differ = sum(not one.endswith(other) for one, other in pairs)
    labels = printed if not stated or differ > max(MIN_SEQUENCE_PAGES, len(stated)) / 2 else stated
    plain = all(label in {None, str(page)} for page, label in enumerate(labels, start=1))
    return () if plain else labels


def _sequences(page: Edges, recurring: Recurring | None = None) -> Iterator[Sequenced]:
    """Yield the sequences to which the numbers on a page may belong.

    A number counts if it is alone on its line, or at an end of a recurring line. Without
    `recurring` it counts if it is isolated on an outermost line.
    """
    found = {
        read
        for name, side in page.ends()
        for number, level in enumerate(side)
        for edge in level.edges
        if (
            edge.alone or recurring.is_anywhere(name, edge.key)
            if recurring
            else edge.isolated and number == 0
        )
        for read in map(numeral, edge.numbers)
        if read
    }
    for one in found:
        yield Sequenced(one.style, 1, one.value - page.page)
        if one._replace(value=one.value + 1) in found:
            yield Sequenced(one.style, 2, one.value - 2 * page.page)
