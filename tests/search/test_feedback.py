"""Relevance feedback: a question's vector is moved towards its first passages."""

from pathlib import Path

import numpy as np
import pytest

from kb.domain.rankings import Candidates
from kb.encoders.vector_spaces import MAIN
from kb.index.contract import OpenReader
from kb.search.fuse import fuse
from kb.search.relevance_feedback import FEEDBACK_PASSAGES, FEEDBACK_WEIGHT, moved
from tests.builders import make_generation, make_unit
from tests.fakes import HashEncoder

TEXTS = ("rent", "buses", "water", "schools", "bail", "wages", "land")


@pytest.fixture
def reader(tmp_path: Path) -> OpenReader:
    """Return a reader over seven passages, more than feedback uses."""
    units = [make_unit(key, text) for key, text in enumerate(TEXTS)]
    return make_generation(tmp_path, units, HashEncoder())


def test_the_question_moves_to_the_mean_of_the_first_passages(
    reader: OpenReader,
) -> None:
    """The vector is Rocchio's: the question plus a share of the mean of the first passages."""
    question = HashEncoder().question("rent and buses")
    ranked = fuse(
        Candidates(), Candidates.of([(key, 1 - key / 10) for key in range(len(TEXTS))]), 1.0, 0.5
    )

    vector = moved(question, ranked, reader, MAIN)

    first = np.stack([reader.vector(MAIN, key) for key in range(FEEDBACK_PASSAGES)])
    expected = question + FEEDBACK_WEIGHT * first.mean(axis=0)
    assert vector == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert vector @ first.mean(axis=0) > question @ first.mean(axis=0)


def test_fewer_passages_than_feedback_looks_at_are_enough(reader: OpenReader) -> None:
    """A single passage moves the question too."""
    question = HashEncoder().question("rent")

    ranked = fuse(Candidates(), Candidates.of([(1, 0.5)]), 1.0, 0.5)
    vector = moved(question, ranked, reader, MAIN)

    assert vector @ reader.vector(MAIN, 1) > question @ reader.vector(MAIN, 1)
