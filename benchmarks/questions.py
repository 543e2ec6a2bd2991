"""Generate queries without repetition, so that caches do not improve the result."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.corpus import read as corpus
from kb.errors import JudgmentsError, Problem
from kb.evaluation.beir import read_rows

SEED = 20_261_122  # arbitrary, but fixed
MAX_WORDS = 12  # of a query; people seldom type longer ones
MAX_REPEATS = 1000  # draws in a row without a new query, after which to stop
UNQUOTED = str.maketrans(dict.fromkeys('"“”«»-–—#', " "))  # these are operators of the query syntax


def seeds(queries: Path, corpus_folder: Path) -> list[str]:
    """Return the judged queries and the titles of demands, each once, sorted, without operators.

    Raise JudgmentsError if the file of queries is invalid.
    """
    problems: list[Problem] = []
    judged = [str(row["text"]) for _, row in read_rows(queries, problems)]
    if problems:
        raise JudgmentsError(problems)
    titles = [
        title
        for document in corpus.read(corpus_folder).documents
        for record in document.records
        if (title := getattr(record, "title", None))
    ]
    return sorted({" ".join(one.translate(UNQUOTED).split()) for one in [*judged, *titles]})


def questions(known: Sequence[str]) -> Iterator[str]:
    """Yield every query once in random order, then mixtures of two until no new one is found."""
    drawn = random.Random(SEED)
    asked = drawn.sample(known, len(known))
    seen = set(asked)
    yield from asked
    repeats = 0
    while len(known) > 1 and repeats < MAX_REPEATS:
        one, other = drawn.sample(known, 2)
        words = [*_some(one.split(), drawn), *_some(other.split(), drawn)]
        mixed = " ".join(words[:MAX_WORDS])
        repeats = 0 if mixed not in seen else repeats + 1
        if not repeats:
            seen.add(mixed)
            yield mixed


def _some(words: Sequence[str], drawn: random.Random) -> Sequence[str]:
    start = drawn.randrange(len(words))
    return words[start : start + drawn.randint(2, 6)]
