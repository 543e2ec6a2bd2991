"""Check sources, events and outcomes, in one file and across the files of a campaign."""

from collections.abc import Iterable, Iterator, Sequence

from indexer.corpus.dates import Day, bounds
from indexer.corpus.front_matter import Location
from indexer.corpus.parse import Parsed
from indexer.corpus.problems import ProblemCollector
from indexer.corpus.read import Corpus
from indexer.corpus.texts import share_of_shorter
from kb.domain.documents import Document
from kb.domain.records import Demand
from kb.domain.sources import SourceRef
from kb.errors import Problem

# Two demands of a campaign that share at least this much of their content words count as one.
SAME_DEMAND_SHARE = 0.6


def check_sources(file: ProblemCollector, document: Document) -> None:
    """Add to `file` the problems with sources, references to them, and the dates of checks."""
    if not document.sources:
        file.add(("sources",), "no sources", "at least one page that supports this")
    seen: set[str] = set()
    for index, source in enumerate(document.sources):
        at: Location = ("sources", index)
        file.slug((*at, "id"), "source id", source.id, seen)
        file.date((*at, "issued"), source.issued)
        if not source.URL and not source.seen_at:
            wrong = f"source '{source.id}' has no address"
            file.add(at, wrong, "'URL', or 'seen_at' with a description")
    for index, record in enumerate(document.records):
        at = ("records", index, "sources")
        _known_sources(file, at, record.sources, seen)
        if document.kind == "outcome" and not record.sources:
            file.add(at, f"record '{record.slug}' names no source", "'- Sources: ...'")
    file.date(("looked",), document.looked)
    for index, check in enumerate(document.checked):
        file.date(("checked", index, "date"), check.date)


def _known_sources(
    file: ProblemCollector, at: Location, named: tuple[SourceRef, ...], known: set[str]
) -> None:
    for one in named:
        if one.id not in known:
            file.add(at, f"source '{one.id}' is not in the file", "an id from 'sources'")


def check_events(file: ProblemCollector, document: Document) -> None:
    """Add to `file` the problems with events: their ids, sources, dates, order and decisions."""
    known = {one.id for one in document.sources}
    demands = {one.slug: one for one in document.records if isinstance(one, Demand)}
    taken = {record.slug for record in document.records}
    latest: Day = (0, 0, 0)
    for index, event in enumerate(document.events):
        at: Location = ("events", index)
        file.slug(at, "event id", event.slug, taken)
        if not event.sources:
            file.add(at, f"event '{event.slug}' names no source", "'- Sources: ...'")
        _known_sources(file, (*at, "sources"), event.sources, known)
        for decision in event.decides:
            _decided(file, (*at, "decides"), decision.demand, demands)
        latest = _in_order(file, at, event.date, latest)


def _decided(file: ProblemCollector, at: Location, slug: str, demands: dict[str, Demand]) -> None:
    if slug not in demands:
        file.add(at, f"demand '{slug}' is not in the file", "the id of one of its demands")
    elif demands[slug].pursued_in:
        wrong = f"demand '{slug}' is decided here and pursued in {demands[slug].pursued_in}"
        file.add(at, wrong, "its outcome in one place")


def _in_order(file: ProblemCollector, at: Location, date: str | None, latest: Day) -> Day:
    before = len(file.problems)
    file.date(at, date)
    if date is None or len(file.problems) > before:
        return latest
    first, last = bounds(date)
    if last < latest:
        file.add(at, f"event of {date} after a later one", "events in order of date")
    return max(latest, first)


def campaign_problems(corpus: Corpus) -> list[Problem]:
    """Return the problems of case files and of links to them, including conflicting outcomes."""
    documents = {one.id: one for one in corpus.documents}
    pursuing = _pursuing(corpus.documents)
    problems: list[Problem] = []
    for path, parsed in corpus.files.items():
        file = ProblemCollector(path, parsed.lines)
        _pursued(file, parsed, documents)
        if parsed.document.kind == "outcome":
            _case(file, parsed.document, documents, pursuing)
        problems += file.problems
    return problems


def _pursued(file: ProblemCollector, parsed: Parsed, documents: dict[str, Document]) -> None:
    for index, record in enumerate(parsed.document.records):
        if not isinstance(record, Demand) or not record.pursued_in:
            continue
        at: Location = ("records", index, "pursued_in")
        case = documents.get(record.pursued_in.partition("#")[0])
        if case is None or case.kind != "outcome":
            file.add(at, f"'{record.pursued_in}' is not in a case file", "CASE#DEMAND")
            continue
        told = {one.id for one in case.records if isinstance(one, Demand) and one.outcome}
        if record.pursued_in not in told:
            wrong = f"no event of {case.id} decides '{record.pursued_in}'"
            file.add(at, wrong, "a demand whose outcome is known")


def _pursuing(documents: Iterable[Document]) -> dict[str, set[str]]:
    """Return, by case file id, the ids of the documents with a demand pursued in that file."""
    found: dict[str, set[str]] = {}
    for one in documents:
        for record in one.records:
            if isinstance(record, Demand) and record.pursued_in:
                found.setdefault(record.pursued_in.partition("#")[0], set()).add(one.id)
    return found


def _case(
    file: ProblemCollector,
    case: Document,
    documents: dict[str, Document],
    pursuing: dict[str, set[str]],
) -> None:
    named = case.campaign.documents if case.campaign else ()
    if not named:
        at: Location = ("campaign",)
        file.add(at, "the campaign has no documents", "'documents' with at least one id")
    own = {one.id for one in case.sources}
    for index, one in enumerate(named):
        if one not in documents and one not in own:
            at = ("campaign", "documents", index)
            wrong = f"'{one}' is neither a document of the corpus nor a source in the file"
            file.add(at, wrong, "a known id")
    tied = {one for one in named if one in documents} | pursuing.get(case.id, set())
    compared = [documents[one] for one in sorted(tied)]
    for index, record in enumerate(case.records):
        if isinstance(record, Demand):
            for other in _contradicting(record, compared):
                wrong = f"'{record.slug}' and {other} have different outcomes"
                file.add(("records", index), wrong, "'Pursued in' under one of them")


def _contradicting(demand: Demand, documents: Sequence[Document]) -> Iterator[str]:
    """Yield the ids of similar demands in `documents` whose outcome has another status."""
    if demand.outcome is None:
        return
    for document in documents:
        for other in document.records:
            if (
                isinstance(other, Demand)
                and other.outcome
                and other.outcome.told_in == document.id
                and other.outcome.status != demand.outcome.status
                and share_of_shorter(demand.title, other.title) >= SAME_DEMAND_SHARE
            ):
                yield other.id
