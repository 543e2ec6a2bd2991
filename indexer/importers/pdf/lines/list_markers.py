"""Recognize the markers of list items: bullets, which are removed, and numbers, which stay."""

import re

from kb.text.list_markers import BULLETS, PRINTED_NUMBER

_BULLET = f"[{BULLETS}]"
_PRIVATE = "[\ue000-\uf8ff]"  # bullets of symbol fonts
_NUMBER = rf"{PRINTED_NUMBER}|\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}:|\[\d{{1,3}}\]|§\s?\d+\.?"

_ALONE = re.compile(f"(?:{_BULLET}|{_PRIVATE}|[-–—*o¬]|{_NUMBER})")
_FIRST = re.compile(
    f"(?:{_BULLET}|{_PRIVATE})+\\s*|[-–—*¬]\\s+(?=[\\w\"“'¿¡(])|o\\s+(?=[A-ZÁÉÍÓÚÑÜ¿¡])"
)
# A capital with a full stop may be an initial or "M." for Monsieur.
_NUMBERED = re.compile(f"(?![A-Z]\\.)(?:{_NUMBER})\\s+(?=\\S)")
_MAX_MARKER_CHARACTERS = 10


def is_marker(text: str) -> bool:
    """Return whether the text is only a bullet or an item number."""
    return len(text) <= _MAX_MARKER_CHARACTERS and _ALONE.fullmatch(text) is not None


def bullet(text: str) -> int:
    """Return the length of the bullet at the start of the text, with the space after it."""
    found = _FIRST.match(text)
    return found.end() if found else 0


def numbered(text: str) -> bool:
    """Return whether the text begins with an item number: `1.`, `(a)`, `iv)`."""
    return _NUMBERED.match(text) is not None
