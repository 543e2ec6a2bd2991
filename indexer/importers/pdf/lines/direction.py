"""Pages that are read from right to left, mirrored: then their first column is the left one too."""

import re
from collections.abc import Sequence

from indexer.importers.pdf.glyphs.rules import Rule
from indexer.importers.pdf.glyphs.textpage import Word

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours, and their presentation forms.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a page are of scripts that run to the left."""
    if text.isascii():
        return False
    right = len(_RIGHT_TO_LEFT.findall(text))
    return right > 0 and right > 0.5 * len(_LETTER.findall(text))


def mirrored(words: Sequence[Word], width: float) -> list[Word]:
    """The words with left and right exchanged."""
    return [word._replace(x0=width - word.x1, x1=width - word.x0) for word in words]


def mirrored_rules(rules: Sequence[Rule], width: float) -> list[Rule]:
    """The lines with left and right exchanged."""
    return [Rule(width - rule.x1, width - rule.x0, rule.y) for rule in rules]
