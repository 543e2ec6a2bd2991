"""A question that is a quotation finds the passage with its words first."""

from pathlib import Path

import pytest

from kb.domain.queries import Filters, Query
from kb.encoders.vector_spaces import vector_spaces
from kb.search.searcher import Searcher
from tests.builders import make_generation, make_unit
from tests.fakes import HashEncoder

QUOTED = "Nobody who rides the night bus should have to wait an hour in the rain for it."
BESIDE = "The council met on Tuesday and heard nine people about parks, trees and the library."
TEXTS = (
    " ".join(reversed(QUOTED.split())),  # every word, and no two in a row
    f"{BESIDE} {QUOTED} {BESIDE.replace('Tuesday', 'Friday').replace('nine', 'eleven')}",
    "Rain fell on the bus for an hour at night.",
    "Nobody has to wait.",
)


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """Return a searcher over four passages."""
    units = [make_unit(number, text) for number, text in enumerate(TEXTS)]
    return Searcher(make_generation(tmp_path, units, HashEncoder()), vector_spaces(HashEncoder()))


def first(searcher: Searcher, text: str, **asked: object) -> str:
    """Return the text of the first hit."""
    query = Query.model_validate({"text": text, **asked})
    return searcher.search(query).hits[0].text


@pytest.mark.parametrize(
    "typed",
    [
        QUOTED,
        QUOTED.lower(),
        "rides the night bus should have to wait an hour",
        "who rides the night-bus should have to",
        f"{QUOTED} Then they all went home together.",
        QUOTED.replace("rain", "snow"),
    ],
)
def test_words_in_a_row_come_first(searcher: Searcher, typed: str) -> None:
    """A quotation without marks, in part, or with one wrong word finds its passage first."""
    assert first(searcher, typed) == TEXTS[1]


def test_scores_fall(searcher: Searcher) -> None:
    """Hits are in descending order of score."""
    scores = [hit.score for hit in searcher.search(Query(text=QUOTED)).hits]

    assert len(scores) == len(TEXTS)
    assert scores == sorted(scores, reverse=True)


def test_a_dense_search_ignores_quotations(searcher: Searcher) -> None:
    """A dense search ranks by cosine, whatever words a passage contains."""
    by_meaning = searcher.search(Query(text=QUOTED, mode="dense"))
    cosines = [hit.explanation.dense.score for hit in by_meaning.hits if hit.explanation.dense]

    assert len(cosines) == len(TEXTS)
    assert cosines == sorted(cosines, reverse=True)


def test_filters_hold_for_quotations(searcher: Searcher) -> None:
    """A passage that the filters leave out is not found by its words."""
    found = searcher.search(Query(text=QUOTED, filters=Filters(document=("none",))))

    assert found.hits == ()
