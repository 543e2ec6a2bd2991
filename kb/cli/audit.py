"""kb audit: draw a random sample of records to check against their sources."""

import argparse
import random
from collections.abc import Iterator, Sequence

from indexer.corpus.read import read
from kb.cli.terminal import say
from kb.domain.campaigns import Event
from kb.domain.documents import Document
from kb.domain.records import Demand, Record
from kb.domain.sources import Evidence
from kb.errors import CorpusError, QueryError
from kb.settings import Settings

OUTCOME_WEIGHT = 2  # sampling weight of a demand with an outcome; other records have weight 1
CLASSES = "CONFIRMED, WRONG, DOUBTFUL or NOT CHECKABLE"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("--sample", type=int, default=80, metavar="N", help="sample size (80)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="random seed (0)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the Markdown worksheet, which depends only on the corpus, sample size and seed."""
    corpus = read(settings.corpus)
    if corpus.problems:
        raise CorpusError(corpus.problems)
    pairs = [(document, record) for document in corpus.documents for record in document.records]
    if not 1 <= arguments.sample <= len(pairs):
        raise QueryError(f"--sample {arguments.sample}: expected 1 to {len(pairs)}")
    drawn = draw(pairs, arguments.sample, arguments.seed)
    say(f"# Audit of {len(drawn)} of {len(pairs)} records, seed {arguments.seed}\n")
    say(f"Verdict for each: {CLASSES}, with the page that shows it.\n")
    events = {event.id: event for document in corpus.documents for event in document.events}
    for number, (document, record) in enumerate(drawn, start=1):
        say("\n".join(_sheet(number, document, record, events)))
    return 0


def draw(
    pairs: Sequence[tuple[Document, Record]], count: int, seed: int
) -> list[tuple[Document, Record]]:
    """Return `count` records drawn at random by weight, without replacement.

    The sample consists of the records with the largest `u ** (1 / weight)`, where `u` is uniform in
    [0, 1). Source: Efraimidis and Spirakis, Weighted random sampling with a reservoir (2006).
    """
    random_of = random.Random(seed)  # noqa: S311 - the sample must be repeatable
    keyed = [
        (random_of.random() ** (1 / _weight(record)), record.id, (document, record))
        for document, record in pairs
    ]
    return [pair for _, _, pair in sorted(keyed, key=lambda one: one[:2], reverse=True)[:count]]


def _weight(record: Record) -> int:
    return OUTCOME_WEIGHT if isinstance(record, Demand) and record.outcome else 1


def _sheet(
    number: int, document: Document, record: Record, events: dict[str, Event]
) -> Iterator[str]:
    """Yield the worksheet lines for one record: its text, outcome and sources."""
    yield f"## {number}. {record.id}\n"
    date, address = document.source.issued or "no date", document.source.URL or "no address"
    yield f"Source: {document.heading}, {date}. {address}\n"
    if isinstance(record, Demand):
        yield f"Title: {record.title}\n"
    yield f"{record.text}\n"
    if record.locator:
        yield f"Page or section: {record.locator.words}\n"
    if isinstance(record, Demand) and record.outcome:
        outcome = record.outcome
        yield f"Outcome: {outcome.status}, last checked: {outcome.looked or 'never'}\n"
        for id in outcome.events:
            yield f"- {events[id].date or 'undated'}: {events[id].text}"
        yield ""
    yield from (f"- seen in {seen}" for seen in _seen(document, record))
    yield "\nVerdict:\n"


def _seen(document: Document, record: Record) -> list[str]:
    """Return a line for each source of a record, or of its document if the record names none."""
    found = document.evidence(record.sources) or [Evidence(source=one) for one in document.sources]
    return [
        ". ".join(filter(None, (one.title, one.publisher, one.URL or one.seen_at, place)))
        for one, place in ((seen.source, seen.place) for seen in found)
    ]
