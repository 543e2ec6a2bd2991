"""The measures agree with the literature, with values by hand and with other programs."""

import itertools
from math import log2

import numpy as np
import pytest
import scipy

from kb.evaluation.judgments import Judgments, Qrel, Run, Scored, Topic
from kb.evaluation.measures import SAMPLES, interval, means, measures, paired_test, per_query


def judged(grades: dict[str, int]) -> Judgments:
    """Return judgments of one query with these grades."""
    topic = Topic(query_id="q", text="words")
    return Judgments((topic,), tuple(Qrel("q", doc, grade) for doc, grade in grades.items()))


def values(judgments: Judgments, ranking: str) -> dict[str, float]:
    """Return the measures of one ranking of documents, whose ids are single letters."""
    run = Run("t", {"q": tuple(Scored(doc, 1.0) for doc in ranking)})
    found = per_query(judgments, judgments.topics, run)
    return {name: float(each[0]) for name, each in found.items()}


def ndcg(gains: list[int], grades: list[int]) -> float:
    """Return nDCG@10 as Järvelin and Kekäläinen define it, with log2 discounts from rank 1."""

    def dcg(some: list[int]) -> float:
        return sum(gain / log2(rank + 1) for rank, gain in enumerate(some[:10], start=1))

    return dcg(gains) / dcg(sorted(grades, reverse=True))


def test_ndcg_by_hand() -> None:
    """Grades 3, 2, 1 found at ranks 2, 4 and 1 give (1 + 3/log2(3) + 2/log2(5)) / ideal."""
    found = values(judged({"a": 3, "b": 2, "c": 1, "d": 0}), "caxb")

    by_hand = (1 + 3 / log2(3) + 2 / log2(5)) / (3 + 2 / log2(3) + 1 / log2(4))
    assert found["nDCG@10"] == pytest.approx(by_hand)


def test_ndcg_against_our_own_formula() -> None:
    """On random rankings ir-measures agrees with the formula."""
    random = np.random.default_rng(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    for _ in range(30):
        grades = {letter: int(random.integers(4)) for letter in letters[:15]} | {"a": 3}
        ranking = "".join(random.permutation(list(letters)))
        gains = [grades.get(letter, 0) for letter in ranking]

        found = values(judged(grades), ranking)["nDCG@10"]

        assert found == pytest.approx(ndcg(gains, list(grades.values())))


def test_equal_scores_keep_the_order_of_the_ranking() -> None:
    """The order of the ranking decides, whatever the scores or ids."""
    assert values(judged({"a": 1}), "ab")["nDCG@10"] == 1.0
    assert values(judged({"b": 1}), "ba")["nDCG@10"] == 1.0


def test_marginal_documents_are_not_relevant() -> None:
    """In graded judgments RR and R count from grade 2, as their names state."""
    found = values(judged({"a": 1, "b": 2, "c": 3}), "axb")

    assert found["RR(rel=2)@10"] == pytest.approx(1 / 3)
    assert found["R(rel=2)@100"] == pytest.approx(1 / 2)
    assert found["Judged@10"] == pytest.approx(2 / 3)


def test_binary_judgments_have_the_plain_measures() -> None:
    """In binary judgments grade 1 is relevant."""
    assert list(map(str, measures(1))) == ["nDCG@10", "RR@10", "R@100", "Judged@10"]
    assert values(judged({"a": 1}), "xa")["RR@10"] == pytest.approx(1 / 2)


def test_measures_without_a_relevant_document_are_undefined() -> None:
    """A query with only marginal grades has nDCG, but neither RR nor R."""
    topics = (Topic(query_id="q", text="words"), Topic(query_id="p", text="words"))
    judgments = Judgments(topics, (Qrel("q", "a", 3), Qrel("p", "a", 1)))
    run = Run("t", {name: (Scored("a", 1.0),) for name in "qp"})

    found = per_query(judgments, topics, run)

    assert found["nDCG@10"].tolist() == [1.0, 1.0]
    for name in ("RR(rel=2)@10", "R(rel=2)@100"):
        assert found[name][0] == 1.0
        assert np.isnan(found[name][1])


def test_undefined_values_are_left_out() -> None:
    """Mean, interval and paired test use the defined values alone."""
    one = np.array([0.1, 0.9, 0.4, 0.8, 0.3])
    other = np.array([0.2, 0.5, 0.1, 0.3, 0.3])
    holes = np.array([np.nan, np.nan])

    assert interval(np.concatenate([one, holes])) == interval(one)
    assert paired_test(np.append(one, np.nan), np.append(other, 0.5)) == paired_test(one, other)
    assert means({"all": one, "none": holes}) == {"all": interval(one)}


@pytest.mark.parametrize("rankings", [{}, {"q": ()}, {"other": (Scored("a", 1.0),)}])
def test_absent_ranking_counts_zero(rankings: dict[str, tuple[Scored, ...]]) -> None:
    """A query without results has the value 0 in every measure."""
    judgments = judged({"a": 1})

    found = per_query(judgments, judgments.topics, Run("t", rankings))

    assert {float(each[0]) for each in found.values()} == {0.0}


def test_interval_encloses_the_mean_and_repeats() -> None:
    """The interval encloses the mean, is the same each time, and is a point for equal values."""
    some = np.random.default_rng(1).random(40)

    found = interval(some)

    assert found.low < found.mean < found.high
    assert found == interval(some)
    same = interval(np.full(5, 0.5))
    assert (same.low, same.mean, same.high) == pytest.approx((0.5, 0.5, 0.5))


def test_interval_agrees_with_scipy() -> None:
    """The interval agrees with scipy's percentile bootstrap up to sampling error."""
    some = np.random.default_rng(2).random(60)

    other = scipy.stats.bootstrap((some,), np.mean, method="percentile", random_state=3)

    found = interval(some)
    assert found.low == pytest.approx(other.confidence_interval.low, abs=0.005)
    assert found.high == pytest.approx(other.confidence_interval.high, abs=0.005)


def test_paired_test_agrees_with_the_exact_test() -> None:
    """The p of 10,000 samples agrees with that of all 2^10 sign patterns up to sampling error."""
    random = np.random.default_rng(5)
    one, other = random.random(10) + 0.15, random.random(10)
    differences = one - other
    patterns = np.array(list(itertools.product([-1, 1], repeat=10)))
    exact = (np.abs(patterns @ differences) >= abs(differences.sum()) - 1e-9).mean()

    assert paired_test(one, other) == pytest.approx(exact, abs=0.015)


def test_paired_test_has_p_from_its_least_value_to_one() -> None:
    """Equal values have p = 1; a large constant difference has the least p, which is not 0."""
    some = np.random.default_rng(5).random(60)

    assert paired_test(some, some) == 1.0
    assert paired_test(some + 0.5, some) == pytest.approx(1 / (SAMPLES + 1))


def test_paired_test_is_two_sided() -> None:
    """The order of the two systems does not change p."""
    random = np.random.default_rng(6)
    one, other = random.random(12), random.random(12)

    assert paired_test(one, other) == paired_test(other, one)
