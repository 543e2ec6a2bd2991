"""Corrections are the nearest words of a vocabulary by the textbook definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.query import Spelling, parse_query
from kb.text.spelling import MAX_ALTERNATIVES, TWO_EDITS_FROM, Vocabulary, is_misspellable

WORD = st.text("abcdeñ", min_size=3, max_size=11).map("a{}".format)


def distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance, computed cell by cell."""
    cells = {}
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                cells[i, j] = i + j
                continue
            same = one[i - 1] == other[j - 1]
            ways = [cells[i - 1, j] + 1, cells[i, j - 1] + 1, cells[i - 1, j - 1] + (not same)]
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                ways.append(cells[i - 2, j - 2] + 1)
            cells[i, j] = min(ways)
    return cells[len(one), len(other)]


@given(words=st.lists(WORD, max_size=40, unique=True), word=WORD)
def test_the_nearest_words_are_those_of_the_definition(words: list[str], word: str) -> None:
    """One edit is allowed, two in long words; the nearest words come by frequency, then by word."""
    counts = {one: len(one) % 3 for one in words}
    limit = 2 if len(word) >= TWO_EDITS_FROM else 1
    least = min((distance(word, one) for one in words), default=9)
    near = [one for one in words if distance(word, one) == least <= limit]

    found = Vocabulary(list(counts.items())).nearest(word)

    assert found == tuple(sorted(near, key=lambda one: (-counts[one], one))[:MAX_ALTERNATIVES])


def test_a_stop_word_is_never_a_correction() -> None:
    """A stop word is not offered as a correction."""
    assert Vocabulary([("into", 900), ("introduce", 2)]).nearest("intro") == ()


@pytest.mark.parametrize("word", ["kaba", "2016", "1990s", "m4bl16", "don't", "x" * 40])
def test_short_words_and_codes_are_left_alone(word: str) -> None:
    """Only words of letters, neither short nor very long, are corrected."""
    assert not is_misspellable(word)


def test_a_question_respelled_keeps_its_words() -> None:
    """The typed word stays in the term; its stems are those of the corrections."""
    tree = parse_query("rent contrll").respelled({"contrll": ("control", "controls")})

    rent, control = tree.terms
    assert (rent.word, rent.instead, control.word) == ("rent", (), "contrll")
    assert control.stems == ("control", "controls")
    assert control.instead[0] == Spelling("control", ("control",))
