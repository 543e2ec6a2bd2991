"""The place in a source, and whether the place on the map is the record's own."""

from kb.domain.documents import Locator
from kb.domain.passages import Entry
from kb.web.labels import _
from kb.web.texts import catalogue

_POINT = _("point %(number)s")


def located(locator: Locator | None, language: str) -> str:
    """The place in words; a section whose heading is its number alone is called a point.

    >>> located(Locator(section=("2",), page="5"), "en")
    'point 2, p. 5'
    """
    if locator is None:
        return ""
    if len(locator.section) != 1 or not locator.section[0].isdecimal():
        return locator.words
    point = catalogue(language).gettext(_POINT) % {"number": locator.section[0]}
    rest = locator.model_copy(update={"section": ()}).words
    return ", ".join(filter(None, (point, rest)))


def is_of_source(entry: Entry) -> bool:
    """Whether the place is that of the source, and the record may speak of another.

    What is found out about an outcome often is what other places did.
    """
    return entry.document.kind == "outcome" and entry.kind in {"finding", "idea"}
