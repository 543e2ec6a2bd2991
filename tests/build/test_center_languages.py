"""Centering languages: the language of a question weighs less among multilingual vectors."""

import numpy as np
import pytest

from indexer.steps.center_languages import MIN_PASSAGES, SHARE, language_neutral
from kb.encoders.base import Vectors

D = 16


def rows(count: int, seed: int, offset: int) -> Vectors:
    """Return unit rows for a language: random directions plus one that all its rows share."""
    found = np.random.default_rng(seed).standard_normal((count, D)).astype(np.float32)
    found[:, offset] += 4
    unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def test_languages_come_nearer_by_the_share_and_the_main_one_stays() -> None:
    """The means come nearer by SHARE, and the rows of a language keep their differences."""
    english, spanish = rows(200, 1, 0), rows(MIN_PASSAGES, 2, 1)
    vectors = np.concatenate([english, spanish])

    found = language_neutral(vectors, ["en"] * 200 + ["es"] * MIN_PASSAGES)

    before = spanish.mean(axis=0) - english.mean(axis=0)
    after = found[200:].mean(axis=0) - found[:200].mean(axis=0)
    assert np.array_equal(found[:200], english)
    assert after == pytest.approx((1 - SHARE) * before, abs=1e-5)
    assert found[200:] - found[200] == pytest.approx(spanish - spanish[0], abs=1e-5)


def test_few_passages_of_a_language_stay_where_they_are() -> None:
    """With few passages the mean reflects their content, not their language, so nothing moves."""
    vectors = np.concatenate([rows(60, 1, 0), rows(MIN_PASSAGES - 1, 2, 1)])

    assert np.array_equal(
        language_neutral(vectors, ["en"] * 60 + ["es"] * (MIN_PASSAGES - 1)), vectors
    )
