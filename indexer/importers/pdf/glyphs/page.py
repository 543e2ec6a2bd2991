"""A page -> its glyphs: the words in its main direction, and the lines drawn on it."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.pdf.glyphs.drawings import Rule, read_rules, shows_something
from indexer.importers.pdf.glyphs.line_numbers import without_line_numbers
from indexer.importers.pdf.glyphs.strikes import without_struck
from indexer.importers.pdf.glyphs.textpage import Box, Style, TextPage, Word, shown

HIDDEN = 0.5  # share of invisible characters, above which they are the text of a scanned page
FEW = 15  # words: a stamp on the picture of a page, or its number
MEANINGLESS = 0.5  # most share of characters without a meaning in a page of text
READABLE = 0.35  # least share of letters and digits in it
ENOUGH = 100  # characters from which that share counts

_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
# Spaces, and what leaders and the lines of tables and forms are made of.
_FILLING = re.compile(r"[\s.…_\-–—·•*=|/\ufffe]")
_READABLE = re.compile(r"[^\W_]")


class Glyphs(NamedTuple):
    """What lies on a page, turned so that most of its words are upright."""

    number: int  # from 1
    words: Sequence[Word] = ()  # in the file's order
    rules: Sequence[Rule] = ()
    width: float = 0.0
    height: float = 0.0
    text: str = ""  # all characters, in the file's order
    damaged: bool = False  # the page cannot be opened
    hidden: bool = False  # invisible over a picture: what a scanner's program recognised
    legible: bool = False  # its characters are text, not codes without a meaning
    picture: bool = False  # it shows more than its words
    struck: bool = False  # words with a line through them have no text


def read_glyphs(document: pdfium2.PdfDocument, number: int) -> Glyphs:
    """Return the glyphs of a page (from 1), without line numbers and the text of struck words."""
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        return Glyphs(number, damaged=True)
    try:
        return _read(page, number)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read(page: pdfium.FPDF_PAGE, number: int) -> Glyphs:
    box = shown(page)
    rules = read_rules(page, box)
    text, placed = _words(page, box, rules)
    weights: Counter[Style] = Counter()
    for word, style in placed:
        weights[style] += len(word.text)
    turn = _main_turn(weights)
    width, height = box.size(turn)
    hidden = sum(weight for style, weight in weights.items() if style.hidden)
    scanned = hidden > HIDDEN * weights.total()
    words = [
        word
        for word, style in placed
        if style.turn == turn
        and (scanned or not style.hidden)
        and word.x1 > 0 < word.y < height
        and word.x0 < width
    ]
    legible = _is_legible(text)
    rules = rules if turn == 0 and legible else []
    live = without_struck(words, rules)
    return Glyphs(
        number,
        without_line_numbers(live, width),
        [rule for rule in rules if rule.separates()],
        width,
        height,
        text,
        hidden=scanned,
        legible=legible,
        picture=(bool(words) and not legible) or (len(words) <= FEW and shows_something(page)),
        struck=live != words,
    )


def _words(
    page: pdfium.FPDF_PAGE, box: Box, rules: Sequence[Rule]
) -> tuple[str, list[tuple[Word, Style]]]:
    """Return the characters of a page, and its words with their styles."""
    handle = pdfium.FPDFText_LoadPage(page)
    if not handle:
        return "", []
    try:
        ends = [(x + box.left, box.top - rule.y) for rule in rules for x in (rule.x0, rule.x1)]
        reader = TextPage(handle, box, ends)
        return reader.text, list(reader.words())
    finally:
        pdfium.FPDFText_ClosePage(handle)


def _main_turn(weights: Counter[Style]) -> int:
    """Return the direction of most characters; upright where there are none."""
    turns: Counter[int] = Counter()
    for style, weight in weights.items():
        if style.turn >= 0:
            turns[style.turn] += weight
    return max(turns, key=lambda one: (turns[one], -one), default=0)


def _is_legible(text: str) -> bool:
    """Return whether the characters of a page are words, not codes of a font without a map."""
    filling = len(_FILLING.findall(text))
    rest = len(text) - filling
    if not rest or len(_NO_CHARACTER.findall(text)) > MEANINGLESS * rest:
        return False
    return rest < ENOUGH or len(_READABLE.findall(text)) >= READABLE * rest
