"""Fusion of a lexical and a dense ranking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.rankings import Candidates
from kb.encoders.vector_spaces import CALIBRATIONS, MAIN, vector_space
from kb.search.fuse import Scale, fuse
from kb.settings import BUNDLED
from tests.fakes import HashEncoder

SHARE, FULL = CALIBRATIONS[BUNDLED].dense_share, CALIBRATIONS[BUNDLED].full_cosine


def rankings(low: float, high: float) -> st.SearchStrategy[Candidates]:
    """Return a strategy of rankings, in which each key occurs once, best first."""
    scores = st.dictionaries(st.integers(0, 30), st.floats(low, high), max_size=12)
    return scores.map(lambda found: Candidates.of(found.items()))


@given(rankings(0.01, 30), rankings(-0.2, 1))
def test_every_candidate_is_ranked_once(lexical: Candidates, dense: Candidates) -> None:
    """Each candidate is ranked once; scores are within 0..1 and fall; ties are in order of keys."""
    fused = fuse(lexical, dense, SHARE, FULL)

    assert sorted(one.key for one in fused) == sorted({c.key for c in [*lexical, *dense]})
    assert all(-1e-9 <= one.score <= 1 + 1e-9 for one in fused)
    assert list(fused) == sorted(fused, key=lambda one: (-one.score, one.key))


@given(rankings(0.01, 30))
def test_one_ranking_keeps_its_order(lexical: Candidates) -> None:
    """If only one ranking is given, its order is kept except for ties."""
    fused = fuse(lexical, Candidates(), SHARE, FULL)

    scores = {candidate.key: candidate.score for candidate in lexical}
    assert [scores[one.key] for one in fused] == sorted(scores.values(), reverse=True)


def test_a_weak_dense_ranking_does_not_outweigh_words() -> None:
    """A low cosine counts for less than a lexical match."""
    fused = fuse(Candidates.of([(1, 2.0)]), Candidates.of([(2, 0.2), (3, 0.1)]), SHARE, FULL)

    assert fused[0].key == 1


def test_places_are_those_of_each_retriever() -> None:
    """A fused passage keeps the rank and score of each ranking."""
    fused = fuse(Candidates.of([(7, 3.0)]), Candidates.of([(8, 0.9), (7, 0.8)]), SHARE, FULL)

    both = next(one for one in fused if one.key == 7)
    assert both.lexical == (1, 3.0)
    assert both.dense == (2, 0.8)


def test_a_guess_of_a_model_weighs_less_than_words() -> None:
    """The dense share falls if the best cosine is low or there is none."""
    space = vector_space(MAIN, HashEncoder("multilingual-e5-small"))
    known = space.calibration

    assert space.share(known.sure_cosine + 0.01) == known.dense_share > 0.5
    for best in (known.sure_cosine - 0.01, None):
        assert space.share(best) == known.faint_share < 0.5


def test_constants_belong_to_the_model_on_which_they_were_measured() -> None:
    """A model without calibration has no threshold and a share of one half."""
    other = vector_space(MAIN, HashEncoder("never-measured")).calibration

    assert other.weak_cosine is None
    assert (other.dense_share, other.full_cosine, other.with_feedback) == (0.5, 0.0, False)
    assert vector_space(MAIN, HashEncoder(f"some/{BUNDLED}")).calibration == CALIBRATIONS[BUNDLED]


def test_results_end_where_scores_are_low() -> None:
    """A cut keeps the passages with at least the given score, in order, with their ranks."""
    fused = fuse(Candidates.of([(1, 4.0), (2, 3.0), (3, 0.4)]), Candidates(), SHARE, FULL)

    assert [one.key for one in fused.cut(0.75)] == [1, 2]
    assert fused.cut(0.75)[1].lexical == (2, 3.0)
    assert len(fused.cut(0.0)) == 3
    assert len(fused.cut(1.1)) == 0


@given(rankings(0.01, 30), rankings(-0.2, 1), st.sets(st.integers(0, 30)))
def test_a_filter_leaves_scores_as_they_are(
    lexical: Candidates, dense: Candidates, allowed: set[int]
) -> None:
    """With the scale of all candidates, filtered candidates keep their scores."""
    whole = fuse(lexical, dense, SHARE, FULL)
    some = [
        Candidates.of([one for one in ranking if one.key in allowed])
        for ranking in (lexical, dense)
    ]

    filtered = fuse(some[0], some[1], SHARE, FULL, Scale.of(lexical, dense))

    if all(len(one) for one in some):
        before = {one.key: one.score for one in whole}
        assert {one.key: one.score for one in filtered} == pytest.approx(
            {key: score for key, score in before.items() if key in allowed}
        )
