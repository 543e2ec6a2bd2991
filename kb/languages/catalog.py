"""Choose the language of the pages, and load its messages from a catalog.

The reader's choice comes first, then the browser's. English texts are in the templates and in
the code; every other language has a gettext catalog.
"""

import gettext
import re
from datetime import date
from functools import cache
from io import BytesIO

from babel.core import negotiate_locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from kb.languages.registry import ENGLISH, LANGUAGES, LOCALES

MOST_ACCEPTED = 20  # number of languages read from an Accept-Language header
_YEARS = re.compile(r"^(\d{4})/(\d{4})$")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def chosen(asked: str | None, accepted: str) -> str:
    """Return `asked` if it is supported, else the best language in `accepted`, else English.

    `accepted` is the value of an Accept-Language header.

    >>> chosen(None, "fr;q=0.9, es-MX;q=0.8, en;q=0.1"), chosen("en", "es")
    ('es', 'en')
    """
    if asked in LANGUAGES:
        return str(asked)
    parts = [one.partition(";q=") for one in accepted.replace(" ", "").split(",")[:MOST_ACCEPTED]]
    wanted = [(name.replace("-", "_"), _weight(weight)) for name, _, weight in parts]
    names = [name for name, weight in sorted(wanted, key=lambda one: -one[1]) if weight > 0]
    return negotiate_locale(names, LANGUAGES) or ENGLISH


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the message catalog of a language, read only once; English has an empty one."""
    path = LOCALES[language].catalogue
    if path is None:
        return gettext.NullTranslations()
    packed = BytesIO()
    write_mo(packed, read_po(BytesIO(path.read_bytes()), locale=language))
    packed.seek(0)
    return gettext.GNUTranslations(packed)


def day(edtf: str | None, language: str) -> str:
    """Return an EDTF date in words; any other text is returned unchanged, and None as "".

    >>> day("2016-08-01", "en"), day("2016-08", "es"), day("1963", "en"), day("1960/1963", "en")
    ('August 1, 2016', 'agosto de 2016', '1963', '1960–1963')
    """
    match = _DATE.fullmatch(edtf or "")
    if not match or not match[2]:
        return _YEARS.sub(r"\1–\2", edtf or "")
    try:
        found = date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return edtf or ""
    if match[3]:
        return format_date(found, "long", locale=language)
    return format_skeleton("yMMMM", found, locale=language)


def number(value: int, language: str) -> str:
    """Return a whole number with the digit grouping of a language."""
    return format_decimal(value, locale=language)
