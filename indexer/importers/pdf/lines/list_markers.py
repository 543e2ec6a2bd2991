"""What an item of a list begins with: a bullet, which is removed, or a number, which stays."""

import re

# Bullets, dashes, ticks and arrows of text fonts, and of symbol fonts in the private-use area.
_BULLET = "[•‣◦∙·●○◉◘⁃▪▫■□◆◇❖►▶▸➢➤➔→✓✔✗✘☐☑★⚫⦁]"
_PRIVATE = "[\ue000-\uf8ff]"
_NUMBER = (
    r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxlIVXL]{2,6})[.)]|\d{1,3}(?:\.\d{1,3}){1,3}:"
    r"|\[\d{1,3}\]|§\s?\d+\.?"
)

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
