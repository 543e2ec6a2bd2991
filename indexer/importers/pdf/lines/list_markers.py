"""What an item of a list begins with: a bullet, which is removed, or a number, which stays."""

import re

from kb.text.list_markers import BULLETS, PRINTED_NUMBER

_BULLET = f"[{BULLETS}]"
_PRIVATE = "[\ue000-\uf8ff]"  # bullets of symbol fonts
_NUMBER = rf"{PRINTED_NUMBER}|\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}:|\[\d{{1,3}}\]|§\s?\d+\.?"

_ALONE = re.compile(f"(?:{_BULLET}|{_PRIVATE}|[-–—*o¬]|{_NUMBER})")
_FIRST = re.compile(
    f"(?:{_BULLET}|{_PRIVATE})+\\s*|[-–—*¬]\\s+(?=[\\w\"“'¿¡(])|o\\s+(?=[A-ZÁÉÍÓÚÑÜ¿¡])"
)
# A capital with a full stop may be an initial, or a Monsieur.
_NUMBERED = re.compile(f"(?![A-Z]\\.)(?:{_NUMBER})\\s+(?=\\S)")
_LONGEST = 10  # characters of a marker


def is_marker(text: str) -> bool:
    """Return whether the text is a bullet or a number of an item, and nothing else."""
    return len(text) <= _LONGEST and _ALONE.fullmatch(text) is not None


def bullet(text: str) -> int:
    """Return how many characters of the text are its bullet, with the space after it."""
    found = _FIRST.match(text)
    return found.end() if found else 0


def numbered(text: str) -> bool:
    """Return whether the text begins with the number of an item: `1.`, `(a)`, `iv)`."""
    return _NUMBERED.match(text) is not None
