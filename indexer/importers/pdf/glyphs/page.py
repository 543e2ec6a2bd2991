"""Read the words in the main writing direction of a page, and the rules drawn on it."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

import pypdfium2 as pdfium2

from indexer.importers.pdf.glyphs.drawings import Box, Rule, read_rules, shows_something
from indexer.importers.pdf.glyphs.omitted import without_line_numbers, without_struck
from indexer.importers.pdf.glyphs.textpage import Word, read_words

MIN_HIDDEN_SHARE = 0.5  # of the characters are invisible on a scan with OCR text
MAX_WORDS_ON_SCAN = 15  # in a stamp or page number on the image of a page
MAX_UNMAPPED_SHARE = 0.5  # of the characters on a page of text have no Unicode meaning
MIN_READABLE_SHARE = 0.35  # of the characters on a page of text are letters or digits
MIN_CHARACTERS = 100  # for MIN_READABLE_SHARE to be meaningful

_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
# Spaces, and characters used for leaders, table borders and form lines.
_FILLING = re.compile(r"[\s.…_\-–—·•*=|/\ufffe]")
_READABLE = re.compile(r"[^\W_]")


class Glyphs(NamedTuple):
    """The words and rules of a page, rotated so that most of the words are upright."""

    number: int  # from 1
    words: Sequence[Word] = ()  # in the file's order
    rules: Sequence[Rule] = ()
    width: float = 0.0
    height: float = 0.0
    text: str = ""  # all characters, in the file's order
    damaged: bool = False  # whether the page cannot be opened
    hidden: bool = False  # whether it has invisible OCR text over an image
    legible: bool = False  # whether its characters are text, not unmapped font codes
    picture: bool = False  # whether it shows an image of text, or unreadable text
    struck: bool = False  # whether struck-through words were removed


def read_glyphs(document: pdfium2.PdfDocument, number: int) -> Glyphs:
    """Return the words and rules of a page; `number` counts from 1.

    Line numbers and struck-through words are left out. A page that cannot be opened has no words
    and is marked as damaged.
    """
    try:
        page = document.get_page(number - 1)
    except pdfium2.PdfiumError:
        return Glyphs(number, damaged=True)
    with closing(page):
        return _read(page, number)


def _read(page: pdfium2.PdfPage, number: int) -> Glyphs:
    box = Box(*page.get_bbox())
    rules = read_rules(page, box)
    text, placed = read_words(page, box, rules)
    hidden: Counter[bool] = Counter()  # characters
    turns: Counter[int] = Counter()
    for word in placed:
        hidden[word.hidden] += len(word.text)
        if word.turn >= 0:
            turns[word.turn] += len(word.text)
    turn = max(turns, key=lambda one: (turns[one], -one), default=0)
    width, height = box.right - box.left, box.top - box.bottom
    if turn % 2:
        width, height = height, width
    scanned = hidden[True] > MIN_HIDDEN_SHARE * hidden.total()
    shown_words = (word for word in placed if word.turn == turn and (scanned or not word.hidden))
    words = [one for one in shown_words if one.x1 > 0 < one.y < height and one.x0 < width]
    legible = _is_legible(text)
    rules = rules if turn == 0 and legible else []
    live = without_struck(words, rules)
    pictured = len(words) <= MAX_WORDS_ON_SCAN and shows_something(page)
    return Glyphs(
        number,
        words=without_line_numbers(live, width),
        rules=[rule for rule in rules if rule.separates()],
        width=width,
        height=height,
        text=text,
        hidden=scanned,
        legible=legible,
        picture=pictured or (bool(words) and not legible),
        struck=live != words,
    )


def _is_legible(text: str) -> bool:
    """Return whether a page has readable text, not codes from a font without a ToUnicode map."""
    filling = len(_FILLING.findall(text))
    rest = len(text) - filling
    if not rest or len(_UNMAPPED.findall(text)) > MAX_UNMAPPED_SHARE * rest:
        return False
    return rest < MIN_CHARACTERS or len(_READABLE.findall(text)) >= MIN_READABLE_SHARE * rest
