"""The best of a ranking in another order: by the date of the source, or by what came of it."""

from collections.abc import Callable
from typing import Any

import numpy as np

from kb.domain.documents import OutcomeStatus
from kb.domain.passages import Entry
from kb.domain.queries import Sort
from kb.index.contract import Reader
from kb.search.fuse import Fusion

# Only so many of the best are put in another order, and the rest follow as they were: behind them
# stand passages that share a word with the question, and the newest of those answers nothing.
SORTED = 50

# What is decided, the best first; what is still open is no outcome yet, and comes after it.
DECIDED: tuple[OutcomeStatus, ...] = ("won", "partly-won", "reversed", "lost")
BY_OUTCOME: tuple[OutcomeStatus, ...] = (*DECIDED, "pending")


def sorted_by(ranked: Fusion, sort: Sort, reader: Reader) -> Fusion:
    """The same findings, the first SORTED of them in this order; ties stay as they were."""
    if sort == "relevance" or not len(ranked):
        return ranked
    entries = reader.fetch(ranked.keys[:SORTED].tolist())
    places = sorted(range(len(entries)), key=lambda place: _KEYS[sort](entries[place]))
    order = np.concatenate([places, np.arange(len(entries), len(ranked))]).astype(np.int64)
    return ranked.reordered(ranked.keys[order], ranked.scores[order])


def _outcome(entry: Entry) -> int:
    record = entry.record
    found = record.outcome if record and record.kind == "demand" else None
    return BY_OUTCOME.index(found.status) if found else len(BY_OUTCOME)


def _oldest(entry: Entry) -> Any:
    return (entry.source.issued is None, entry.source.issued or "")


def _newest(entry: Entry) -> Any:
    issued = entry.source.issued
    return (issued is None, [-ord(char) for char in issued or ""])


_KEYS: dict[str, Callable[[Entry], Any]] = {
    "newest": _newest,
    "oldest": _oldest,
    "outcome": _outcome,
}
