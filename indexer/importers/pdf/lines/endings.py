"""Test whether a line ends a sentence, and whether the next line continues it."""

import re

from indexer.importers.pdf.glyphs.textpage import HYPHEN
from indexer.importers.pdf.lines.superscripts import LOWERED, RAISED

_CLOSED = re.compile(r"[.!?:;…。！？।؟][\"'”’»)\]\s]*$")
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]\s]*$")
_HYPHENATED = re.compile(rf"[^\W\d_][-\u2010\u00ad{HYPHEN}]$")
_MARK = re.compile(f"{RAISED}[^{LOWERED}]*{LOWERED}\\s*$")
# English and Spanish words that do not end a sentence.
_OPEN = re.compile(
    rf"(?:,|[–—\-\u2010{HYPHEN}]|\b(?:the|an?|of|to|in|on|at|by|for|from|with|and|or|but|nor|that"
    r"|which|who|whose|is|are|was|were|be|been|as|than|if|when|while|our|their|its|this|these|those"
    r"|not|no|el|la|los|las|un|una|unos|unas|de|del|al|en|con|por|para|y|e|o|u|que|su|sus|se|es|son"
    r"|como|sin|sobre))$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return the text without a note mark at its end."""
    return _MARK.sub("", text).rstrip()


def is_closed(text: str) -> bool:
    """Return whether the line ends a sentence or a clause."""
    return _CLOSED.search(plain(text)) is not None


def ends_sentence(text: str) -> bool:
    """Return whether the line ends a sentence."""
    return _SENTENCE.search(plain(text)) is not None


def is_hyphenated(text: str) -> bool:
    """Return whether the line ends within a word."""
    return _HYPHENATED.search(text) is not None


def is_open(text: str) -> bool:
    """Return whether the line ends with a word or character that does not end a sentence."""
    return _OPEN.search(plain(text)) is not None


def begins_lower(text: str) -> bool:
    """Return whether the first letter is lower case, after quotation marks or brackets."""
    first = text.lstrip("\"'“”‘’«»([¿¡ ")[:1]
    return first.islower()


def begins_cased(text: str) -> bool:
    """Return whether the first letter is of a script with upper and lower case."""
    first = next((char for char in text if char.isalpha()), "")
    return first.islower() or first.isupper()
