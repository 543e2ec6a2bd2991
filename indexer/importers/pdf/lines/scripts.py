"""Superscripts: which are marks of notes, and what the others become in a line of text."""

import re
from collections.abc import Collection

from indexer.importers.pdf.lines.runs import LOWERED, RAISED

_RAISED = re.compile(f"(?P<before>\\S*?) ?{RAISED}(?P<text>[^{LOWERED}]*){LOWERED}")
_MARK = re.compile(r"\(?\[?(?:\d{1,3}(?:[,–-]\d{1,3})*|[*∗†‡§¶]+|[a-z])\]?\)?,?")
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdm]?m|ft|in|mi|yd|km|[xnRrpXNχyz])$")
_YEAR = re.compile(r"(?:^|\D)(?:1[5-9]|20)\d\d$")
_DIGITS = str.maketrans("0123456789+-–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")


def note_mark(text: str) -> str | None:
    """The mark of a note that a line begins with, raised above it."""
    found = _RAISED.match(text)
    if not found or found["before"] or not _MARK.fullmatch(found["text"].strip()):
        return None
    return found["text"].strip()


def settle(text: str, notes: Collection[str] = ()) -> str:
    r"""The line without marks of notes; other superscripts as Unicode writes them.

    `notes` are the marks of the notes that are known to stand on the page.

    >>> settle("ended.\x0e12\x0f Two m\x0e2\x0f of the 1\x0est\x0f floor")
    'ended. Two m² of the 1st floor'
    """
    if RAISED not in text:
        return text
    return _RAISED.sub(lambda found: found["before"] + _kept(found, notes), text)


def _kept(found: re.Match[str], notes: Collection[str]) -> str:
    raised, before = found["text"].strip(), found["before"]
    if found.string[found.end() : found.end() + 1] in {"⁄", "/"}:
        return raised  # a fraction
    if raised in notes or not raised:
        return ""
    if not before:
        return f" {raised} "
    if any(char.isalpha() for char in raised) and len(raised) > 1:
        return raised  # 1st, 2nd, Mme
    power = _UNIT.search(before) or (before[-1].isdigit() and not _YEAR.search(before))
    return raised.translate(_DIGITS) if power or not _MARK.fullmatch(raised) else ""
