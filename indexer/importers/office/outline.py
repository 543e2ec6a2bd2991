"""Classify pieces of documents as tables of contents, reference lists and headings."""

import re
from itertools import takewhile

from indexer.importers.office.blocks import Piece
from indexer.importers.shared.section_titles import (
    is_contents_heading,
    is_references_heading,
)
from indexer.importers.shared.titles import usable_title
from kb.text.list_markers import BULLETS

MAX_HEADING = 120  # characters
MAX_STYLE = 100  # characters in the name of a style
MAX_ENTRY = 200  # characters in a line of a table of contents
MIN_SENTENCE = 30  # characters; "Page No." also ends with a period
MIN_PAGED = 3  # page numbers; with this many, a table of contents ends at the last one

# An entry of a table of contents ends with its page number.
_PAGE = re.compile(r".*[\s.…](?:\d{1,4}|[ivxl]{1,7}|n/a)", re.IGNORECASE)
_LEADER = re.compile(r".*(?:\.{3}|…|\.( \.){2})\s*\w{1,7}|.*\sn/a", re.IGNORECASE)
_BULLET = re.compile(rf"[{BULLETS}\uf0a7\uf0b7\uf0d8]\s+(?=\S)")  # typed by hand
_SENTENCE_END = tuple(".!;,…。؟")
# Style names of headings without an outline level; headings of covers and tables are excluded.
_HEADING_STYLE = re.compile(
    r"(?!.*(?:cover|portada|table|tabla|document|report|book))"
    r".*(?:\b(?:sub)?(?:heading|head|title)s?\b|encabezado|[uü]berschrift|t[ií]tulo)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:figure|fig\.|table|chart|box|exhibit|figura|tabla|cuadro|gr[aá]fico|recuadro)\s*\d",
    re.IGNORECASE,
)
_CONTENTS_STYLE = re.compile(
    r"(?:toc|contents|table of (?:figures|contents)|index)\b", re.IGNORECASE
)
_WORKS_STYLE = re.compile(r"bibliography|bibliograf[ií]a", re.IGNORECASE)
_TITLE_STYLES = {"Title", "Subtitle"}


def outlined(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with their final kinds.

    Bold lines are not headings: covers and forms have many more bold lines than headings. A line
    whose style name suggests a heading becomes one, a level below the last marked heading.
    """
    return _without_works(_with_styled_headings(_without_contents(list(map(_styled, pieces)))))


def guessed_title(pieces: list[Piece]) -> str | None:
    """Return the lone bold line at the start, or else the first usable heading, or None."""
    first, *others = pieces[:2]
    bold = first.kind == "paragraph" and first.bold and not any(one.bold for one in others)
    headings = (piece.text for piece in pieces if piece.kind == "heading")
    candidates = (*([first.text] if bold and len(first.text) <= MAX_HEADING else []), *headings)
    return next(filter(None, map(usable_title, candidates)), None)


def _styled(piece: Piece) -> Piece:
    """Return a piece with the kind that its style name or a typed bullet suggests."""
    if _CONTENTS_STYLE.match(piece.style):
        return piece._replace(kind="contents", level=0)
    if _WORKS_STYLE.match(piece.style):
        return piece._replace(kind="references", level=0)
    if _BULLET.match(piece.text) and piece.kind == "paragraph":
        return piece._replace(kind="item", text=_BULLET.sub("", piece.text))
    return piece


def _without_contents(pieces: list[Piece]) -> list[Piece]:
    """Mark tables of contents, recognized by their headings and entries."""
    found = list(pieces)
    for start, piece in enumerate(pieces):
        if piece.kind in {"heading", "paragraph"} and is_contents_heading(piece.text):
            lines = [piece, *takewhile(_is_line, pieces[start + 1 :])]
            paged = [number for number, line in enumerate(lines) if number and _is_paged(line)]
            size = len(lines) if len(paged) < MIN_PAGED else paged[-1] + 1
            entries = [line._replace(kind="contents", level=0) for line in lines[:size]]
            found[start : start + size] = entries
    return found


def _is_line(piece: Piece) -> bool:
    if piece.kind == "note" or len(piece.text) > MAX_ENTRY:
        return False
    if piece.kind == "heading":
        return bool(_LEADER.fullmatch(piece.text))
    ends = piece.text.endswith((*_SENTENCE_END, ":", "?"))
    return _is_paged(piece) or not ends or len(piece.text) < MIN_SENTENCE


def _is_paged(piece: Piece) -> bool:
    return piece.kind == "contents" or piece.linked or bool(_PAGE.fullmatch(piece.text))


def _with_styled_headings(pieces: list[Piece]) -> list[Piece]:
    found, above = [], 0
    for piece in pieces:
        above = piece.level or above
        if _is_styled_heading(piece):
            piece = piece._replace(kind="heading", level=min(above + 1, 6))
        found.append(piece)
    return found


def _is_styled_heading(piece: Piece) -> bool:
    return (
        piece.kind in {"paragraph", "item"}
        and piece.style not in _TITLE_STYLES
        and bool(_HEADING_STYLE.match(piece.style[:MAX_STYLE]))
        and len(piece.text) <= MAX_HEADING
        and not piece.text.endswith(_SENTENCE_END)
        and not _CAPTION.match(piece.text)
        and any(char.isalpha() for char in piece.text)
    )


def _without_works(pieces: list[Piece]) -> list[Piece]:
    """Mark reference lists, from their heading to the next one at the same or a higher level."""
    found: list[Piece] = []
    level = 0  # of the heading that opened a list
    for piece in pieces:
        if piece.kind == "heading":
            opens = is_references_heading(piece.text)
            level = piece.level if opens else level * (piece.level > level)
        listed = level and piece.kind in {"paragraph", "item"}
        found.append(piece._replace(kind="references") if listed else piece)
    return found
