"""Normalize names, dates and languages from file metadata."""

import datetime
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from indexer.corpus.dates import bounds
from indexer.importers.shared.clean import one_line

MIN_YEAR = 1000  # some programs write 0101-01-01 for "unknown"

# Placeholders that programs and shared computers use instead of a name.
_PLACEHOLDER = re.compile(
    r"""
    (?:the\ )?(?:admin(?:istrator|istrador)?|user|usuario|utilisateur|benutzer|owner|author|autor
      |unknown|anonymous|an[oó]nimo|desconocido|default|guest|test|root|none|n/?a
      |(?:your|company|user|author)\ name)[\s_-]*\d*
    | (?:microsoft|windows|ms|office|apple|mac|hp|dell|lenovo|acer|asus|toshiba|compaq|ibm)
      (?:[\s_-]*(?:office|word|corporation|user|customer|pc|de|inc\.?|\d+))*
    | \w+\ (?:user|admin(?:istrator)?)[\s_-]*\d* | .*\\.* | adobe\ .*
    | usuario\ de\ (?:windows|microsoft\ office)
    | python-docx | pandoc\b.* | libreoffice\b.* | openoffice\b.* | apache\ poi | calibre\b.*
    | [\W\d_]*                             # no letter
    | \w+-pc\d* | (?:desktop|laptop)-\w+ | \S+@\S+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LOGIN = re.compile(r"[a-z][a-z0-9._-]*")  # jsmith, j.smith2

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_LANGUAGES = {"english": "en", "inglés": "en", "ingles": "en", "spanish": "es", "español": "es"}
_NO_LANGUAGE = {"und", "zxx", "mul", "mis"}

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?!\d))?)?(?!\d)(?:[T ].*)?")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_MONTHS = (
    "jan ene", "feb", "mar", "apr abr", "may", "jun", "jul", "aug ago", "sep", "oct", "nov",
    "dec dic",
)  # fmt: skip


class About(NamedTuple):
    """Metadata stated in a file, as fields of `Extracted`."""

    title: str | None = None
    creator: tuple[str, ...] = ()
    issued: str | None = None
    language: str | None = None
    url: str | None = None
    site: str | None = None

    def fields(self, guess: str | None) -> dict[str, Any]:
        """Return the metadata as fields of `Extracted`; the title is `guess` if none is stated."""
        guessed = ("title",) if guess and not self.title else ()
        return self._asdict() | {"title": self.title or guess, "guessed": guessed}


def creators(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return the distinct names of people and organizations, which semicolons may separate.

    Names of programs and computers, logins and placeholders are left out.
    """
    single = (one_line(name) for several in names for name in (several or "").split(";"))
    known = (name for name in single if not _PLACEHOLDER.fullmatch(name))
    return tuple(dict.fromkeys(name for name in known if not _LOGIN.fullmatch(name)))


def stated_language(text: str | None) -> str | None:
    """Return a normalized BCP 47 tag, or None if the text does not name a language.

    >>> stated_language("en_us"), stated_language("Spanish"), stated_language("und")
    ('en-US', 'es', None)
    """
    tag = one_line(text or "").replace("_", "-")
    tag = _LANGUAGES.get(tag.lower(), tag)
    first, *others = tag.split("-")
    if not _LANGUAGE.fullmatch(tag) or first.lower() in _NO_LANGUAGE:
        return None
    return "-".join([first.lower(), *(one.upper() if len(one) == 2 else one for one in others)])


def stated_date(text: str) -> str | None:
    """Convert a free-form date to EDTF, or only its year if the rest is ambiguous.

    Return None if no definite year is found.

    >>> stated_date("March 3, 2020"), stated_date("3 de marzo de 2020"), stated_date("03/04/2020")
    ('2020-03-03', '2020-03-03', '2020')
    """
    if match := _ISO.fullmatch(text):
        return _date(*match.groups())
    try:
        bounds(text)
    except ValueError:
        return _worded_date(text.lower())
    return text


def _worded_date(text: str) -> str | None:
    years = _YEAR.findall(text)
    if len(years) != 1:
        return None
    words = re.findall(r"[^\W\d_]+", text)
    months = [
        number
        for number, starts in enumerate(_MONTHS, start=1)
        if any(word.startswith(tuple(starts.split())) for word in words)
    ]
    days = _DAY.findall(text)
    month = str(months[0]) if len(months) == 1 else None
    return _date(years[0], month, days[0] if month and len(days) == 1 else None)


def _date(year: str, month: str | None, day: str | None) -> str | None:
    if int(year) < MIN_YEAR:
        return None
    try:
        found = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return year if month else None
    whole = found.isoformat()
    return whole if day else (whole[:7] if month else whole[:4])
