"""Documents in a ranking of passages: their ranks and their number."""

from math import log2

import numpy as np
import pytest

from kb.evaluation.documents import (
    DOCUMENTS,
    NDCG,
    PAGE,
    RELEVANT,
    of_documents,
    per_query_documents,
    ranked_documents,
)
from kb.evaluation.judgments import Judgments, Qrel, Run, Scored, Topic

TOPIC = Topic(query_id="q", text="words")


def ranking(*ids: str) -> tuple[Scored, ...]:
    """Return a ranking of these passages."""
    return tuple(Scored(one, -float(rank)) for rank, one in enumerate(ids))


def values(grades: dict[str, int], *ids: str) -> dict[str, float]:
    """Return the measures of one ranking of passages that have these grades."""
    qrels = tuple(Qrel("q", passage, grade) for passage, grade in grades.items())
    found = per_query_documents(
        Judgments((TOPIC,), qrels), (TOPIC,), Run("t", {"q": ranking(*ids)})
    )
    return {name: float(each[0]) for name, each in found.items()}


def test_document_stands_where_its_first_passage_stands() -> None:
    """Later passages of a document take no rank; a summary is a passage of its document."""
    found = ranked_documents(ranking("b#1", "a#1", "b", "b#2", "c", "a"))

    assert [one.doc_id for one in found] == ["b", "a", "c"]
    assert [one.score for one in found] == [0.0, -1.0, -4.0]


def test_grade_of_a_document_is_the_best_of_its_passages() -> None:
    """A document has the best grade of its passages for each query, in any order of judgments."""
    rows = [("q", "a#1", 0), ("q", "a#2", 3), ("q", "a", 1), ("p", "a#2", 1), ("q", "b", 0)]

    found = of_documents(Judgments((TOPIC,), tuple(Qrel(*row) for row in rows)))

    assert [tuple(one) for one in found.qrels] == [("q", "a", 3), ("p", "a", 1), ("q", "b", 0)]


def test_ndcg_of_documents_by_hand() -> None:
    """Documents of grades 2, 0 and 3 give (2 + 3/log2(4)) / ideal, with the best grade of each."""
    grades = {"a#1": 1, "a#2": 2, "b#1": 0, "c#1": 3}

    found = values(grades, "a#1", "a#2", "b#1", "a#3", "c#9")

    assert found[NDCG] == pytest.approx((2 + 3 / log2(4)) / (3 + 2 / log2(3)))


def test_documents_are_counted_once() -> None:
    """Of ten passages each document counts once; a page of ten documents reaches further down."""
    grades = {"a#1": 3, "k#1": 2, "l#1": 2, "z#1": 3, "b#1": 1}
    shown = ["a#1", "a#2", "b#1", "b#2", "c", "d", "e", "f", "g", "h"]

    found = values(grades, *shown, "k#1", "h#2", "i", "l#1")

    assert found[DOCUMENTS] == 8
    assert found[RELEVANT] == 1  # a; b has grade 1 alone, which is marginal
    assert found[PAGE] == 2  # a and k; l is the eleventh document


def test_numbers_of_relevant_documents_need_one() -> None:
    """Numbers of relevant documents are undefined without one; all documents still count."""
    topics = (TOPIC, Topic(query_id="p", text="words"))
    judgments = Judgments(topics, (Qrel("q", "a", 3), Qrel("p", "a", 1)))

    found = per_query_documents(judgments, topics, Run("t", {"p": ranking("a#1", "b")}))

    assert found[DOCUMENTS].tolist() == [0, 2]
    assert found[RELEVANT][0] == found[PAGE][0] == 0
    assert np.isnan(found[RELEVANT][1])
    assert np.isnan(found[PAGE][1])
