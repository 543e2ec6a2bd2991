"""Questions that are each asked once, so that no memory of answers flatters a server."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.corpus import read as corpus
from kb.errors import JudgmentsError, Problem
from kb.evaluation.beir import read_rows

SEED = 20_261_122  # any number, always the same
WORDS = 12  # of a question: what people type into a search box is seldom longer
FRUITLESS = 1000  # draws without a new mixture, after which there are none worth waiting for
UNQUOTED = str.maketrans(dict.fromkeys('"“”«»-–—#', " "))  # these would ask for something else


def seeds(queries: Path, corpus_folder: Path) -> list[str]:
    """The judged questions and the titles of demands, without repetition."""
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
    """Every one of them in a drawn order, then mixtures of two, until no new one is found."""
    drawn = random.Random(SEED)
    asked = drawn.sample(known, len(known))
    seen = set(asked)
    yield from asked
    fruitless = 0
    while len(known) > 1 and fruitless < FRUITLESS:
        one, other = drawn.sample(known, 2)
        words = [*_some(one.split(), drawn), *_some(other.split(), drawn)]
        mixed = " ".join(words[:WORDS])
        fruitless = 0 if mixed not in seen else fruitless + 1
        if not fruitless:
            seen.add(mixed)
            yield mixed


def _some(words: Sequence[str], drawn: random.Random) -> Sequence[str]:
    start = drawn.randrange(len(words))
    return words[start : start + drawn.randint(2, 6)]
