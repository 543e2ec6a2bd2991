"""Whether a page's characters are text, or the codes of a font that does not say what they mean."""

import re

MEANINGLESS = 0.5  # most share of characters without a meaning
READABLE = 0.35  # least share of letters and digits
ENOUGH = 100  # characters from which that share counts

_NONE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
# Spaces, and what leaders, and the lines of tables and forms, are made of.
_FILLING = re.compile(r"[\s.…_\-–—·•*=|/\ufffe]")
_READABLE = re.compile(r"[^\W_]")


def is_legible(text: str) -> bool:
    """Whether the characters of a page are words; a page without any has none."""
    filling = len(_FILLING.findall(text))
    rest = len(text) - filling
    if not rest:
        return False
    if len(_NONE.findall(text)) > MEANINGLESS * rest:
        return False
    return rest < ENOUGH or len(_READABLE.findall(text)) >= READABLE * rest
