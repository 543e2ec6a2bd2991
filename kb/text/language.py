"""Guess the language of a query from its letters, word endings and common words."""

from kb.languages.registry import LOCALES, Locale
from kb.text.analysis import Token, words

# Weights of letters that only one language has and of a typical word ending; a common word has 1.
LETTERS, ENDING = 2.0, 0.6


def language_of(text: str) -> str:
    """Return the BCP 47 tag of the most likely language of a text; in doubt, English.

    >>> language_of("police out of schools"), language_of("policia fuera de las escuelas")
    ('en', 'es')
    """
    bare = text
    for locale in LOCALES.values():
        if locale.foreign_names:
            bare = locale.foreign_names.sub(" ", bare)
    found = words(bare)
    # In a tie the first language wins, and English comes first.
    return max(LOCALES.values(), key=lambda one: _signs(one, text, found)).tag


def _signs(locale: Locale, text: str, found: list[Token]) -> float:
    """Return the total weight of a language's letters, endings and common words in a text."""
    weight = LETTERS * bool(locale.letters and locale.letters.search(text))
    for token in found:
        ends = bool(locale.endings and locale.endings.search(token.word))
        weight += (token.word in locale.common_words) + ENDING * ends
    return weight
