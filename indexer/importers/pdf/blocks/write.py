"""Join the lines of a draft into one text, with a mark where each page starts."""

import re
import unicodedata
from collections.abc import Collection, Mapping

from indexer.importers.base import Mark
from indexer.importers.pdf.blocks.grouping import Draft
from indexer.importers.pdf.lines.lines import CELL, LEADER, Line
from indexer.importers.pdf.lines.runs import DROPPED
from indexer.importers.pdf.lines.wording import bullet, settle
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.hyphens import (
    HYPHEN,
    Hyphens,
    is_address,
    is_hyphenated,
    without_break,
)

BAR = " | "  # between cells

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_INVISIBLE = re.compile("[\ue000-\uf8ff\ufffd]+")  # private use and replacement characters
_INNER = re.compile(f"{HYPHEN} (?=\\S)|{HYPHEN}(?=.)")
_DASH = re.compile(rf"[^\s\-–—][–—/\-\u2010{HYPHEN}]$")
_CUT_ADDRESS = re.compile(r"[/\-_=?&%#@:]$")
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_DROPPED = re.compile(f"(\\w){DROPPED}(\\w*)")
_ONE_LETTER_WORDS = frozenset("AIOYEU")  # in English and Spanish


class Writer:
    """Writes the text of drafts, resolving hyphens, note marks and drop caps."""

    def __init__(self, hyphens: Hyphens, notes: Mapping[int, Collection[str]]) -> None:
        self._hyphens = hyphens
        self._notes = notes  # page -> marks of its notes

    def write(self, draft: Draft) -> bool:
        """Set the text and page marks of a draft, and return whether it has any text."""
        text, before, page = "", "", 0
        marks: list[Mark] = []
        for part in draft.lines:
            line = self._line(draft, part, first=not text)
            if not line:
                continue
            if before:
                text = self._before(text, before, line)
            if part.page != page:
                marks.append(Mark(start=len(text), page=part.page))
                page = part.page
            text += line.replace(HYPHEN, "-")
            before = line
        draft.written = text if any(map(str.isalnum, text)) else ""
        draft.marks = tuple(marks)
        return draft.written != ""

    def _line(self, draft: Draft, line: Line, first: bool) -> str:
        """Return the clean text of a line, keeping a HYPHEN at its end."""
        text = line.text
        if draft.kind == "contents":
            text = text.replace(LEADER, " ").replace(CELL, " ")
        notes = () if draft.kind == "note" and first else self._notes.get(line.page, ())
        text = settle(text, notes)
        if first and draft.kind == "item":
            text = text[bullet(text) :]
        text = _DROPPED.sub(self._dropped, text).replace(DROPPED, "")
        hyphen = HYPHEN if text.endswith(HYPHEN) else ""
        text = _INNER.sub(self._inner, text).removesuffix(HYPHEN)
        if CELL in text or LEADER in text:
            cells = map(_clean, text.replace(LEADER, CELL).split(CELL))
            text = BAR.join(filter(None, (cell[bullet(cell) :] for cell in cells)))
        return _clean(text) + hyphen

    def _dropped(self, found: re.Match[str]) -> str:
        """Join a drop cap to the text after it, with a space if that is a new word."""
        letter, rest = found.groups()
        if letter not in _ONE_LETTER_WORDS or self._hyphens.has(f"{letter}{rest}"):
            return f"{letter}{rest}"
        other = self._hyphens.has(rest) and len(rest) > 1
        return f"{letter} {rest}" if other or rest.istitle() else f"{letter}{rest}"

    def _inner(self, found: re.Match[str]) -> str:
        """Return the separator for a line-end hyphen that is inside a line, as in a joined cell."""
        text = found.string
        return self._hyphens.between(text[: found.start() + 1], text[found.end() :])

    def _before(self, text: str, before: str, after: str) -> str:
        """Return the text so far, with the separator that precedes the next line."""
        if is_hyphenated(before):
            return without_break(text) + self._hyphens.between(before, after)
        cut = _DASH.search(before) or (_CUT_ADDRESS.search(text) and is_address(text))
        ideographs = _IDEOGRAPH.match(before[-1]) and _IDEOGRAPH.match(after[0])
        return text if cut or ideographs else f"{text} "


def _clean(text: str) -> str:
    """Return the text on one line, with ligatures replaced by letters."""
    return one_line(_INVISIBLE.sub(" ", text).translate(_LIGATURES))
