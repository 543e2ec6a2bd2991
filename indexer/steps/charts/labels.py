"""Titles, descriptions and labels of charts, translated with the message catalogs."""

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
        "%(total)s demands with a recorded outcome, including undecided ones. Each row shows one "
        "outcome, with a bar for each "
        "decade and the count above the bar."
    ),
    "outcomes-places": _(
        "%(total)s demands with a recorded outcome, including undecided ones. Each group shows one "
        "place, with a bar for each "
        "outcome and the count beside the bar."
    ),
    "timeline": _(
        "%(total)s sources. Each row shows one kind of source, with a bar for each decade and the "
        "count above the bar."
    ),
}
VALUES = {**OUTCOMES, **DOCUMENT_KINDS, ELSEWHERE: _("All other places")}
_BEFORE = _("before %(year)s")


class ChartWords(NamedTuple):
    """Chart texts in one language."""

    language: str

    def title(self, chart: str) -> str:
        """Return the title of a chart."""
        return self._translated(TITLES[chart])

    def description(self, chart: str, total: int) -> str:
        """Return a description of a chart for readers who cannot see it."""
        return self._translated(DESCRIPTIONS[chart]) % {"total": total}

    def value(self, value: str, places: dict[str, Place]) -> str:
        """Return the label of a row or column: a decade, a place, an outcome or a kind."""
        if value.startswith(BEFORE):
            return self._translated(_BEFORE) % {"year": value.removeprefix(BEFORE)}
        if value in places:
            return places[value].name.in_language(self.language)
        return self._translated(VALUES[value]) if value in VALUES else value

    def _translated(self, text: str) -> str:
        return catalogue(self.language).gettext(text)
