"""Languages of the interface and of search, one row of data per language.

To add a language, add a row to LOCALES and a catalog to `locales/`.
"""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

ENGLISH = "en"  # the language of the templates, and of everything that has no translation
_CATALOGUES = files("kb.languages") / "locales"


def word_set(text: str) -> frozenset[str]:
    """Return the set of words in a text, split at white space."""
    return frozenset(text.split())


class Locale(NamedTuple):
    """A language: its catalog, its number formats and the analysis of its words.

    Words and endings are folded: lower-case, without accents.
    """

    tag: str  # BCP 47; Babel's locale for dates and counts
    name: str  # in the language itself
    regional: str  # Babel's locale for amounts, in the country of most of the corpus
    stemmer: str  # the Snowball algorithm
    catalogue: Traversable | None = None  # a .po file; None for the language of the templates
    stop_words: frozenset[str] = frozenset()  # words without content, left out of queries
    # Signs that a query is in the language: words that other languages lack, word endings, letters.
    # `foreign_names` matches place names from this language that are common in other languages.
    common_words: frozenset[str] = frozenset()
    endings: re.Pattern[str] | None = None
    letters: re.Pattern[str] | None = None
    foreign_names: re.Pattern[str] | None = None
    # Plural endings that the stemmer keeps. If the last two letters are removed first, the plural
    # has the same stem as the singular.
    long_plurals: tuple[str, ...] = ()


# "no", "sin" and "son" are not stop words, because they are meaningful words in English.
_ALL = (
    Locale(
        tag=ENGLISH,
        name="English",
        regional="en_US",
        stemmer="english",
        stop_words=word_set(
            "a an and are as at be been but by can could did do does for from had has have how i "
            "if in into is it its me my of on or our should so such than that the their them then "
            "there these they this to was we were what when where which who whom why will with "
            "would you your about any"
        ),
        common_words=word_set(
            "the of and to in is are was were be for with that this it on by from at an or as we "
            "our you your they their who what when where why how which do does did can could "
            "should would will not any all have has had there about into than out up so if but i"
        ),
    ),
    Locale(
        tag="es",
        name="Español",
        regional="es_US",
        stemmer="spanish",
        catalogue=_CATALOGUES / "es.po",
        stop_words=word_set(
            "al con cual cuales cuando como de del desde donde el ella ellos en entre es esa ese "
            "esta este esto la las le les lo los mas mi muy o para pero por porque que quien se "
            "ser si sobre su sus tu un una unas uno unos y ya hay fue han ha"
        ),
        common_words=word_set(
            "el la los las de del y en que se un una unas unos por para con sin su sus al lo le "
            "les es son fue como cuando donde quien cual cuales cuanto cuantos cuantas cuanta mas "
            "pero o si ya hay nos nuestra nuestro esta este esa ese ante contra desde entre hasta "
            "sobre porque tambien muy ni todo todos mi tu ser hacer tiene tienen"
        ),
        endings=re.compile(
            r"(?:cion|ciones|dad|dades|miento|mientos|anza|anzas|eria|erias|aje|ajes|ismo|"
            r"ados|adas|idos|idas|iendo|ando|ales|ares|ores|eros|eras|ario|aria|illo|illa|uela)$"
        ),
        letters=re.compile(r"[ñÑ¿¡áéíóúÁÉÍÓÚ]"),
        foreign_names=re.compile(
            r"\b(?:los angeles|las vegas|el paso|el salvador|la paz)\b", re.IGNORECASE
        ),
        long_plurals=("des", "les", "nes", "res"),
    ),
)
LOCALES = {one.tag: one for one in _ALL}
LANGUAGES = LOCALES.keys()  # English first


def locale_of(tag: str) -> Locale:
    """Return the locale for the language of a BCP 47 tag; English if there is none.

    >>> locale_of("es-MX").tag, locale_of("de").tag
    ('es', 'en')
    """
    return LOCALES.get(tag[:2]) or LOCALES[ENGLISH]


def is_stop_word(word: str) -> bool:
    """Return whether a folded word is a stop word in any of the languages."""
    return any(word in one.stop_words for one in LOCALES.values())
