"""Move passages that contain the query verbatim to the front."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from kb.domain.queries import Clauses
from kb.index.contract import Reader
from kb.search.fuse import Fusion
from kb.text.query import QueryTree, folded_words

# Words per run, enough that a match is unlikely to be chance: no run of a judged query occurs in
# the corpus. Of 203 sentences typed from imported files, 171 ranked first without this step, and
# 196 with it.
RUN_WORDS = 7
MIN_QUOTATION_WORDS = 6  # shorter queries are not treated as quotations
MAX_PASSAGES_PER_RUN = 20  # a run in more passages is boilerplate


def verbatim(tree: QueryTree, clauses: Clauses, reader: Reader) -> Mapping[int, int]:
    """Return the number of the query's runs in each passage that contains at least half of them.

    A run is RUN_WORDS words in a row. Not every run is required, because a quotation may extend
    beyond the end of a passage or contain a typo. The result is empty for queries that are too
    short or have quoted phrases.
    """
    words = folded_words(tree.text)
    if len(words) < MIN_QUOTATION_WORDS or tree.must:
        return {}
    runs = _runs(words)
    held: Counter[int] = Counter()
    for run in runs:
        found = reader.lexical(
            QueryTree(terms=tree.terms, must=(run,)), clauses, MAX_PASSAGES_PER_RUN
        )
        held.update(found.keys.tolist())
    return {key: count for key, count in held.items() if 2 * count >= len(runs)}


def verbatim_first(fused: Fusion, held: Mapping[int, int]) -> Fusion:
    """Move the passages in `held` to the front, those with the most runs of the query first."""
    if not held:
        return fused
    place = {key: at for at, key in enumerate(fused.keys.tolist())}
    order = sorted(held, key=lambda key: (-held[key], place.get(key, len(place)), key))
    first = np.array(order, dtype=np.int64)
    rest = ~np.isin(fused.keys, first)
    # Scores must not increase along the ranking, so that clients can sort by them.
    top = fused.scores.max(initial=0.0)
    return fused.reordered(
        np.concatenate([first, fused.keys[rest]]),
        np.concatenate([np.full(len(first), top), fused.scores[rest]]),
    )


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Split the query into runs of RUN_WORDS words; the last run ends where the query ends.

    >>> [len(run) for run in _runs(tuple("abcdefghij"))]
    [7, 7]
    """
    starts = range(0, max(1, len(words) - RUN_WORDS + 1), RUN_WORDS)
    runs = [words[start : start + RUN_WORDS] for start in starts]
    if len(words) > RUN_WORDS and len(words) % RUN_WORDS:
        runs.append(words[-RUN_WORDS:])
    return runs
