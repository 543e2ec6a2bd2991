"""Count the documents and records of the corpus by kind, place, decade, topic and outcome."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from indexer.corpus.dates import decade, years
from indexer.corpus.read import Corpus
from kb.domain.campaigns import UNDONE
from kb.domain.documents import Document
from kb.domain.records import Demand, Finding
from kb.domain.sources import SourceKind, SourceRef
from kb.domain.tables import CAMPAIGNS, Row, Table

READ_TWICE = 2  # different readers
MANY = 3  # publishers of a claim's sources; more count as this many
ENOUGH = 6  # decided case files that suffice for one kind of campaign


def tables(corpus: Corpus) -> list[Table]:
    """Return all tables of the coverage page, in the order in which the page shows them."""
    documents = corpus.documents
    records = [record for one in documents for record in one.records]
    return [
        _known(documents),
        _most("support", "support", (_support(*one) for one in claims(documents))),
        _most("evidence", "evidence", (_evidence(*one) for one in claims(documents))),
        _campaigns(corpus),
        _most("documents", "document_kind", (one.kind for one in documents)),
        _most("records", "kind", (one.kind for one in records)),
        _most("outcomes", "outcome", (
            one.outcome.status if one.outcome else None
            for one in records if isinstance(one, Demand))),
        _topics(corpus),
        _most("countries", "place", (_place(corpus, one, "national") for one in documents)),
        _states(corpus),
        _most("languages", "language", (one.source.language for one in documents)),
        _decades(documents),
    ]  # fmt: skip


def claims(documents: Iterable[Document]) -> Iterator[tuple[Document, tuple[SourceRef, ...]]]:
    """Yield, for each record and event, its document and the references to its sources."""
    for document in documents:
        for one in (*document.records, *document.events):
            yield document, one.sources


def _support(document: Document, named: tuple[SourceRef, ...]) -> str:
    """Return the number of publishers whose sources support a claim, at most MANY, as text.

    Return `own` if the document is the claim's only source.
    """
    seen = [one.source for one in document.evidence(named)]
    publishers = {one.publisher or one.URL or one.id for one in seen}
    return str(min(len(publishers), MANY)) if publishers else "own"


def _evidence(document: Document, named: tuple[SourceRef, ...]) -> str:
    """Return the best kind of source that supports a claim.

    Return `weak` if all its sources are weak, and `own` if the document is its only source.
    """
    seen = [one.source for one in document.evidence(named)]
    strong = {one.kind for one in seen if not one.weak}
    if not seen:
        return "own"
    return next((kind for kind in get_args(SourceKind) if kind in strong), "weak")


def _most(name: str, field: str, values: Iterable[str | None]) -> Table:
    """Return a table of how often each value occurs, the most frequent first."""
    counted = Counter(value or "" for value in values)
    found = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return Table(name=name, field=field, rows=tuple(_row(*one) for one in found))


def _row(value: str, number: int, **more: int) -> Row:
    return Row(value=value, number=number, **more)


def _place(corpus: Corpus, document: Document, level: str) -> str | None:
    """Return the id of the country, state or other `level` that a document is from, or None."""
    path = corpus.gazetteer.path(document.place or "")
    return next((one.id for one in path if one.level == level), None)


def _states(corpus: Corpus) -> Table:
    """Return a table of the number of documents from each U.S. state, fewest first."""
    found = Counter(_place(corpus, document, "state") for document in corpus.documents)
    states = [one for one in corpus.gazetteer if one.level == "state" and one.parent == "us"]
    states.sort(key=lambda one: (found[one.id], one.name.en))
    return Table(name="states", field="place", rows=tuple(_row(one.id, found[one.id])
                                                          for one in states))  # fmt: skip


def _decades(documents: Iterable[Document]) -> Table:
    counted = Counter(
        str(decade(years(one.source.issued)[0])) if one.source.issued else "" for one in documents
    )
    rows = tuple(_row(*one) for one in sorted(counted.items()))
    return Table(name="decades", field="decade", rows=rows)


def _topics(corpus: Corpus) -> Table:
    """Return a table of the number of documents on each topic, fewest first to show gaps."""
    found: Counter[str] = Counter()
    for document in corpus.documents:
        named = {*document.topics, *(one for record in document.records for one in record.topics)}
        found.update(_above(corpus, named))
    kinds = set(corpus.topics.campaigns)
    rows = [_row(one.id, found[one.id]) for one in corpus.thesaurus if one.id not in kinds]
    rows.sort(key=lambda row: (row.number, row.value))
    return Table(name="topics", field="topic", rows=tuple(rows))


def _campaigns(corpus: Corpus) -> Table:
    """Return a table of case files with a decided demand per kind of campaign, fewest first."""
    decided = [
        (_above(corpus, one.topics), _statuses(one), _region(corpus, one))
        for one in corpus.documents
        if one.kind == "outcome" and _statuses(one) - {"pending"}
    ]
    rows = []
    for topic in corpus.topics.campaigns:
        found = [one for one in decided if topic in one[0]]
        undone = sum(bool(statuses.intersection(UNDONE)) for _, statuses, _ in found)
        regions = len({region for *_, region in found})
        rows.append(_row(topic, len(found), of=ENOUGH, undone=undone, regions=regions))
    rows.sort(key=lambda row: (row.number, row.value))
    return Table(name=CAMPAIGNS, field="topic", rows=tuple(rows))


def _above(corpus: Corpus, topics: Iterable[str]) -> set[str]:
    """Return the ids of the topics and of all broader topics."""
    return {above for topic in topics for above in corpus.thesaurus.ancestors(topic)}


def _statuses(document: Document) -> set[str]:
    """Return the outcome statuses of a document's demands."""
    demands = (one for one in document.records if isinstance(one, Demand))
    return {one.outcome.status for one in demands if one.outcome}


def _region(corpus: Corpus, document: Document) -> str | None:
    """Return the id of a U.S. document's state or another document's country, or None."""
    country = _place(corpus, document, "national")
    return _place(corpus, document, "state") if country == "us" else country


def _known(documents: tuple[Document, ...]) -> Table:
    """Return a table of how many records and documents have each kind of information."""
    own = [one for one in documents if one.kind != "outcome"]
    lengths = [one for one in own if one.kind in {"report", "writing"}]
    told = [one for one in documents if one.events]
    return Table(name="known", field="known", rows=(
        _share("finding-locators", _located(own, Finding)),
        _share("demand-locators", _located(own, Demand)),
        _share("lengths", (
            any((one.length.pages, one.length.words, one.length.minutes)) for one in lengths)),
        _share("looked", (one.looked is not None for one in told)),
        _share("read-twice", (
            len({each.by for each in one.checked}) >= READ_TWICE for one in documents)),
        _share("abstracts", (
            len(one.abstract.by_language if one.abstract else ()) > 1 for one in documents)),
        _share("titles", (bool(one.titles) for one in documents)),
        _share("translations", (
            bool(each.translations) for one in documents for each in one.records
            if isinstance(each, Demand) and each.outcome)),
    ))  # fmt: skip


def _located(documents: Iterable[Document], kind: type[Demand | Finding]) -> Iterator[bool]:
    for document in documents:
        for record in document.records:
            if isinstance(record, kind):
                yield record.locator is not None


def _share(value: str, held: Iterable[bool]) -> Row:
    found = list(held)
    return _row(value, sum(found), of=len(found))
