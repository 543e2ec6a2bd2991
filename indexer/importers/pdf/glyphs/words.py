"""A page -> the words that run in its main direction, in the file's order."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2.raw as pdfium

from indexer.importers.pdf.glyphs.textpage import Style, TextPage, Word, shown

HIDDEN = 0.5  # share of invisible characters, above which they are the text of a scanned page


class Words(NamedTuple):
    """The words of a page that run in its main direction."""

    words: list[Word]
    width: float
    height: float
    text: str = ""  # all characters, as the file orders them
    hidden: bool = False  # invisible over a picture: what a scanner's program recognised
    upright: bool = True  # as the file has them; not turned with the page


def read_words(page: pdfium.FPDF_PAGE) -> Words:
    """The words of a page; what runs in another direction than most of them is left out."""
    box = shown(page)
    handle = pdfium.FPDFText_LoadPage(page)
    if not handle:
        return Words([], *box.size(0))
    try:
        reader = TextPage(handle, box)
        placed = list(reader.words())
    finally:
        pdfium.FPDFText_ClosePage(handle)
    weights: Counter[Style] = Counter()
    for word, style in placed:
        weights[style] += len(word.text)
    turn = _main([(style.turn, weight) for style, weight in weights.items() if style.turn >= 0])
    hidden = sum(weight for style, weight in weights.items() if style.hidden)
    scanned = hidden > HIDDEN * weights.total()
    width, height = box.size(turn)
    words = [
        word
        for word, style in placed
        if style.turn == turn
        and (scanned or not style.hidden)
        and word.x1 > 0 < word.y < height
        and word.x0 < width
    ]
    return Words(words, width, height, reader.text, scanned, upright=turn == 0)


def _main(turns: Iterable[tuple[int, int]]) -> int:
    """The direction of most characters; upright where there are none."""
    weights: Counter[int] = Counter()
    for turn, weight in turns:
        weights[turn] += weight
    return max(weights, key=lambda one: (weights[one], -one), default=0)
