"""Reading lists for a topic: one per audience, the best readings first."""

from typing import NamedTuple, get_args

from kb.domain.documents import Audience, Length
from kb.domain.passages import Entry
from kb.index.contract import Reader
from kb.search.browse import FilteredList
from kb.search.searcher import RECORDS

# Platforms are left out because they are lists of demands, and case files because we wrote them.
KINDS = ("report", "writing")
FIRST = "introductory"


class Reading(NamedTuple):
    """The summary of a source to read, and the length of the source."""

    entry: Entry
    length: Length


class ReadingList(NamedTuple):
    """The best readings for one audience, and the total number of readings for it."""

    audience: str
    readings: list[Reading]
    total: int


class Readings:
    """Reading lists for a topic, adapted to readers of one language."""

    def __init__(self, reader: Reader, topic: str, language: str) -> None:
        self._reader, self._topic, self._language = reader, topic, language
        self._listed = FilteredList(reader, topic=(topic,))

    def by_audience(self, limit: int) -> list[ReadingList]:
        """Return a reading list for each audience that has readings.

        The introductory list is complete; the others have at most `limit` readings.
        """
        found = [self.list_of(one, None if one == FIRST else limit) for one in get_args(Audience)]
        return [one for one in found if one.total]

    def list_of(self, audience: str, limit: int | None = None) -> ReadingList:
        """Return the readings for one audience, best first; all of them if there is no limit."""
        entries = self._fitting(audience)
        return ReadingList(audience, [self._read(one) for one in entries[:limit]], len(entries))

    def first(self, limit: int) -> list[Entry]:
        """Return the summaries of the first `limit` readings, from introductory to advanced."""
        found: list[Entry] = []
        for audience in get_args(Audience):
            if len(found) < limit:
                found += self._fitting(audience)
        return found[:limit]

    def _fitting(self, audience: str) -> list[Entry]:
        """Return the summaries of the readings for an audience, best first.

        The criteria, most important first: the source has a web address, it is in the reader's
        language, the topic itself and not only a narrower one is assigned to it, it has few topics,
        and it has many records on the topic.
        """
        clauses = ((f"audience={audience}",),)
        keys = self._listed.keys(clauses, kind=("summary",), document_kind=KINDS)
        entries = self._listed.fetch(keys)
        records = self._reader.counts(self._listed.keys(kind=RECORDS.kind)).get("document", {})
        return sorted(
            entries,
            key=lambda entry: (
                not entry.source.URL,  # sources without an address come last
                entry.source.language != self._language,
                self._topic not in entry.topics,  # assigned to a narrower topic only
                len(entry.topics),
                -records.get(entry.document_id, 0),
            ),
        )

    def _read(self, entry: Entry) -> Reading:
        found = self._reader.document(entry.document_id)
        return Reading(entry, found.length if found else Length())
