"""Recognize list markers, note marks and ends of sentences in the text of a line."""

import re
from collections.abc import Collection

from indexer.importers.shared.hyphens import HYPHEN
from kb.text.list_markers import BULLETS, PRINTED_NUMBER

# These enclose a superscript in the text of a line until `settle` replaces it.
RAISED, LOWERED = "\x0e", "\x0f"

_BULLET = f"[{BULLETS}\ue000-\uf8ff]"  # including private-use characters of symbol fonts
_NUMBER = rf"{PRINTED_NUMBER}|\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}:|\[\d{{1,3}}\]|§\s?\d+\.?"
_ALONE = re.compile(f"(?:{_BULLET}|[-–—*o¬]|{_NUMBER})")
_FIRST = re.compile(f"{_BULLET}+\\s*|[-–—*¬]\\s+(?=[\\w\"“'¿¡(])|o\\s+(?=[A-ZÁÉÍÓÚÑÜ¿¡])")
# A capital with a period may be an initial, or "M." for Monsieur.
_NUMBERED = re.compile(f"(?![A-Z]\\.)(?:{_NUMBER})\\s+(?=\\S)")

_OTHERS = re.compile(r"[\W_]+")
_CLOSED = re.compile(r"[.!?:;…。！？।؟][\"'”’»)\]\s]*$")
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]\s]*$")
# English and Spanish words that do not end a sentence.
_OPEN = re.compile(
    rf"(?:,|[–—\-\u2010{HYPHEN}]|\b(?:the|an?|of|to|in|on|at|by|for|from|with|and|or|but|nor|that"
    r"|which|who|whose|is|are|was|were|be|been|as|than|if|when|while|our|their|its|this|these|those"
    r"|not|no|el|la|los|las|un|una|unos|unas|de|del|al|en|con|por|para|y|e|o|u|que|su|sus|se|es|son"
    r"|como|sin|sobre))$",
    re.IGNORECASE,
)

_LAST_RAISED = re.compile(f"{RAISED}[^{LOWERED}]*{LOWERED}\\s*$")
_RAISED = re.compile(f"(?P<before>\\S*?) ?{RAISED}(?P<text>[^{LOWERED}]*){LOWERED}(?P<slash>[⁄/]?)")
_NOTE_MARK = re.compile(r"\(?\[?(?:\d{1,3}(?:[,–-]\d{1,3})*|[*∗†‡§¶]+|[a-z])\]?\)?,?")
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdm]?m|ft|in|mi|yd|km|[xnRrpXNχyz])$")
_YEAR = re.compile(r"(?:^|\D)(?:1[5-9]|20)\d\d$")
_DIGITS = str.maketrans("0123456789+-–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")


def is_marker(text: str) -> bool:
    """Return whether a text is only a bullet or a list number."""
    return _ALONE.fullmatch(text) is not None


def bullet(text: str) -> int:
    """Return the length of the bullet at the start of a text and the space after it, or 0."""
    found = _FIRST.match(text)
    return found.end() if found else 0


def numbered(text: str) -> bool:
    """Return whether a text begins with a list number, such as `1.`, `(a)` or `iv)`."""
    return _NUMBERED.match(text) is not None


def is_item(text: str) -> bool:
    """Return whether a text begins with a bullet or a list number."""
    return bullet(text) > 0 or numbered(text)


def letters_only(text: str) -> str:
    """Return the letters and digits of a text in lowercase, for comparison with another text."""
    return _OTHERS.sub("", text).casefold()


def begins_lower(text: str) -> bool:
    """Return whether a text begins with a lowercase letter, ignoring quotes and brackets."""
    return text.lstrip("\"'“”‘’«»([¿¡ ")[:1].islower()


def begins_cased(text: str) -> bool:
    """Return whether the first letter of a text is from a script with upper and lower case."""
    first = next((char for char in text if char.isalpha()), "")
    return first.islower() or first.isupper()


def plain(text: str) -> str:
    """Return a text without a superscript at its end, which may be a note mark."""
    return _LAST_RAISED.sub("", text).rstrip()


def is_closed(text: str) -> bool:
    """Return whether a line ends a sentence or a clause."""
    return _CLOSED.search(plain(text)) is not None


def ends_sentence(text: str) -> bool:
    """Return whether a line ends a sentence."""
    return _SENTENCE.search(plain(text)) is not None


def is_open(text: str) -> bool:
    """Return whether a line ends with a word or character that cannot end a sentence."""
    return _OPEN.search(plain(text)) is not None


def note_mark(text: str) -> str | None:
    """Return the superscript note mark at the start of a line, or None."""
    found = _RAISED.match(text)
    mark = found["text"].strip() if found and not found["before"] else ""
    return mark if _NOTE_MARK.fullmatch(mark) else None


def settle(text: str, notes: Collection[str] = ()) -> str:
    r"""Remove note marks from a line, and write other superscripts as Unicode or plain text.

    `notes` holds the marks of the notes found on the page.

    >>> settle("ended.\x0e12\x0f Two m\x0e2\x0f of the 1\x0est\x0f floor")
    'ended. Two m² of the 1st floor'
    """
    if RAISED not in text:
        return text
    return _RAISED.sub(lambda found: found["before"] + _settled(found, notes), text)


def _settled(found: re.Match[str], notes: Collection[str]) -> str:
    raised, before = found["text"].strip(), found["before"]
    if found["slash"]:
        return raised + found["slash"]  # a fraction
    marks = [one for one in re.split(r"[,\s]+", raised) if one]
    if not marks or (any(one in notes for one in marks) and all(map(_NOTE_MARK.fullmatch, marks))):
        return ""
    if not before:
        return f" {raised} "
    if any(char.isalpha() for char in raised) and len(raised) > 1:
        return raised  # 1st, 2nd, Mme
    power = _UNIT.search(before) or (before[-1].isdigit() and not _YEAR.search(before))
    return raised.translate(_DIGITS) if power or not _NOTE_MARK.fullmatch(raised) else ""
