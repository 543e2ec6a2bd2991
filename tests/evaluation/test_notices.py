"""A report states which queries its means leave out, and why."""

import pytest

from kb.evaluation.judgments import Judgments, Qrel, Topic
from kb.evaluation.notices import notices


def judged(*grades: int | None) -> Judgments:
    """Return judgments of queries, each with one document of this grade or with none."""
    topics = tuple(Topic(query_id=str(number), text="words") for number in range(len(grades)))
    pairs = enumerate(grades)
    return Judgments(topics, tuple(Qrel(str(n), "d", one) for n, one in pairs if one is not None))


@pytest.mark.parametrize("grades", [(1, 1, 1), (3, 2, 2)])
def test_nothing_is_said_where_every_query_counts(grades: tuple[int, ...]) -> None:
    """Judgments that every measure counts have no notice."""
    assert list(notices(judged(*grades))) == []


def test_queries_left_out_are_counted_by_their_reason() -> None:
    """No judgment, no positive grade and no relevant document are counted separately."""
    found = list(notices(judged(3, 2, 2, 1, 0, 0, None, None, None)))

    assert [one.partition(" queries")[0] for one in found] == ["3 of 9", "2 of 9", "1 of 4"]
    assert "have no judgment" in found[0]
    assert "have no positive grade" in found[1]
    assert "nDCG@10 counts them, RR(rel=2)@10 and R(rel=2)@100 do not" in found[2]


def test_stray_grade_is_reported() -> None:
    """The number of grades above 1 is stated if they are too few to make grade 1 marginal."""
    [found] = notices(judged(3, *[1] * 224))

    assert found.startswith("only 1 of 225 queries have a grade above 1")


def test_notices_of_the_files_come_first() -> None:
    """Notices from reading the files come before the others."""
    judgments = judged(1, None)._replace(notices=("qrels.tsv: 1 line(s) repeat",))

    assert next(iter(notices(judgments))) == "qrels.tsv: 1 line(s) repeat"
