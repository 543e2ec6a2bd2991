"""The lines of a draft -> one text, with a mark where each page begins in it."""

import re
from collections.abc import Callable, Collection

from indexer.importers.base import Mark
from indexer.importers.pdf.blocks.contents import without_leaders
from indexer.importers.pdf.blocks.drafts import Draft
from indexer.importers.pdf.blocks.hyphens import Hyphens, without_break
from indexer.importers.pdf.glyphs.textpage import HYPHEN
from indexer.importers.pdf.lines import endings
from indexer.importers.pdf.lines.cells import CELL, LEADER
from indexer.importers.pdf.lines.list_markers import bullet
from indexer.importers.pdf.lines.scripts import settle
from indexer.importers.shared.clean import one_line

BAR = " | "  # between cells

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SHOWS_NOTHING = re.compile("[\ue000-\uf8ff\ufffd]+")  # private use, and what has no character
_INNER = re.compile(f"{HYPHEN} (?=\\S)|{HYPHEN}(?=.)")
_DASH = re.compile(r"\S[–—/]$|\d-$")
_ADDRESS = re.compile(r"(?:https?:|www\.)\S*[/\-_=?&%#@:]$|\S+@$")
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Writer:
    """Writes drafts as texts."""

    def __init__(self, hyphens: Hyphens, notes: Callable[[int], Collection[str]]) -> None:
        self._hyphens = hyphens
        self._notes = notes  # marks of the notes on a page

    def write(self, draft: Draft) -> None:
        """Write a draft as one text with its marks, and give up its lines."""
        text, before, page = "", "", 0
        marks: list[Mark] = []
        for part in draft.parts:
            line = self._line(draft, part.line.text, part.page, first=not text)
            if not line:
                continue
            if before:
                text, space = self._joint(text, before, line)
                text += space
            if part.page != page:
                marks.append(Mark(start=len(text), page=part.page))
                page = part.page
            text += line.replace(HYPHEN, "-")
            before = line
        draft.written = text if any(map(str.isalnum, text)) else ""
        draft.marks, draft.parts = tuple(marks), []

    def _line(self, draft: Draft, text: str, page: int, first: bool) -> str:
        """A line as it is read; a hyphen at its end stays what it was."""
        if draft.kind == "contents":
            text = without_leaders(text)
        notes = () if draft.kind == "note" and first else self._notes(page)
        text = self._cut(draft, settle(text, notes), first)
        hyphen = HYPHEN if text.endswith(HYPHEN) else ""
        if HYPHEN in text:
            text = _INNER.sub(self._inner, text).removesuffix(HYPHEN)
        if CELL in text or LEADER in text:
            cells = [_clean(cell) for cell in text.replace(LEADER, CELL).split(CELL)]
            text = BAR.join(cell for cell in (cell[bullet(cell) :] for cell in cells) if cell)
        return _clean(text) + hyphen

    def _cut(self, draft: Draft, text: str, first: bool) -> str:
        """The line without its bullet."""
        return text[bullet(text) :] if first and draft.kind == "item" else text

    def _inner(self, found: re.Match[str]) -> str:
        """A hyphen within a line: the end of a line within a cell."""
        text = found.string
        keep = self._hyphens.belongs(text[: found.start()], text[found.end() :])
        return "-" if keep else ""

    def _joint(self, text: str, before: str, after: str) -> tuple[str, str]:
        """The text so far and what comes between it and the next line."""
        if endings.is_hyphenated(before):
            if self._hyphens.belongs(without_break(before), after):
                return text, ""
            return without_break(text), ""
        last = text[text.rfind(" ") + 1 :]
        if _DASH.search(before) or before.endswith(HYPHEN) or _ADDRESS.search(last):
            return text, ""
        if _IDEOGRAPH.match(before[-1]) and _IDEOGRAPH.match(after[0]):
            return text, ""
        return text, " "


def _clean(text: str) -> str:
    """The text on one line, with letters in the place of ligatures."""
    if not text.isprintable():
        text = one_line(_SHOWS_NOTHING.sub(" ", text))
    if not text.isascii():
        text = text.translate(_LIGATURES).replace("\ufffd", " ")
    return " ".join(text.split())
