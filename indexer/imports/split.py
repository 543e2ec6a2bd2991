"""Split a composed text into pieces, which become passages, by structure and then by size.

A piece never spans a heading. It spans a page break only if a sentence does, and then its locator
has both pages. It ends where a sentence ends, unless that sentence alone is too long.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from indexer.imports.compose import ComposedText, PlacedBlock
from kb.domain.imports import Piece
from kb.domain.records import Locator
from kb.encoders.tokens import Count
from kb.text.sentences import sentences

UNSEARCHED = {"contents", "references"}  # kinds of blocks that are in the text, not in passages


class _Span(NamedTuple):
    """An indivisible part of one block: [start, end) of the text."""

    start: int
    end: int
    placed: PlacedBlock
    tokens: int

    @property
    def pages(self) -> tuple[int | None, int | None]:
        """First and last page of the span."""
        return self.placed.page(self.start), self.placed.page(self.end - 1)


class _Size(NamedTuple):
    count: Count
    most: int  # tokens in a piece


def split_text(
    composed: ComposedText, labels: Sequence[str | None], language: str, count: Count, most: int
) -> list[Piece]:
    """Return the pieces of a text in order, with unique slugs and at most `most` tokens each."""
    found, taken = [], dict[str, int]()
    for group in _groups(composed.blocks):
        for spans in _packed(group, composed.text, language, _Size(count, most)):
            first, last = spans[0], spans[-1]
            slug = make_slug(composed.text[first.start : last.end], taken)
            place = locator(first.start, last.end, (first.placed, last.placed), labels)
            found.append(Piece(slug=slug, start=first.start, end=last.end, locator=place))
    return found


def make_slug(text: str, taken: dict[str, int], prefix: str = "t") -> str:
    """Return a slug derived from a text's hash; `taken` counts equal texts, to number repeats."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    taken[digest] = taken.get(digest, 0) + 1
    again = f"-{taken[digest]}" if taken[digest] > 1 else ""
    return f"{prefix}-{digest}{again}"


def _groups(placed: Sequence[PlacedBlock]) -> Iterator[list[PlacedBlock]]:
    """Yield runs of consecutive blocks that may share a piece."""
    current: list[PlacedBlock] = []
    for this, following in zip(placed, [*placed[1:], None], strict=True):
        if current and (not _is_read(this, following) or _key(current[-1]) != _key(this)):
            yield current
            current = []
        if _is_read(this, following):
            current.append(this)
    if current:
        yield current


def _is_read(this: PlacedBlock, following: PlacedBlock | None) -> bool:
    """Return whether a block is searched; contents, references and most headings are not.

    A heading is searched only if its section is empty.
    """
    if this.block.kind != "heading":
        return this.block.kind not in UNSEARCHED
    if following is None or following.block.kind == "note":
        return True
    is_under = following.section[: len(this.section) + 1] == (*this.section, this.block.text)
    return following.block.kind == "heading" and not is_under


def _key(placed: PlacedBlock) -> tuple[object, ...]:
    """Return a grouping key: blocks with different keys are never in the same piece."""
    block = placed.block
    bare = placed.number if block.kind == "heading" else None
    return (placed.section, block.speaker, block.item, block.kind == "note", bare)


def _packed(
    group: Sequence[PlacedBlock], text: str, language: str, size: _Size
) -> Iterator[list[_Span]]:
    """Yield the spans of each piece of a group."""
    current: list[_Span] = []
    for block in group:
        for paragraph in _by_page(_spans(block, text, language, size)):
            tokens, first, last = sum(one.tokens for one in paragraph), paragraph[0], paragraph[-1]
            whole = _Span(first.start, last.end, first.placed, tokens)
            for span in [whole] if tokens <= size.most else paragraph:
                if current and not _fits(current, span, size):
                    yield current
                    current = []
                current.append(span)
    if current:
        yield current


def _fits(current: Sequence[_Span], span: _Span, size: _Size) -> bool:
    """Return whether a piece stays within the token limit and on one page if a span joins it."""
    pages = {current[0].pages[0], current[-1].pages[1], *span.pages}
    return len(pages) == 1 and sum(one.tokens for one in (*current, span)) <= size.most


def _by_page(spans: Sequence[_Span]) -> Iterator[list[_Span]]:
    """Yield a block's spans grouped by page; a span that crosses a page break is on its own."""
    for (first, last), some in groupby(spans, key=lambda span: span.pages):
        listed = list(some)
        yield from [listed] if first == last else ([span] for span in listed)


def _spans(placed: PlacedBlock, text: str, language: str, size: _Size) -> list[_Span]:
    """Return a span for each sentence of a block; a short item, row or note is one span."""
    words = text[placed.start : placed.end]
    whole = _Span(placed.start, placed.end, placed, size.count(words))
    on_one_page = whole.pages[0] == whole.pages[1]
    if placed.block.kind != "paragraph" and whole.tokens <= size.most and on_one_page:
        return [whole]
    found: list[_Span] = []
    for start, end in sentences(words, language):
        span = _Span(placed.start + start, placed.start + end, placed, size.count(words[start:end]))
        found += [span] if span.tokens <= size.most else _cut(span, text, size)
    return found


def _cut(span: _Span, text: str, size: _Size) -> Iterator[_Span]:
    """Split an overlong sentence between words, and an overlong word at any character."""
    start = span.start
    while start < span.end:
        end = _longest(text, start, span.end, size)
        yield _Span(start, end, span.placed, size.count(text[start:end]))
        start = end
        while start < span.end and text[start] == " ":
            start += 1


def _longest(text: str, start: int, end: int, size: _Size) -> int:
    """Return the end of the longest part of [start, end) that fits, preferably at a space."""
    if size.count(text[start:end]) <= size.most:
        return end
    low, high = start + 1, end
    while low < high:  # a longer text never has fewer tokens
        middle = (low + high + 1) // 2
        if size.count(text[start:middle]) <= size.most:
            low = middle
        else:
            high = middle - 1
    space = text.rfind(" ", start + 1, low + 1)
    return space if space > start else low


def locator(
    start: int, end: int, within: tuple[PlacedBlock, PlacedBlock], labels: Sequence[str | None]
) -> Locator:
    """Return the locator for [start, end) of the text; `within` has its first and last block."""
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
    """Return the printed label of a page or range of pages, or None if a label is unknown."""
    named = [labels[one - 1] if one <= len(labels) else None for one in (page, over) if one]
    known = [label for label in named if label]
    return "–".join(known) if known and len(known) == len(named) else None
