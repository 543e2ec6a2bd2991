"""Titles, descriptions and labels of charts, from the catalogue of the interface."""

from typing import NamedTuple

from kb.domain.places import Place
from kb.domain.queries import DOCUMENT_KINDS, OUTCOMES
from kb.domain.tallies import BEFORE, ELSEWHERE
from kb.languages.catalog import catalogue
from kb.languages.labels import _

TITLES = {
    "outcomes": _("Outcomes by decade"),
    "outcomes-places": _("Outcomes by place"),
    "timeline": _("Sources by decade and kind"),
}
DESCRIPTIONS = {
    "outcomes": _(
        "%(total)s demands whose outcome is known. One row of bars for each outcome, one bar for "
        "each decade, its number above it."
    ),
    "outcomes-places": _(
        "%(total)s demands whose outcome is known. One group of bars for each place, one bar for "
        "each outcome, its number beside it."
    ),
    "timeline": _(
        "%(total)s sources. One row of bars for each kind of source, one bar for each decade, its "
        "number above it."
    ),
}
VALUES = {**OUTCOMES, **DOCUMENT_KINDS, ELSEWHERE: _("All other places")}
_BEFORE = _("before %(year)s")


class ChartWords(NamedTuple):
    """Texts of charts in one language."""

    language: str

    def title(self, chart: str) -> str:
        """Return the title of a chart."""
        return self._translated(TITLES[chart])

    def description(self, chart: str, total: int) -> str:
        """Return what a chart shows, for readers who do not see it."""
        return self._translated(DESCRIPTIONS[chart]) % {"total": total}

    def value(self, value: str, places: dict[str, Place]) -> str:
        """Return the label of a row or a column."""
        if value.startswith(BEFORE):
            return self._translated(_BEFORE) % {"year": value.removeprefix(BEFORE)}
        if value in places:
            return places[value].name.in_language(self.language)
        return self._translated(VALUES[value]) if value in VALUES else value

    def _translated(self, text: str) -> str:
        return catalogue(self.language).gettext(text)
