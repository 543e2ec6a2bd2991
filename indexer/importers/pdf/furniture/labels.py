"""Page numbers as they are printed at the edges of pages, where they go up by one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import Edges
from indexer.importers.pdf.furniture.page_numbers import Numeral, numeral
from indexer.importers.pdf.furniture.recurring import Recurring, all_edges

NEXT = (-2, -1, 1, 2)  # pages of which one must agree
SURE = 3  # pages of a sequence that a number far from them is still a part of
CLOSE = (0, -1, 1, -2, 2, -3, 3)  # pages that one without a known number is compared with


class Ahead(NamedTuple):
    """How far printed numbers are ahead of the pages of the file, and how they are written."""

    style: str
    pages: int

    def holds(self, read: Numeral, page: int) -> bool:
        """Whether a number on a page is the one that is expected there."""
        return (read.style, read.value - page) == self

    def is_year(self, page: int) -> bool:
        """Whether the number on a page may as well be a year."""
        return 1900 <= page + self.pages <= 2100


class Printed:
    """The printed numbers of a file."""

    def __init__(self, pages: Sequence[Edges], recurring: Recurring) -> None:
        seen = {
            page.page: {
                Ahead(read.style, read.value - page.page) for read in _read(page, recurring)
            }
            for page in pages
        }
        support: Counter[Ahead] = Counter()
        agreed: dict[int, set[Ahead]] = {}
        for page, found in seen.items():
            agreed[page] = found & set().union(*(seen.get(page + step, set()) for step in NEXT))
            support.update(agreed[page])
        self._known: dict[int, Ahead] = {}
        for page, found in seen.items():
            known = agreed[page] or {one for one in found if support[one] >= SURE}
            known = {one for one in known if support[one] >= SURE or not one.is_year(page)}
            if known:
                self._known[page] = max(known, key=lambda one: (support[one], one))

    def on(self, page: int) -> Ahead | None:
        """What is known of a page."""
        return self._known.get(page)

    def near(self, page: int) -> Ahead | None:
        """What is known of a page, or of the next one."""
        return next(
            (self._known[page + step] for step in CLOSE if page + step in self._known), None
        )

    def labels(self, count: int) -> tuple[str | None, ...]:
        """The number of each page, none where all are as the file counts them.

        A page without one that stands between two of a sequence has the number between.
        """
        labels: list[str | None] = [None] * count
        known = sorted(self._known)
        for page, after in zip(known, [*known[1:], 0], strict=False):
            ahead = self._known[page]
            last = after - 1 if ahead == self._known.get(after) else page
            for one in range(page, last + 1):
                if one + ahead.pages > 0:
                    labels[one - 1] = Numeral(one + ahead.pages, ahead.style).printed()
        plain = all(label in {None, str(page)} for page, label in enumerate(labels, start=1))
        return () if plain else tuple(labels)


def _read(page: Edges, recurring: Recurring) -> Iterator[Numeral]:
    """What may be the page's number: a number alone, or at an end of a line that comes again."""
    for name, edge in all_edges(page):
        if edge.alone or recurring.is_anywhere(name, edge.key):
            for text in edge.numbers:
                if read := numeral(text):
                    yield read
