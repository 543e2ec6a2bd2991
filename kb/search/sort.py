"""Sort the first hits of a ranking by the date of the source or by outcome."""

from collections.abc import Callable
from typing import Any

import numpy as np

from kb.domain.campaigns import OutcomeStatus
from kb.domain.passages import Entry
from kb.domain.queries import Sort
from kb.index.contract import Reader
from kb.search.fuse import Fusion

# Only the best hits are sorted. Later ones often share just a word with the query, so the newest
# of them is unlikely to answer it.
MAX_SORTED = 50

# Decided outcomes, best first; pending demands come after them.
DECIDED: tuple[OutcomeStatus, ...] = ("won", "partly-won", "reversed", "lost")
BY_OUTCOME: tuple[OutcomeStatus, ...] = (*DECIDED, "pending")


def sorted_by(ranked: Fusion, sort: Sort, reader: Reader) -> Fusion:
    """Sort the first MAX_SORTED hits stably; later hits keep their order.

    `relevance` is the order of the ranking, so it changes nothing.
    """
    if sort == "relevance" or not len(ranked):
        return ranked
    entries = reader.fetch(ranked.keys[:MAX_SORTED].tolist())
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
