"""Remove superscript note marks from lines, and write other superscripts in Unicode."""

import re
from collections.abc import Collection

# These two enclose a superscript in a line's text until it is resolved.
RAISED, LOWERED = "\x0e", "\x0f"

_RAISED = re.compile(f"(?P<before>\\S*?) ?{RAISED}(?P<text>[^{LOWERED}]*){LOWERED}")
_MARK = re.compile(r"\(?\[?(?:\d{1,3}(?:[,–-]\d{1,3})*|[*∗†‡§¶]+|[a-z])\]?\)?,?")
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdm]?m|ft|in|mi|yd|km|[xnRrpXNχyz])$")
_YEAR = re.compile(r"(?:^|\D)(?:1[5-9]|20)\d\d$")
_DIGITS = str.maketrans("0123456789+-–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")


def note_mark(text: str) -> str | None:
    """Return the superscript note mark at the start of a line."""
    found = _RAISED.match(text)
    if not found or found["before"] or not _MARK.fullmatch(found["text"].strip()):
        return None
    return found["text"].strip()


def settle(text: str, notes: Collection[str] = ()) -> str:
    r"""Remove note marks from the line and write other superscripts in Unicode.

    `notes` are the marks of the known notes of the page.

    >>> settle("ended.\x0e12\x0f Two m\x0e2\x0f of the 1\x0est\x0f floor")
    'ended. Two m² of the 1st floor'
    """
    if RAISED not in text:
        return text
    return _RAISED.sub(lambda found: found["before"] + _settled(found, notes), text)


def _settled(found: re.Match[str], notes: Collection[str]) -> str:
    raised, before = found["text"].strip(), found["before"]
    if found.string[found.end() : found.end() + 1] in {"⁄", "/"}:
        return raised  # a fraction
    marks = [one for one in re.split(r"[,\s]+", raised) if one]
    if not marks or (any(one in notes for one in marks) and all(map(_MARK.fullmatch, marks))):
        return ""
    if not before:
        return f" {raised} "
    if any(char.isalpha() for char in raised) and len(raised) > 1:
        return raised  # 1st, 2nd, Mme
    power = _UNIT.search(before) or (before[-1].isdigit() and not _YEAR.search(before))
    return raised.translate(_DIGITS) if power or not _MARK.fullmatch(raised) else ""
