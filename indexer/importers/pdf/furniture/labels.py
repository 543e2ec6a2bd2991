"""Find printed page numbers: numbers at page edges that increase from page to page."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from itertools import pairwise
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import End, Numeral, Recurring

AGREEING_OFFSETS = (-2, -1, 1, 2)  # to neighboring pages, one of which must agree
MIN_SEQUENCE_PAGES = 3  # in a sequence to which a distant number may belong
NEAR_OFFSETS = (0, -1, 1, -2, 2, -3, 3)  # to the page itself, then to its neighbors
YEARS = range(1900, 2101)  # numbers that only a long sequence shows not to be years

Labels = tuple[str | None, ...]


class Sequenced(NamedTuple):
    """A sequence of printed page numbers: their style, and their offset from the file's pages."""

    style: str
    step: int  # 2 if two printed pages share one page of the file
    ahead: int

    def numbers(self, page: int) -> range:
        """Return the one or two printed numbers that this sequence gives to a page of the file."""
        first = self.step * page + self.ahead
        return range(first, first + self.step)

    def holds(self, read: Numeral, page: int) -> bool:
        """Return whether a number read from a page belongs to the sequence."""
        return read.style == self.style and read.value in self.numbers(page)

    def label(self, page: int) -> str | None:
        """Return the printed label of a page, such as `12`, `iv` or `2-3`; None if below 1."""
        numbers = self.numbers(page)
        if numbers[0] <= 0:
            return None
        return "-".join(Numeral(value, self.style).printed() for value in numbers)


class Printed:
    """The printed page numbers of a file."""

    def __init__(self, ends: Iterable[End], recurring: Recurring) -> None:
        sure: dict[int, set[Numeral]] = defaultdict(set)  # page -> numbers that count by themselves
        isolated: dict[int, set[Numeral]] = defaultdict(set)  # page -> numbers that confirm others
        for end in ends:
            for depth, level in enumerate(end.levels):
                for edge in level.edges:
                    if edge.alone or recurring.is_anywhere(end, edge.key):
                        sure[end.page].update(edge.numbers)
                    if edge.isolated and not depth:
                        isolated[end.page].update(edge.numbers)
        strong = {page: _sequences(page, sure[page]) for page in [*sure, *isolated]}
        seen = {page: strong[page] | _sequences(page, isolated[page]) for page in strong}
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
        """Return the sequence of a page or of the nearest neighboring page with one, or None."""
        return next(filter(None, (self.on.get(page + step) for step in NEAR_OFFSETS)), None)

    def labels(self, count: int) -> Labels:
        """Return the printed label of each page, or None for a page without one.

        A page without a number gets a label if it is between two pages of the same sequence.
        """
        labels: list[str | None] = [None] * count
        for page, after in pairwise([*sorted(self.on), 0]):
            sequence = self.on[page]
            end = after if sequence == self.on.get(after) else page + 1
            for one in range(page, end):
                labels[one - 1] = sequence.label(one)
        return tuple(labels)


def checked_labels(stated: Labels, printed: Labels) -> Labels:
    """Return the page labels stored in the file, or the printed ones if most of them differ.

    Return () if every label is the number of its page.
    """
    differ = sum(
        not one.casefold().endswith(other.casefold())
        for one, other in zip(stated, printed, strict=False)
        if one and other
    )
    labels = printed if not stated or differ > max(MIN_SEQUENCE_PAGES, len(stated)) / 2 else stated
    plain = all(label in {None, str(page)} for page, label in enumerate(labels, start=1))
    return () if plain else labels


def _sequences(page: int, numbers: Set[Numeral]) -> set[Sequenced]:
    """Return the sequences to which the numbers read from a page may belong."""
    single = {Sequenced(one.style, 1, one.value - page) for one in numbers}
    return single | {
        Sequenced(one.style, 2, one.value - 2 * page)
        for one in numbers
        if one._replace(value=one.value + 1) in numbers
    }
