"""How a file speaks to its reader: labels, dates and permanent addresses in one language."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kb.domain.documents import Outcome
from kb.domain.passages import Entry
from kb.languages.catalog import catalogue, day
from kb.languages.labels import _
from kb.languages.locators import is_of_source, located

ABOUT = _("Source about")
SHELF = _("From your shelf: %(name)s")
SUGGESTED = _("Suggested as a demand by the program; nobody has checked it.")
OWN_WORDS = frozenset({"text", "suggestion"})  # kinds whose text is the document's, not ours


class Wording(NamedTuple):
    """A language, the labels of values in it, and the address of each record."""

    language: str
    label: Callable[[str, str], str]  # (field, value) -> a reader's word
    address: Callable[[str], str]  # id -> address with its scheme and host

    def translated(self, text: str) -> str:
        """A text of the interface."""
        return catalogue(self.language).gettext(text)

    def day(self, edtf: str | None) -> str:
        """A date in words; empty where there is none."""
        return day(edtf, self.language)

    def outcome(self, outcome: Outcome) -> str:
        """What came of it, when, and as of when: `won, June 2, 2020 (as far as known in ...)`."""
        came = [self.label("outcome", outcome.status), self.day(outcome.date)]
        known = self.translated("as far as known in %(when)s") % {"when": self.day(outcome.as_of)}
        return f"{', '.join(filter(None, came))} ({known})"

    def imported(self, entry: Entry) -> Iterator[str]:
        """What has to be said of an import: whose it is, and that nobody has checked it."""
        if entry.document.shelf:
            yield self.translated(SHELF) % {"name": entry.document.shelf}
        if entry.kind == "suggestion":
            yield self.translated(SUGGESTED)

    def place(self, entry: Entry) -> str:
        """The place that the document is about, with what it lies in; empty where there is none."""
        place = entry.document.place
        if place is None:
            return ""
        around = place.within[:1] if self.language == "en" else ()  # stored in English alone
        return ", ".join([self.label("place", place.id), *around])

    def where(self, entry: Entry) -> str:
        """The place; of what came of demands, said to be that of the source alone."""
        place = self.place(entry)
        return f"{self.translated(ABOUT)}: {place}" if place and is_of_source(entry) else place

    def locator(self, entry: Entry) -> str:
        """The place in the source; that it is not known is said of a record alone."""
        known = located(entry.locator, self.language)
        return known or (self.translated("not known") if entry.record else "")

    def topics(self, entry: Entry) -> tuple[str, ...]:
        """The topics by their labels."""
        return tuple(self.label("topic", topic) for topic in entry.topics)
