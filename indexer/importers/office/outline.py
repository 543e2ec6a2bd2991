"""Pieces -> pieces: which are a table of contents, which a list of works, which are headings."""

import re
from itertools import pairwise, takewhile

from indexer.importers.office.pieces import Piece

LONGEST_HEADING = 120  # characters
LONGEST_ENTRY = 200  # characters of a line of a table of contents
SHORTEST_SENTENCE = 30  # "Page No." ends in a full stop too
FEWEST_PAGED = 3  # lines with a page, in a table of contents where all have one
FEWEST_ON_TITLE_PAGE = 3  # bold lines that a document begins with

# "4. ", "IV. ", "Section 2: " before the words of a heading.
_NUMBER = (
    r"(?:(?:section|part|chapter|annex|secci[oó]n|parte|cap[ií]tulo|anexo)?"
    r"\s*[\divxlc.]+[.:)]?\s+)?"
)
_CONTENTS = re.compile(
    _NUMBER + r"(?:table of contents|contents|tabla de contenidos?|contenidos?|[ií]ndice"
    r"|sumario|table des mati[eè]res|inhaltsverzeichnis)\s*:?",
    re.IGNORECASE,
)
_WORKS = re.compile(
    _NUMBER + r"(?:references|reference list|bibliography|works cited|literature cited"
    r"|referencias(?: bibliogr[aá]ficas)?|bibliograf[ií]a|obras citadas)\s*:?",
    re.IGNORECASE,
)
# A line of a table of contents ends in its page.
_PAGE = re.compile(r".*[\s.…](?:\d{1,4}|[ivxl]{1,7}|n/a)", re.IGNORECASE)
_ITEM = re.compile(r"\S*\d|[A-Za-z]{1,5}[.)]\s")  # "1. ", "2.1 ", "iv. "
_BULLET = re.compile(r"[•●▪■◦‣○▫□❑➢➤►✓✔\uf0a7\uf0b7\uf0d8]\s+(?=\S)")  # typed by hand
_SENTENCE_END = tuple(".!;,…。؟")
# Names that word processors give to the looks of headings which they do not know as such.
_HEADING_STYLE = re.compile(
    r"(?:sub)?(?:heading|head|title)s?\b|encabezado|[uü]berschrift|t[ií]tulo",
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


def outlined(pieces: list[Piece], looks: bool) -> list[Piece]:
    """The pieces with their true kinds; with `looks`, bold lines are headings where they are few.

    A bold line is a heading one level below the last that the document itself calls so.
    """
    found = _without_contents([_styled(piece) for piece in pieces])
    if looks:
        found = _with_bold_headings(found)
    return _without_works(found)


def _styled(piece: Piece) -> Piece:
    """What the name of its style says of a piece."""
    if _CONTENTS_STYLE.match(piece.style):
        return piece._replace(kind="contents", level=0)
    if _WORKS_STYLE.match(piece.style):
        return piece._replace(kind="references", level=0)
    if _BULLET.match(piece.text) and piece.kind == "paragraph":
        return piece._replace(kind="item", text=_BULLET.sub("", piece.text))
    return piece


def _without_contents(pieces: list[Piece]) -> list[Piece]:
    """Tables of contents that only their heading and their look tell."""
    found = list(pieces)
    for start, piece in enumerate(pieces):
        if piece.kind in {"heading", "paragraph"} and _CONTENTS.fullmatch(piece.text):
            end = _contents_end(pieces, start + 1)
            found[start:end] = [one._replace(kind="contents", level=0) for one in pieces[start:end]]
    return found


def _contents_end(pieces: list[Piece], start: int) -> int:
    """Where a table of contents ends: after the last line of a row of short ones with a page."""
    lines = list(takewhile(_is_line, pieces[start:]))
    paged = [at for at, line in enumerate(lines, start + 1) if _is_paged(line)]
    end = paged[-1] if paged else start
    if len(paged) < FEWEST_PAGED:
        end += len(list(takewhile(lambda line: not line.bold, lines[end - start :])))
    return end


def _is_line(piece: Piece) -> bool:
    if piece.kind in {"heading", "note"} or len(piece.text) > LONGEST_ENTRY:
        return False
    ends = piece.text.endswith((*_SENTENCE_END, ":", "?"))
    return _is_paged(piece) or not ends or len(piece.text) < SHORTEST_SENTENCE


def _is_paged(piece: Piece) -> bool:
    return piece.kind == "contents" or piece.linked or bool(_PAGE.fullmatch(piece.text))


def _with_bold_headings(pieces: list[Piece]) -> list[Piece]:
    bold = {  # the last has nothing under it
        at
        for at, (piece, after) in enumerate(pairwise(pieces))
        if _looks_a_heading(piece) and (piece.kind == "paragraph" or _heads(piece, after))
    }
    size = sum(len(piece.text) for piece in pieces if piece.kind in {"paragraph", "item", "row"})
    if 3 * sum(len(pieces[at].text) for at in bold) > size:
        return pieces  # most of the text looks like that
    bold -= _title_page(pieces, bold)
    found, above = [], 0
    for at, piece in enumerate(pieces):
        above = piece.level or above
        level = min(above + 1, 6)
        found.append(piece._replace(kind="heading", level=level) if at in bold else piece)
    return found


def _title_page(pieces: list[Piece], bold: set[int]) -> set[int]:
    """The bold lines that a document begins with, but for one that has text under it."""
    end = next(at for at in range(len(pieces) + 1) if at not in bold)
    if end < FEWEST_ON_TITLE_PAGE:
        return set()
    headed = end < len(pieces) and pieces[end].kind in {"paragraph", "item", "row"}
    return set(range(end - headed))


def _heads(item: Piece, after: Piece) -> bool:
    """Whether a numbered item has a paragraph of its own under it."""
    return bool(_ITEM.match(item.text)) and after.kind == "paragraph" and not after.bold


def _looks_a_heading(piece: Piece) -> bool:
    text = piece.text
    if (
        piece.kind not in {"paragraph", "item"}
        or len(text) > LONGEST_HEADING
        or text.endswith(_SENTENCE_END)
    ):
        return False
    if piece.style in _TITLE_STYLES or _CAPTION.match(text):
        return False
    if not any(char.isalpha() for char in text):
        return False
    return piece.bold or bool(_HEADING_STYLE.search(piece.style))


def _without_works(pieces: list[Piece]) -> list[Piece]:
    """Lists of works under a heading that says so, up to the next heading of its level."""
    found: list[Piece] = []
    level = 0  # of the heading that opened a list
    for piece in pieces:
        if piece.kind == "heading":
            opens = bool(_WORKS.fullmatch(piece.text))
            level = piece.level if opens else level * (piece.level > level)
        listed = level and piece.kind in {"paragraph", "item"}
        found.append(piece._replace(kind="references") if listed else piece)
    return found
