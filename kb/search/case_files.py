"""Case files of campaigns: those on a topic, and those similar to a given case file."""

from collections.abc import Iterable
from typing import NamedTuple

from kb.domain.campaigns import DONE, UNDONE, Outcome, OutcomeStatus
from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.domain.places import Gazetteer
from kb.domain.records import Demand
from kb.domain.tables import CAMPAIGNS
from kb.index.contract import Reader
from kb.search.browse import FilteredList
from kb.search.sort import BY_OUTCOME


class CaseFile(NamedTuple):
    """The summary passage of a case file, and the first known outcome of its demands."""

    entry: Entry
    outcome: Outcome | None

    @property
    def place(self) -> str:
        """Return the place id of the case file, or an empty string if it has no place."""
        return self.entry.document.place.id if self.entry.document.place else ""


class Similar(NamedTuple):
    """Case files of similar campaigns: won in full or in part, and lost or reversed."""

    done: list[CaseFile]
    undone: list[CaseFile]


def first_outcome(document: Document) -> Outcome | None:
    """Return the outcome of the first demand of a case file that has one."""
    demands = (one for one in document.records if isinstance(one, Demand))
    return next((one.outcome for one in demands if one.outcome), None)


def kinds(reader: Reader) -> dict[str, int]:
    """Map the topics that are kinds of campaign to their numbers of decided case files."""
    rows = (row for table in reader.coverage() if table.name == CAMPAIGNS for row in table.rows)
    return {row.value: row.number for row in rows}


def of_topics(reader: Reader, topics: Iterable[str]) -> list[CaseFile]:
    """Return the case files on any of these topics, won first; among equals, newest first."""
    listed = FilteredList(reader, topic=tuple(topics), document_kind=("outcome",))
    found = []
    for entry in listed.fetch(listed.keys(kind=("summary",))):
        document = reader.document(entry.document_id)
        found.append(CaseFile(entry, first_outcome(document) if document else None))
    return sorted(found, key=_rank)


def _rank(case: CaseFile) -> int:
    return BY_OUTCOME.index(case.outcome.status) if case.outcome else len(BY_OUTCOME)


def similar(reader: Reader, gazetteer: Gazetteer, document: Document, limit: int) -> Similar:
    """Return at most `limit` case files that won and as many that lost, nearest place first.

    They share a kind of campaign with the document or, if it has none, its first topic.
    """
    known = kinds(reader)
    shared = [one for one in document.topics if one in known] or document.topics[:1]
    others = [one for one in of_topics(reader, shared) if one.entry.document_id != document.id]
    others.sort(key=lambda one: _distance(gazetteer, document.place or "", one.place))
    return Similar(_with(others, DONE)[:limit], _with(others, UNDONE)[:limit])


def _with(cases: Iterable[CaseFile], statuses: tuple[OutcomeStatus, ...]) -> list[CaseFile]:
    return [one for one in cases if one.outcome and one.outcome.status in statuses]


def _distance(gazetteer: Gazetteer, here: str, there: str) -> int:
    """Return the number of steps between two place ids in the tree of places."""
    one, other = ([place.id for place in gazetteer.path(id)] for id in (here, there))
    common = sum(place in other for place in one)
    return len(one) + len(other) - 2 * common
