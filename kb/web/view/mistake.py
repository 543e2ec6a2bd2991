"""The text of a reader's report of a mistake, for readers to copy; pages do not send it."""

from collections.abc import Sequence
from typing import NamedTuple

from kb.domain.campaigns import Outcome
from kb.domain.sources import Evidence
from kb.exports.presenter import reference_of
from kb.languages.catalog import day
from kb.languages.labels import _
from kb.search.names import Names
from kb.web.view.page import Page

_TITLE, _SAYS, _VERSION = _("Title"), _("What it says"), _("Version")
_OUTCOME, _SOURCE = _("Outcome"), _("Source")
_BLANKS = (_("What is wrong"), _("Page that shows it"))


class Reported(NamedTuple):
    """The record or document that a report is about, its sources, and its outcome if known."""

    id: str
    title: str
    text: str
    evidence: Sequence[Evidence]
    outcome: Outcome | None = None


def mistake_report(told: Reported, page: Page, names: Names, generation: str) -> str:
    """Return the text of a report: what a record or document says, and two lines to fill in.

    It contains the permanent id, not a URL, because a URL may work only on this computer.
    """
    lines = [
        (_TITLE, told.title),
        ("Id", reference_of(told.id)),
        (_VERSION, generation),
        (_SAYS, told.text),
    ]
    if told.outcome:
        status = page.label_of(names)("outcome", told.outcome.status)
        since = day(told.outcome.date, page.language)
        lines.append((_OUTCOME, ", ".join(filter(None, (status, since)))))
    for one in told.evidence:
        source = one.source
        known = (source.title, source.publisher, source.issued, source.URL or source.seen_at)
        lines.append((_SOURCE, ", ".join(filter(None, known))))
    lines += [(blank, "") for blank in _BLANKS]
    return "\n".join(f"{page.translated(name)}: {value}" for name, value in lines)
