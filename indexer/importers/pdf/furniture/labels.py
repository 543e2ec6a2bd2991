"""Page numbers as they are printed at the edges of pages, where they go up from page to page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import Edges, Recurring
from indexer.importers.shared.numerals import roman

NEXT = (-2, -1, 1, 2)  # pages of which one must agree
SURE = 3  # pages of a sequence that a number far from them is still a part of
CLOSE = (0, -1, 1, -2, 2, -3, 3)  # pages that one without a known number is compared with
MAX_ROMAN = 400

_ROMANS = {roman(value): value for value in range(1, MAX_ROMAN)}

Labels = tuple[str | None, ...]


class Numeral(NamedTuple):
    """A number, and how it is written: `1`, `i`, `I`, or what is before it, as in `A-1`."""

    value: int
    style: str

    def printed(self) -> str:
        """Return it as it is on a page."""
        if self.style in {"i", "I"}:
            return roman(self.value) if self.style == "i" else roman(self.value).upper()
        return f"{self.style.removesuffix('1')}{self.value}"


def numeral(text: str) -> Numeral | None:
    """Return the number that a text is; None where it is not written as one.

    >>> numeral("xiv"), numeral("vx")
    (Numeral(value=14, style='i'), None)
    """
    counted = re.fullmatch(r"((?:\d+|[A-Za-z])[-–.])?(\d+)", text)
    if counted:
        return Numeral(int(counted[2]), f"{counted[1] or ''}1")
    value = _ROMANS.get(text.lower())
    return Numeral(value, "I" if text.isupper() else "i") if value else None


class Sequenced(NamedTuple):
    """A run of printed numbers: how they are written, and how far ahead of the file's pages."""

    style: str
    step: int  # 2 where two pages are printed on one
    ahead: int

    def first(self, page: int) -> int:
        """Return the number on a page; the left one of two."""
        return self.step * page + self.ahead

    def holds(self, read: Numeral, page: int) -> bool:
        """Return whether a number on a page is the one that is expected there."""
        return read.style == self.style and 0 <= read.value - self.first(page) < self.step

    def is_year(self, page: int) -> bool:
        """Return whether the number on a page may as well be a year."""
        return 1900 <= self.first(page) <= 2100

    def label(self, page: int) -> str | None:
        """Return what is printed on a page: `12`, `iv`, `2-3`."""
        first = self.first(page)
        if first <= 0:
            return None
        numbers = (
            Numeral(value, self.style).printed() for value in range(first, first + self.step)
        )
        return "-".join(numbers)


class Printed:
    """The printed numbers of a file."""

    def __init__(self, pages: Sequence[Edges], recurring: Recurring) -> None:
        strong = {page.page: set(_sequences(page, recurring)) for page in pages}
        seen = {page.page: strong[page.page] | set(_sequences(page)) for page in pages}
        support: Counter[Sequenced] = Counter()
        agreed: dict[int, set[Sequenced]] = {}
        for page, found in seen.items():
            agreed[page] = found & set().union(*(seen.get(page + step, set()) for step in NEXT))
            support.update(agreed[page])
        self._known: dict[int, Sequenced] = {}
        for page, found in seen.items():
            known = agreed[page] or {one for one in found if support[one] >= SURE}
            known = {
                one
                for one in known
                if support[one] >= SURE or (one in strong[page] and not one.is_year(page))
            }
            if known:
                self._known[page] = max(known, key=lambda one: (support[one], one))

    def on(self, page: int) -> Sequenced | None:
        """Return what is known of a page."""
        return self._known.get(page)

    def near(self, page: int) -> Sequenced | None:
        """Return what is known of a page, or of the next one."""
        return next(
            (self._known[page + step] for step in CLOSE if page + step in self._known), None
        )

    def labels(self, count: int) -> Labels:
        """Return the label of each page.

        A page without a number that is between two of a sequence has the number between.
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
    """Return the stated labels, or the printed ones where most of those differ; () if 1, 2, 3."""
    pairs = [
        (one.casefold(), other.casefold())
        for one, other in zip(stated, printed, strict=False)
        if one and other
    ]
    differ = sum(not one.endswith(other) for one, other in pairs)
    labels = printed if not stated or differ > max(SURE, len(stated)) / 2 else stated
    plain = all(label in {None, str(page)} for page, label in enumerate(labels, start=1))
    return () if plain else labels


def _sequences(page: Edges, recurring: Recurring | None = None) -> Iterator[Sequenced]:
    """Yield the sequences that the numbers on a page may belong to.

    A number counts where it is alone, or at an end of a line that comes again. Without `recurring`
    it counts where it is apart from the words of an outermost line.
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
