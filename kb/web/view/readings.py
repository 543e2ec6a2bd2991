"""What to read on a topic: introductions first, then what fits the reader and the topic best."""

from typing import NamedTuple, get_args

from kb.domain.documents import Audience, Length
from kb.domain.passages import Entry
from kb.index.contract import Reader
from kb.search.searcher import RECORDS
from kb.web.view.browse import Listed

KINDS = ("report", "writing")  # a platform is a list of demands, an outcome is our own account
FIRST = "introductory"


class Reading(NamedTuple):
    """A source to read, and how long it is."""

    entry: Entry
    length: Length


class Shelf(NamedTuple):
    """Readings for one audience that fit best, and how many there are in all."""

    audience: str
    readings: list[Reading]
    total: int


class Readings:
    """The readings of a topic for a reader of a language."""

    def __init__(self, reader: Reader, topic: str, language: str) -> None:
        self._reader, self._topic, self._language = reader, topic, language
        self._listed = Listed(reader, topic=(topic,))

    def shelves(self, most: int) -> list[Shelf]:
        """A shelf for each audience that has readings: those for beginners, in full, come first."""
        found = [self.shelf(one, None if one == FIRST else most) for one in get_args(Audience)]
        return [one for one in found if one.total]

    def shelf(self, audience: str, most: int | None = None) -> Shelf:
        """The readings for one audience, the fitting ones first."""
        entries = self._fitting(audience)
        return Shelf(audience, [self._read(one) for one in entries[:most]], len(entries))

    def first(self, most: int) -> list[Entry]:
        """What to begin with."""
        found: list[Entry] = []
        for audience in get_args(Audience):
            if len(found) < most:
                found += self._fitting(audience)
        return found[:most]

    def _fitting(self, audience: str) -> list[Entry]:
        """Those that can be opened, then by the reader's language, then by how much they fit.

        A source is most about it that has few other topics, and many records on it.
        """
        clauses = ((f"audience={audience}",),)
        keys = self._listed.keys(clauses, kind=("summary",), document_kind=KINDS)
        entries = self._listed.fetch(keys)
        records = self._reader.counts(self._listed.keys(kind=RECORDS.kind)).get("document", {})
        return sorted(
            entries,
            key=lambda entry: (
                not entry.source.URL,  # nobody can open it here
                entry.source.language != self._language,
                self._topic not in entry.topics,  # filed under a narrower one
                len(entry.topics),
                -records.get(entry.document_id, 0),
            ),
        )

    def _read(self, entry: Entry) -> Reading:
        found = self._reader.document(entry.document_id)
        return Reading(entry, found.length if found else Length())
