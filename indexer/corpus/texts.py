"""Compare texts by their content words."""

import re

from kb.languages.registry import is_stop_word
from kb.text.analysis import stem, words

# Words that refer to an earlier text if they begin a record.
_REFERRING = re.compile(
    r"(It|They|Those|These|This|He|She|Its|Their|Ello|Ellos|Ellas|Estos|Estas|Esto|Esta|Este)\b"
)


def content_words(text: str, language: str = "en") -> set[str]:
    """Return the stems of the words of a text that are not stop words."""
    return {stem(one.word, language) for one in words(text) if not is_stop_word(one.word)}


def share_of_shorter(one: str, other: str, language: str = "en") -> float:
    """Return the share (0 to 1) of the shorter text's content words that the other contains."""
    first, second = content_words(one, language), content_words(other, language)
    return len(first & second) / max(1, min(len(first), len(second)))


def added_words(title: str, text: str, language: str = "en") -> int:
    """Return the number of content words of a text that are not in its title."""
    return len(content_words(text, language) - content_words(title, language))


def refers_back(text: str) -> bool:
    """Return whether a text begins with a word that refers to an earlier text.

    >>> refers_back("They won."), refers_back("Tenants won.")
    (True, False)
    """
    return bool(_REFERRING.match(text))
