"""Find running headers, running footers and page numbers.

A line at the edge of a page is furniture if its letters recur at the same height on nearby pages,
or if it is a page number: the number expected on the page, or one alone on the outermost line and
apart from the text. So are lines beyond a page number, and text beside a running line. Edges are
read inward, up to the first line that is not furniture.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from indexer.importers.pdf.furniture.edges import MAX_LEVELS, Edge, End, Level, Recurring, ends
from indexer.importers.pdf.furniture.labels import Labels, Printed
from indexer.importers.pdf.lines.lines import Page

# Distance in pages at which one repetition suffices; left and right pages have different headers.
ONE_REPETITION_PAGES = 2
MIN_TEXT_DISTANCE = 1.7  # between the text and a line apart from it, in type sizes
MAX_SMALL_SIZE = 0.96  # relative to the body text, for a line that contains a page number
MAX_SMALL_CHARACTERS = 80  # in a line that contains a page number
MIN_TITLE_SIZE = 1.2  # relative to the body text, for a recurring title, which is kept once


def without_furniture(pages: Sequence[Page], body: float) -> tuple[list[Page], Labels]:
    """Return the pages without running lines, and their printed labels.

    `body` is the size of the body text. Running lines are kept on pages whose text is the same as
    that of another page, and in a file that has no other text.
    """
    edges = [end for page in pages for end in ends(page)]
    recurring = Recurring(edges)
    printed = Printed(edges, recurring)
    known = _Known(recurring, printed, body)
    running: dict[int, set[int]] = defaultdict(set)  # page -> indexes of its lines
    for end in edges:
        running[end.page] |= known.running(end)
    texts = [tuple(line.text for line in page.lines) for page in pages]
    times = Counter(texts)
    kept: list[Page] = []
    for page, text in zip(pages, texts, strict=True):
        taken = running[page.number] if times[text] == 1 else set()
        lines = [line for index, line in enumerate(page.lines) if index not in taken]
        kept.append(page._replace(lines=lines))
    labels = printed.labels(len(pages))
    return (kept if any(page.lines for page in kept) else list(pages)), labels


class _Known(NamedTuple):
    recurring: Recurring
    printed: Printed
    body: float

    def running(self, end: End) -> set[int]:
        """Return the indexes of the running lines and page numbers at one end of a page."""
        taken = self._around_number(end)
        for number, level in enumerate(end.levels):
            whole = len(level.edges) > 1 and self._recurs(end, level.key, level.y)
            running = {
                edge.place
                for edge in level.edges
                if whole or self._is_running(end, edge) or self._is_number(end.page, edge)
            }
            if not running:
                return taken
            if len(running) < len(level.edges) and not _is_apart(end.levels, number):
                return taken | running
            # Text beside a running line is its variable part.
            taken.update(edge.place for edge in level.edges)
        # No header has so many lines; this is repeated text, such as a form letter.
        return taken if len(end.levels) < MAX_LEVELS else set()

    def _is_running(self, end: End, edge: Edge) -> bool:
        """Return whether a line recurs on nearby pages.

        A large line is a title, whose digits must also match and whose first occurrence is kept.
        Digits must also match in a line with an isolated number, which may be a table row.
        """
        large = edge.size > MIN_TITLE_SIZE * self.body
        key = edge.exact if large or edge.isolated else edge.key
        return self._recurs(end, key, edge.y, after=large)

    def _recurs(self, end: End, key: str, y: float, after: bool = False) -> bool:
        """Return whether a line recurs on nearby pages; `after` requires an earlier one."""
        others = self.recurring.near(end, key, y)
        if after and (not others or others[0] > end.page):
            return False
        return len(others) > 1 or any(abs(o - end.page) <= ONE_REPETITION_PAGES for o in others)

    def _around_number(self, end: End) -> set[int]:
        """Return the indexes of a page number set apart from the text, and of the lines outside it.

        The set is empty if no page number is set apart from the text. A number alone on a line is
        the page number if it is outermost or the expected one.
        """
        for number, level in enumerate(end.levels):
            if _is_apart(end.levels, number) and any(
                edge.alone
                and edge.size <= MIN_TITLE_SIZE * self.body
                and (number == 0 or self._is_number(end.page, edge))
                for edge in level.edges
            ):
                return {edge.place for outer in end.levels[: number + 1] for edge in outer.edges}
        return set()

    def _is_number(self, page: int, edge: Edge) -> bool:
        """Return whether a line is, or clearly contains, the number expected on a page."""
        small = edge.size <= MAX_SMALL_SIZE * self.body and len(edge.exact) <= MAX_SMALL_CHARACTERS
        known = self.printed.on.get(page) if edge.alone else self.printed.near(page)
        return any(
            (read.value == page and (edge.alone or edge.called or small))
            or (known and known.holds(read, page) and (edge.alone or small or edge.isolated))
            for read in edge.numbers
        )


def _is_apart(levels: Sequence[Level], number: int) -> bool:
    """Return whether the space between a level and the next one inward exceeds the line spacing."""
    level, *after = levels[number : number + 2]
    size = max(edge.size for edge in level.edges)
    return not after or abs(after[0].y - level.y) > MIN_TEXT_DISTANCE * size
