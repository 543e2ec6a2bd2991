"""Highlights: the spans of matched words and phrases."""

from hypothesis import given
from hypothesis import strategies as st

from kb.text.analysis import stem, words
from kb.text.highlight import highlight
from tests.strategies import texts

SOME = st.lists(
    st.sampled_from("rent rents control police budget año Policía 🏠 -- ’".split())
).map(" ".join)


@given(SOME | texts(), st.sets(st.sampled_from("rent control polic budget ano".split())))
def test_spans_hold_only_matched_words(text: str, matched: set[str]) -> None:
    """Spans are within the text, ordered and disjoint, and contain only matched words."""
    spans = highlight(text, "en", matched)

    ends = [0, *(end for _, end in spans)]
    assert all(ends[i] <= start < end <= len(text) for i, (start, end) in enumerate(spans))
    for start, end in spans:
        assert {stem(one.word) for one in words(text[start:end])} <= matched


@given(SOME, st.sets(st.sampled_from("rent control polic budget".split())))
def test_every_matched_word_is_in_a_span(text: str, matched: set[str]) -> None:
    """A word is in a span if and only if it matches."""
    spans = highlight(text, "en", matched)

    for one in words(text):
        marked = any(start <= one.start and one.end <= end for start, end in spans)
        assert marked == (stem(one.word) in matched)


def test_a_phrase_is_one_span() -> None:
    """The words of a quoted phrase are one span, and only where they are adjacent."""
    text = "Control of rent: rent control, not rent  control."

    spans = highlight(text, "en", set(), phrases=[("rent", "control")])

    assert [text[start:end] for start, end in spans] == ["rent control", "rent  control"]


def test_a_stemmed_phrase_marks_its_forms() -> None:
    """A stemmed phrase, such as a label, is marked in any of its forms."""
    text = "Rents controlled"

    assert highlight(text, "en", set(), stemmed_phrases=[("rent", "control")]) == ((0, 16),)


def test_phrases_that_overlap_are_joined() -> None:
    """Overlapping spans become one span."""
    phrases = [("fund", "homes"), ("homes", "now")]

    assert highlight("fund homes now", "en", set(), phrases=phrases) == ((0, 14),)


def test_a_phrase_within_a_phrase_takes_nothing_from_it() -> None:
    """A span within a longer one leaves the longer one whole."""
    phrases = [("fund", "homes", "now"), ("homes",)]

    assert highlight("fund homes now", "en", set(), phrases=phrases) == ((0, 14),)
