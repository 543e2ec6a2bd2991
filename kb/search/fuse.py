"""Two rankings -> one, by a convex combination of normalised scores."""

from collections.abc import Sequence
from typing import NamedTuple

from kb.domain.search import Candidate
from kb.settings import BUNDLED

# Share of the dense score. Judged queries of four collections gave 0.6 to 0.8 (docs/decisions).
DENSE_SHARE = 0.7
# The same for a question in a language that the model was not trained on. Judged queries in
# Spanish over records in both languages gave nDCG@10 0.387 at 0.3 and 0.281 at 0.7; Spanish
# questions to Spanish paragraphs (xquad-es) 0.967 and 0.911.
FOREIGN_DENSE_SHARE = 0.3
ENGLISH_ONLY = frozenset({BUNDLED})
# A cosine at which a passage surely speaks of the same thing. Where even the best is below it, as
# for slang and single foreign words, the dense ranking counts for as much less; judged queries
# lose nothing (nDCG@10 0.625 without it, 0.624 with it).
SURE_COSINE = 0.5


class Placed(NamedTuple):
    """A rank, from 1, and the score that gave it."""

    rank: int
    score: float


class Fused(NamedTuple):
    """A passage with its fused score and where each retriever put it."""

    key: int
    score: float
    lexical: Placed | None = None
    dense: Placed | None = None


def fuse(
    lexical: Sequence[Candidate], dense: Sequence[Candidate], dense_share: float = DENSE_SHARE
) -> list[Fused]:
    """Fuse two rankings, best first, ties by key.

    Each ranking is scaled to 0..1 from its lowest score (0 for BM25) to its highest (a cosine at
    least SURE_COSINE); a passage that one ranking lacks gets 0 there. Where only one ranking is
    given, its order stays.

    Source: Bruch, Gai and Ingber, An Analysis of Fusion Functions for Hybrid Retrieval,
    ACM TOIS 42 (2023), section 4 (convex combination).

    >>> [found.key for found in fuse([Candidate(1, 2.0)], [Candidate(2, 0.9), Candidate(1, 0.8)])]
    [2, 1]
    """
    by_word = _scaled(lexical, floor=0.0, full=0.0)
    by_sense = _scaled(dense, min((c.score for c in dense), default=0.0), SURE_COSINE)
    word_place, sense_place = _placed(lexical), _placed(dense)
    share = dense_share if by_word and by_sense else float(bool(by_sense))
    found = [
        Fused(
            key,
            (1 - share) * by_word.get(key, 0.0) + share * by_sense.get(key, 0.0),
            word_place.get(key),
            sense_place.get(key),
        )
        for key in by_word.keys() | by_sense.keys()
    ]
    return sorted(found, key=lambda one: (-one.score, one.key))


def share_of(language: str, model: str) -> float:
    """The share of the dense score for a question in a language, with a model by name."""
    return FOREIGN_DENSE_SHARE if language != "en" and model in ENGLISH_ONLY else DENSE_SHARE


def _scaled(ranking: Sequence[Candidate], floor: float, full: float) -> dict[int, float]:
    width = max((candidate.score for candidate in ranking), default=0.0)
    width = max(width, full) - floor
    if width <= 0:  # one candidate, or all alike
        return {candidate.key: 1.0 for candidate in ranking}
    return {candidate.key: (candidate.score - floor) / width for candidate in ranking}


def _placed(ranking: Sequence[Candidate]) -> dict[int, Placed]:
    return {
        candidate.key: Placed(rank, candidate.score)
        for rank, candidate in enumerate(ranking, start=1)
    }
