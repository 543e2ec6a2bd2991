"""Locators in words, and which places are labeled "Place of the source"."""

from collections.abc import Callable, Iterator

from kb.domain.passages import Entry
from kb.domain.records import Locator
from kb.languages.catalog import catalogue
from kb.languages.labels import _

_POINT = _("point %(number)s")
_PAGE, _PAGES = _("p. %(page)s"), _("pp. %(page)s")
_SHEET, _SHEETS = _("p. %(page)s of the file"), _("pp. %(page)s of the file")
_ROW, _PARAGRAPH, _TIME = _("row %(row)s"), _("para. %(number)s"), _("at %(time)s")

Translate = Callable[[str], str]


def located(locator: Locator | None, language: str) -> str:
    """Return a locator in words, or "" if there is none.

    If the section has only one heading, and that is a number, it is called a point.

    >>> located(Locator(section=("2",), page="5"), "en")
    'point 2, p. 5'
    """
    if locator is None:
        return ""
    translate = catalogue(language).gettext
    return ", ".join(filter(None, (_section(locator, translate), *_spots(locator, translate))))


def spot(locator: Locator | None, language: str) -> str:
    """Return a locator in words without section headings, to tell passages of one source apart.

    >>> spot(Locator(section=("Costs",), sheet=5, last_sheet=6), "en")
    'pp. 5–6 of the file'
    """
    return ", ".join(_spots(locator, catalogue(language).gettext)) if locator else ""


def _section(locator: Locator, translate: Translate) -> str:
    section = locator.section
    if len(section) == 1 and section[0].isdecimal():
        return translate(_POINT) % {"number": section[0]}
    return f"“{' > '.join(section)}”" if section else ""


def _spots(locator: Locator, translate: Translate) -> Iterator[str]:
    if locator.page:
        yield translate(_PAGES if "–" in locator.page else _PAGE) % {"page": locator.page}
    elif locator.sheet:
        sheets = [str(one) for one in (locator.sheet, locator.last_sheet) if one]
        yield translate(_SHEETS if len(sheets) > 1 else _SHEET) % {"page": "–".join(sheets)}
    if locator.row:
        yield translate(_ROW) % {"row": locator.row}
    if locator.paragraph:
        yield translate(_PARAGRAPH) % {"number": locator.paragraph}
    if locator.speaker:
        yield locator.speaker
    if locator.timestamp:
        yield translate(_TIME) % {"time": locator.timestamp.removesuffix(".000")}


def is_of_source(entry: Entry) -> bool:
    """Return whether to label the place of a passage as "Place of the source".

    This is true of findings and ideas in case files, because they often describe other places.
    """
    return entry.document.kind == "outcome" and entry.kind in {"finding", "idea"}
