"""A laid-out text -> the pieces that become passages: by structure first, then by size.

A piece never runs over a heading. It runs over a page only where a sentence does, and its locator
then names both pages. It ends where a sentence ends, unless one sentence alone is too long.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from indexer.imports.layout import Laid, Placed
from kb.domain.documents import Locator
from kb.domain.imports import Piece
from kb.encoders.tokens import Count
from kb.text.sentences import sentences

UNREAD = {"contents", "references"}  # kept in the text; nobody looks for a list of page numbers


class _Run(NamedTuple):
    """Words that stay together: [start, end) of the text within one block."""

    start: int
    end: int
    placed: Placed
    tokens: int

    @property
    def pages(self) -> tuple[int | None, int | None]:
        """The page that it begins on and the one that it ends on."""
        return self.placed.page(self.start), self.placed.page(self.end - 1)


class _Size(NamedTuple):
    count: Count
    most: int


def pieces(
    laid: Laid, labels: Sequence[str | None], language: str, count: Count, most: int
) -> list[Piece]:
    """The pieces of a text in order, each of at most so many tokens; every slug once."""
    size = _Size(count, most)
    found = [
        (start, end, runs)
        for group in _groups(laid.placed)
        for start, end, runs in _packed(group, laid.text, language, size)
    ]
    taken: dict[str, int] = {}
    return [
        Piece(
            slug=slug_of(laid.text[start:end], taken),
            start=start,
            end=end,
            locator=locator(start, end, (runs[0].placed, runs[-1].placed), labels),
        )
        for start, end, runs in found
    ]


def slug_of(text: str, taken: dict[str, int], prefix: str = "t") -> str:
    """A name made of the words alone: the same words have it in every version of a document."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    taken[digest] = taken.get(digest, 0) + 1
    again = f"-{taken[digest]}" if taken[digest] > 1 else ""
    return f"{prefix}-{digest}{again}"


def _groups(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Neighbours that may share a piece: nothing stands between them, and they are of one kind."""
    held: list[Placed] = []
    for this, following in zip(placed, [*placed[1:], None], strict=True):
        if held and (not _is_read(this, following) or _key(held[-1]) != _key(this)):
            yield held
            held = []
        if _is_read(this, following):
            held.append(this)
    if held:
        yield held


def _is_read(this: Placed, following: Placed | None) -> bool:
    """Whether a block becomes passages: all text, and headings under which nothing stands."""
    if this.block.kind != "heading":
        return this.block.kind not in UNREAD
    if following is None or following.block.kind == "note":
        return True
    is_under = following.section[: len(this.section) + 1] == (*this.section, this.block.text)
    return following.block.kind == "heading" and not is_under


def _key(placed: Placed) -> tuple[object, ...]:
    """Blocks with another key stand in another piece."""
    block = placed.block
    bare = placed.number if block.kind == "heading" else None
    return (placed.section, block.speaker, block.item, block.kind == "note", bare)


def _packed(
    group: Sequence[Placed], text: str, language: str, size: _Size
) -> Iterator[tuple[int, int, list[_Run]]]:
    """[start, end) of each piece of a group, with the runs that it holds."""
    held: list[_Run] = []
    for block in group:
        for paragraph in _by_page(_runs(block, text, language, size)):
            together = sum(run.tokens for run in paragraph)
            whole = together <= size.most
            for run in [_joined(paragraph)] if whole else paragraph:
                if held and not _fits(held, run, size):
                    yield held[0].start, held[-1].end, held
                    held = []
                held.append(run)
    if held:
        yield held[0].start, held[-1].end, held


def _fits(held: Sequence[_Run], run: _Run, size: _Size) -> bool:
    """Whether a run may follow in the same piece: it is short enough, and on the one page."""
    page, last = held[0].pages[0], held[-1].pages[1]
    return sum(one.tokens for one in held) + run.tokens <= size.most and (
        page == last == run.pages[0] and run.pages[0] == run.pages[1]
    )


def _joined(runs: Sequence[_Run]) -> _Run:
    first, last = runs[0], runs[-1]
    return _Run(first.start, last.end, first.placed, sum(run.tokens for run in runs))


def _by_page(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """The runs of a block in lists that lie on one page; one that runs over a page is alone."""
    for _, some in groupby(runs, key=lambda run: run.pages):
        listed = list(some)
        crossing = listed[0].pages[0] != listed[0].pages[1]
        yield from ([run] for run in listed) if crossing else [listed]


def _runs(placed: Placed, text: str, language: str, size: _Size) -> list[_Run]:
    """A block's sentences; an item, a row or a note that is short enough is one run."""
    words = text[placed.start : placed.end]
    whole = _Run(placed.start, placed.end, placed, size.count(words))
    if placed.block.kind != "paragraph" and whole.tokens <= size.most and not _crosses(whole):
        return [whole]
    found: list[_Run] = []
    for start, end in sentences(words, language):
        run = _Run(placed.start + start, placed.start + end, placed, size.count(words[start:end]))
        found += [run] if run.tokens <= size.most else _cut(run, text, size)
    return found


def _crosses(run: _Run) -> bool:
    return run.pages[0] != run.pages[1]


def _cut(run: _Run, text: str, size: _Size) -> Iterator[_Run]:
    """A sentence that is too long, cut between words; a word that is, between characters."""
    start = run.start
    while start < run.end:
        end = _longest(text, start, run.end, size)
        yield _Run(start, end, run.placed, size.count(text[start:end]))
        start = end
        while start < run.end and text[start] == " ":
            start += 1


def _longest(text: str, start: int, end: int, size: _Size) -> int:
    """The last place at which [start, place) is short enough; a space where there is one."""
    if size.count(text[start:end]) <= size.most:
        return end
    low, high = start + 1, end
    while low < high:  # the tokens of a longer text are not fewer
        middle = (low + high + 1) // 2
        if size.count(text[start:middle]) <= size.most:
            low = middle
        else:
            high = middle - 1
    space = text.rfind(" ", start + 1, low + 1)
    return space if space > start else low


def locator(
    start: int, end: int, within: tuple[Placed, Placed], labels: Sequence[str | None]
) -> Locator:
    """Where [start, end) of the text stands, from its first block to its last, as far as known."""
    first = within[0]
    page, last = first.page(start), within[1].page(end - 1)
    over = last if last != page else None
    return Locator(
        section=first.section,
        page=_printed(page, over, labels),
        sheet=page,
        last_sheet=over,
        paragraph=first.paragraph,
        timestamp=(first.timestamp(start) or "").partition(".")[0] or None,
        speaker=first.block.speaker,
        row=first.block.item,
        start=start,
        end=end,
    )


def _printed(page: int | None, over: int | None, labels: Sequence[str | None]) -> str | None:
    """The printed label or labels; none where one of them is not known."""
    named = [labels[one - 1] if one <= len(labels) else None for one in (page, over) if one]
    known = [label for label in named if label]
    return "–".join(known) if known and len(known) == len(named) else None
