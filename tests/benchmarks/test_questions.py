"""The questions of a load run."""

from itertools import islice

from benchmarks.questions import MAX_WORDS, questions

KNOWN = [f"question {number} about rent bail and buses in town {number}" for number in range(40)]


def test_no_question_is_asked_twice() -> None:
    """However many are taken, each is new, and none is longer than people type."""
    taken = list(islice(questions(KNOWN), 3000))

    assert len(set(taken)) == len(taken) == 3000
    assert all(len(one.split()) <= MAX_WORDS for one in taken)


def test_the_same_run_asks_the_same() -> None:
    """Two servers can be compared: the questions and their order are the same."""
    assert list(islice(questions(KNOWN), 200)) == list(islice(questions(KNOWN), 200))


def test_questions_end_where_there_are_no_new_ones() -> None:
    """A handful of known questions has few mixtures, and drawing stops when they are used up."""
    for known in ([], ["rent"], ["rent", "bail"]):
        asked = list(questions(known))
        assert len(set(asked)) == len(asked) >= len(known)
