"""Fuse two rankings by a convex combination of normalized scores."""

from collections.abc import Sequence
from typing import NamedTuple, overload

import numpy as np

from kb.domain.rankings import Candidates, Keys, Scores


class Placed(NamedTuple):
    """A passage's rank in one ranking, counted from 1, and its score there."""

    rank: int
    score: float


class Fused(NamedTuple):
    """A passage with its fused score, and its rank and score in each ranking that contains it."""

    key: int
    score: float
    lexical: Placed | None = None
    dense: Placed | None = None


class Fusion(Sequence[Fused]):
    """The fused ranking of two retrievers: keys (n,) and scores (n,), best first.

    It is stored as arrays; indexing it creates a `Fused`.
    """

    def __init__(self, keys: Keys, scores: Scores, lexical: Candidates, dense: Candidates) -> None:
        self.keys, self.scores = keys, scores
        self._rankings = (lexical, dense)

    def reordered(self, keys: Keys, scores: Scores) -> "Fusion":
        """Return the ranking with new keys and scores; the keys may include new passages."""
        return Fusion(keys, scores, *self._rankings)

    def cut(self, score: float) -> "Fusion":
        """Return the ranking without the passages that score less than `score`."""
        kept = int(np.count_nonzero(self.scores >= score))
        return self.reordered(self.keys[:kept], self.scores[:kept])

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Fused: ...
    @overload
    def __getitem__(self, at: slice) -> list[Fused]: ...
    def __getitem__(self, at: int | slice) -> Fused | list[Fused]:
        if isinstance(at, slice):
            return [self[index] for index in range(len(self))[at]]
        key = int(self.keys[at])
        lexical, dense = (_placed(ranking, key) for ranking in self._rankings)
        return Fused(key, float(self.scores[at]), lexical, dense)


class Scale(NamedTuple):
    """The limits for scaling two rankings: the highest BM25, and the lowest and highest cosine."""

    lexical: float
    floor: float
    dense: float

    @classmethod
    def of(cls, lexical: Candidates, dense: Candidates) -> "Scale":
        """Return the limits for two rankings; the limits of an empty ranking are 0."""
        highest = [float(one.scores[0]) if len(one) else 0.0 for one in (lexical, dense)]
        return cls(highest[0], float(dense.scores[-1]) if len(dense) else 0.0, highest[1])


def fuse(
    lexical: Candidates,
    dense: Candidates,
    dense_share: float,
    full_cosine: float,
    scale: Scale | None = None,
) -> Fusion:
    """Return the fusion of two rankings, best first; ties are broken by key.

    Each ranking is scaled to 0..1 from its lowest score (0 for BM25) to its highest (for cosines,
    at least `full_cosine`); a passage missing from a ranking gets 0 there. If one ranking is empty,
    the order of the other is unchanged. `dense_share` is the weight of the dense ranking. Passing
    the `scale` of the rankings without filters keeps scores comparable when filters are set.

    Source: Bruch, Gai and Ingber, An Analysis of Fusion Functions for Hybrid Retrieval, ACM TOIS 42
    (2023), section 4 (convex combination).

    >>> fused = fuse(Candidates.of([(1, 2.0)]), Candidates.of([(2, 0.9), (1, 0.8)]), 0.7, 0.5)
    >>> [found.key for found in fused]
    [2, 1]
    """
    scale = scale or Scale.of(lexical, dense)
    share = dense_share if len(lexical) and len(dense) else float(bool(len(dense)))
    keys = np.union1d(lexical.keys, dense.keys)
    scores = np.zeros(len(keys))
    for ranking, floor, full, weight in (
        (lexical, 0.0, scale.lexical, 1 - share),
        (dense, scale.floor, max(scale.dense, full_cosine), share),
    ):
        scaled = _scaled(ranking, floor, full)
        scores[np.searchsorted(keys, ranking.keys)] += weight * scaled
    order = np.lexsort((keys, -scores))
    return Fusion(keys[order], scores[order], lexical, dense)


def _scaled(ranking: Candidates, floor: float, full: float) -> Scores:
    width = full - floor
    if width <= 0:  # one candidate, or equal scores
        return np.ones(len(ranking))
    # With a filter, a passage can score lower than all candidates without it.
    return np.maximum(0.0, (ranking.scores - floor) / width)


def _placed(ranking: Candidates, key: int) -> Placed | None:
    at = np.flatnonzero(ranking.keys == key)
    return Placed(int(at[0]) + 1, float(ranking.scores[at[0]])) if len(at) else None
