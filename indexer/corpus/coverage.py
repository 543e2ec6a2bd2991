"""Count the documents and records of the corpus by kind, place, decade, topic and outcome."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.corpus.dates import decade, years
from indexer.corpus.read import Corpus
from kb.domain.documents import Document
from kb.domain.records import Demand, Finding

NONE = "none"
READ_TWICE = 2  # different readers
ENOUGH = 6  # decided case files of one kind of campaign
UNDONE = {"lost", "reversed"}


class Row(NamedTuple):
    """A label and a number; in a share, also the total; and what else is counted."""

    label: str
    number: int
    of: int | None = None
    more: str | None = None


class Table(NamedTuple):
    """A table with one number, or one share, in each row."""

    title: str
    rows: tuple[Row, ...]


def tables(corpus: Corpus) -> list[Table]:
    """Return all tables in the order in which they are shown."""
    documents = corpus.documents
    return [
        _most("Documents by kind", (one.kind for one in documents)),
        _most("Records by kind", (record.kind for one in documents for record in one.records)),
        _countries(corpus),
        _states(corpus),
        _most("Documents by language of the source", (one.source.language for one in documents)),
        _decades(documents),
        _topics(corpus),
        _campaigns(corpus),
        _outcomes(documents),
        _known(documents),
    ]


def _most(title: str, values: Iterable[str | None]) -> Table:
    """Return a table of values, the most frequent first."""
    counted = Counter(value or NONE for value in values)
    found = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return Table(title, tuple(Row(label, count) for label, count in found))


def _countries(corpus: Corpus) -> Table:
    def country(document: Document) -> str | None:
        path = corpus.gazetteer.path(document.place or "")
        return next((one.name.en for one in path if one.level == "national"), None)

    found = _most("Documents by country", (country(one) for one in corpus.documents))
    return found._replace(
        rows=tuple(row._replace(label="beyond a country") if row.label == NONE else row
                   for row in found.rows),
    )  # fmt: skip


def _states(corpus: Corpus) -> Table:
    """Return the states and territories of the United States that documents are from."""
    found: Counter[str] = Counter()
    for document in corpus.documents:
        found.update(
            one.name.en
            for one in corpus.gazetteer.path(document.place or "")
            if one.level == "state" and one.parent == "us"
        )
    rows = [Row(name, count) for name, count in sorted(found.items(), key=lambda one: -one[1])]
    return Table("Documents by state of the United States", tuple(rows))


def _decades(documents: Iterable[Document]) -> Table:
    counted = Counter(
        f"{decade(years(one.source.issued)[0])}s" if one.source.issued else "no date"
        for one in documents
    )
    return Table("Documents by decade", tuple(Row(*one) for one in sorted(counted.items())))


def _topics(corpus: Corpus) -> Table:
    """Return the number of documents on each topic, the smallest first, to show gaps."""
    found: Counter[str] = Counter()
    for document in corpus.documents:
        named = {*document.topics, *(one for record in document.records for one in record.topics)}
        found.update(_above(corpus, named))
    rows = (Row(one.prefLabel.en, found[one.id]) for one in corpus.thesaurus)
    return Table("Documents by topic", tuple(sorted(rows, key=lambda row: (row.number, row.label))))


def _campaigns(corpus: Corpus) -> Table:
    """Return every kind of campaign with its decided case files, the fewest first."""
    rows = []
    for topic in corpus.topics.campaigns:
        decided = [
            one
            for one in corpus.documents
            if one.kind == "outcome"
            and one.topics
            and topic in _above(corpus, one.topics)
            and _statuses(one) - {"pending"}
        ]
        undone = sum(bool(_statuses(one) & UNDONE) for one in decided)
        regions = len({_region(corpus, one) for one in decided})
        more = f"{undone} lost or reversed; {regions} states or countries"
        rows.append(Row(corpus.thesaurus.by_id[topic].prefLabel.en, len(decided), ENOUGH, more))
    rows.sort(key=lambda row: (row.number, row.label))
    return Table("Decided case files by kind of campaign", tuple(rows))


def _above(corpus: Corpus, topics: Iterable[str]) -> set[str]:
    """Return topics and all broader ones."""
    return {above for topic in topics for above in corpus.thesaurus.ancestors(topic)}


def _statuses(document: Document) -> set[str]:
    """Return the statuses of a document's demands."""
    demands = (one for one in document.records if isinstance(one, Demand))
    return {one.outcome.status for one in demands if one.outcome}


def _region(corpus: Corpus, document: Document) -> str | None:
    """Return the id of a document's state, or of its country outside the United States."""
    path = corpus.gazetteer.path(document.place or "")
    found = {one.level: one.id for one in path if one.level == "national" or one.parent == "us"}
    return found.get("state") or found.get("national")


def _outcomes(documents: Iterable[Document]) -> Table:
    demands = [one for document in documents for one in document.records if isinstance(one, Demand)]
    outcomes = (one.outcome.status if one.outcome else "not recorded" for one in demands)
    return _most("Demands by outcome", outcomes)


def _known(documents: tuple[Document, ...]) -> Table:
    """Return the shares of records and documents with a locator, length, readings or abstracts."""
    own = [one for one in documents if one.kind != "outcome"]
    lengths = [one for one in own if one.kind in {"report", "writing"}]
    told = [one for one in documents if one.events]
    return Table("What is known", (
        _share("findings with a page or section", _located(own, Finding)),
        _share("demands with a page or section", _located(own, Demand)),
        _share("reports and writings with a length", (
            any((one.length.pages, one.length.words, one.length.minutes)) for one in lengths)),
        _share("documents with events that were looked at for later news", (
            one.looked is not None for one in told)),
        _share("documents with events that two readers checked", (
            len({each.by for each in one.checked}) >= READ_TWICE for one in told)),
        _share("documents with a sentence in English and Spanish", (
            len(one.abstract.by_language if one.abstract else ()) > 1 for one in documents)),
    ))  # fmt: skip


def _located(documents: Iterable[Document], kind: type[Demand | Finding]) -> Iterator[bool]:
    for document in documents:
        for record in document.records:
            if isinstance(record, kind):
                yield record.locator is not None


def _share(label: str, held: Iterable[bool]) -> Row:
    found = list(held)
    return Row(label, sum(found), len(found))
