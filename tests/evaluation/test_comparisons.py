"""Two rankings are compared query by query."""

import numpy as np
import pytest

from kb.evaluation.comparisons import compare
from kb.evaluation.judgments import Topic
from kb.evaluation.measures import interval, paired_test

TOPICS = [
    Topic(query_id=str(number), text="words", kind=kind)
    for number, kind in enumerate(["amount", "outcome", None, "amount", "outcome", "amount"])
]


def test_difference_is_paired() -> None:
    """The interval is that of the differences per query, not of two means."""
    random = np.random.default_rng(3)
    hard = random.random(40)
    one, other = hard + 0.05, hard + random.normal(0, 0.001, 40)

    [found] = compare("new", {"m": one}, "old", {"m": other})

    assert found.difference == interval(one - other)
    assert found.difference.high - found.difference.low < 0.01 < interval(one).high - found.mean
    assert found.p == paired_test(one, other)
    assert (found.mean, found.than_mean) == pytest.approx((one.mean(), other.mean()))


def test_kinds_follow_all_queries() -> None:
    """Each measure is compared over all queries and then over the queries of each kind."""
    one = np.array([1.0, 0.5, 0.0, 1.0, 0.5, 1.0])

    found = list(compare("new", {"m": one, "n": one}, "old", {"m": one / 2, "n": one}, TOPICS))

    assert [(each.kind, each.measure, each.queries) for each in found] == [
        (None, "m", 6), (None, "n", 6),
        ("amount", "m", 3), ("amount", "n", 3),
        ("outcome", "m", 2), ("outcome", "n", 2),
    ]  # fmt: skip
    assert [each.difference.mean for each in found[2:]] == pytest.approx([0.5, 0.0, 0.25, 0.0])


def test_undefined_queries_are_left_out_of_both_means() -> None:
    """A query counts if both rankings have a value; a kind without such a query is left out."""
    nan = np.nan
    one = np.array([1.0, nan, 0.0, 1.0, nan, 0.4])
    other = np.array([0.0, nan, 0.0, 1.0, nan, 0.4])

    found = {each.kind: each for each in compare("a", {"m": one}, "b", {"m": other}, TOPICS)}

    assert set(found) == {None, "amount"}
    assert found[None].queries == 4
    assert found[None].mean == pytest.approx(0.6)
    assert found[None].difference == interval(np.array([1.0, 0.0, 0.0, 0.0]))
