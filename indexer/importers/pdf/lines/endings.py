"""How lines end and begin: whether a sentence ends, and whether the next line goes on with it."""

import re

from indexer.importers.pdf.glyphs.textpage import HYPHEN
from indexer.importers.pdf.lines.runs import LOWERED, RAISED

_CLOSED = re.compile(r"[.!?:;…。！？।؟][\"'”’»)\]\s]*$")
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]\s]*$")
_HYPHENATED = re.compile(rf"[^\W\d_][-\u2010\u00ad{HYPHEN}]$")
_MARK = re.compile(f"{RAISED}[^{LOWERED}]*{LOWERED}\\s*$")
# Words that no sentence ends with, in English and Spanish: what follows goes on.
_OPEN = re.compile(
    r"(?:,|[–—-]|\b(?:the|an?|of|to|in|on|at|by|for|from|with|and|or|but|nor|that|which|who|whose|is|are|was"
    r"|were|be|been|as|than|if|when|while|our|their|its|this|these|those|not|no|el|la|los|las|un|una"
    r"|unos|unas|de|del|al|en|con|por|para|y|e|o|u|que|su|sus|se|es|son|como|sin|sobre))$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text without a mark of a note at its end."""
    return _MARK.sub("", text).rstrip()


def is_closed(text: str) -> bool:
    """Whether the line ends a sentence, or one of its larger parts."""
    return _CLOSED.search(plain(text)) is not None


def ends_sentence(text: str) -> bool:
    """Whether the line ends a sentence."""
    return _SENTENCE.search(plain(text)) is not None


def is_hyphenated(text: str) -> bool:
    """Whether the line ends within a word."""
    return _HYPHENATED.search(text) is not None


def is_open(text: str) -> bool:
    """Whether the line ends with a word or a sign that none ends with."""
    return _OPEN.search(plain(text)) is not None


def begins_lower(text: str) -> bool:
    """Whether the first letter is a small one, and nothing but quotation marks is before it."""
    first = text.lstrip("\"'“”‘’«»([¿¡ ")[:1]
    return first.islower()


def begins_cased(text: str) -> bool:
    """Whether the first letter is of a script that has capitals."""
    first = next((char for char in text if char.isalpha()), "")
    return first.islower() or first.isupper()
