"""The questions that a load test asks."""

from itertools import islice

from benchmarks.questions import MAX_WORDS, questions

KNOWN = [f"question {number} about rent bail and buses in town {number}" for number in range(40)]


def test_no_question_is_asked_twice() -> None:
    """However many questions are taken, each is new and none is longer than people type."""
    taken = list(islice(questions(KNOWN), 3000))

    assert len(set(taken)) == len(taken) == 3000
    assert all(len(one.split()) <= MAX_WORDS for one in taken)


def test_every_run_asks_the_same_questions() -> None:
    """Two runs ask the same questions in the same order, so that two servers can be compared."""
    assert list(islice(questions(KNOWN), 200)) == list(islice(questions(KNOWN), 200))


def test_questions_end_where_there_are_no_new_ones() -> None:
    """A few known questions have few combinations; the iterator ends when they are used up."""
    for known in ([], ["rent"], ["rent", "bail"]):
        asked = list(questions(known))
        assert len(set(asked)) == len(asked) >= len(known)
