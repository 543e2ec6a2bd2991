"""Figures: one normal form for all spellings, and the span of the whole expression."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.records import Record
from kb.text.analysis import figures
from kb.text.highlight import highlight
from kb.text.numbers import read_numeral, stated
from kb.text.query import parse_query
from tests.builders import make_demand, make_finding, make_idea, make_quantity
from tests.strategies import CHARACTERS, texts

SPELLINGS = {
    "100000000": [
        "$100 million", "100 million dollars", "100,000,000", "USD 100M", "$100m",
        "US$100 Million",
        "100-million", "100 millones de dólares", "cien millones", "100.000.000",
        "100\u00a0million", "one hundred million",
    ],
    "3400000000000": ["3.4 trillion", "$3.4 Trillion", "3,400,000,000,000", "$3.4T",
                      "3,4 billones"],
    "40%": ["40 percent", "40%", "40 %", "40 per cent", "40 por ciento", "forty percent",
            "cuarenta por ciento", "40.0%"],
    "1500000": ["1.5 millones", "1,5 millones", "$1.50 million", "1.500.000"],
    "1000000000": ["mil millones", "$1 billion", "1bn", "1.000 millones"],
    "2000000000": ["2 mil millones", "dos mil millones", "two billion", "2.000 millones"],
    "200000000": ["two hundred million", "$200 million", "200 millones"],
    "500000": ["$500,000", "half a million", "500k", "medio millón"],
    "35%": ["thirty-five percent", "treinta y cinco por ciento", "35 pct"],
}  # fmt: skip
CASES = [(form, spelling) for form, some in SPELLINGS.items() for spelling in some]
PLAIN = ["2016", "FY21", "1990s", "2016-17", "287(g)", "$23", "40", "12.05.2020", "1, 2, 3",
         "forty", "mil", "v4.1.2", "1/3 million", "one in three"]  # fmt: skip


def forms(text: str, language: str = "en") -> list[str]:
    """Return the normal forms of the figures in a text."""
    return [one.word for one in figures(text, language)]


@pytest.mark.parametrize(("form", "spelling"), CASES)
def test_every_spelling_has_the_same_form(form: str, spelling: str) -> None:
    """All spellings of a figure, in either language, have one normal form and a whole span."""
    text = f"We want {spelling}, now."

    (found,) = figures(text)

    assert (found.word, text[found.start : found.end]) == (form, spelling)
    assert form in forms(text, "es")


@pytest.mark.parametrize("text", PLAIN)
def test_plain_numbers_are_words_already(text: str) -> None:
    """Years, small numbers, dates and lists give no figure."""
    assert forms(text) == []


def test_the_language_decides_where_nothing_else_does() -> None:
    """A dot before three digits is a decimal point in English and groups thousands in Spanish."""
    assert (forms("1.500"), forms("1.500", "es")) == (["1.5"], ["1500"])
    assert (forms("$5 mil"), forms("5 mil", "es")) == (["5000000"], ["5000"])
    assert forms("1.500 millones") == ["1500000000"]


@given(value=st.integers(1, 10**15))
def test_an_amount_and_its_spellings_meet(value: int) -> None:
    """Grouped digits, plain digits and the record's quantity have one form."""
    (term,) = parse_query(f"{value:,}").terms
    (plain,) = parse_query(str(value)).terms

    assert str(value) in term.stems
    assert str(value) in plain.stems
    assert list(stated(make_demand(amount=make_quantity(value, "USD")))) == [str(value)]


@given(tenths=st.integers(1, 9999), scale=st.sampled_from([("million", 6), ("billion", 9)]))
def test_scales_are_exact(tenths: int, scale: tuple[str, int]) -> None:
    """A decimal before “million” or “billion” becomes the exact number."""
    word, zeros = scale

    assert forms(f"{tenths / 10:.1f} {word}") == [str(tenths * 10 ** (zeros - 1))]


@given(text=st.text(CHARACTERS) | texts() | st.text("1.,0$% kmil"))
def test_figures_keep_their_place(text: str) -> None:
    """Spans are ordered, disjoint and within the text, and a form is never empty."""
    found = figures(text)

    ends = [0, *(one.end for one in found)]
    assert all(ends[i] <= one.start < one.end <= len(text) for i, one in enumerate(found))
    assert all(one.word and one.word.split() == [one.word] for one in found)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (make_demand(amount=make_quantity(5_000_000, "USD", upper=7.5e6)), ["5000000", "7500000"]),
        (make_finding(figure=make_quantity(5.3)), ["5.3%"]),
        (make_finding(), []),
        (make_idea(), []),
    ],
)  # fmt: skip
def test_a_record_states_its_quantity(record: Record, expected: list[str]) -> None:
    """Amounts and figures of records have the same form as in text, with both ends of a range."""
    assert list(stated(record)) == expected


def test_a_figure_of_a_question_is_one_term() -> None:
    """A figure is one term without its single words; a figure of one word is also that word."""
    terms = parse_query("$100 million dollars for housing, not 15M").terms

    assert [term.word for term in terms] == ["$100 million dollars", "housing", "not", "15M"]
    assert [terms[0].stems, terms[3].stems] == [("100000000",), ("15000000", "15m")]


def test_quoted_figures_are_folded_words() -> None:
    """A quoted figure must occur in the quoted words."""
    assert parse_query('"100 Million"').must == (("100", "million"),)


def test_the_whole_expression_is_marked() -> None:
    """A figure is highlighted with its currency and scale."""
    text = "Move US$100 million, not 40."

    spans = highlight(text, "en", {"100000000"})

    assert [text[start:end] for start, end in spans] == ["US$100 million"]


@pytest.mark.parametrize(
    ("numeral", "language", "number"),
    [
        ("1,500", "en", 1500), ("1.500", "es", 1500), ("1,50", "es", 1.5), ("eight", "en", 8),
        ("ocho", "es", 8), ("twenty-five", "en", 25), ("three hundred", "en", 300),
        ("half a million", "en", 500_000), ("2.5m", "en", 2_500_000), ("12.05.2020", "en", None),
        ("rent", "en", None),
    ],
)  # fmt: skip
def test_a_numeral_is_read_as_the_number_that_it_stands_for(
    numeral: str, language: str, number: float | None
) -> None:
    """Digits, words and scales are read as numbers; dates and other words give None."""
    assert read_numeral(numeral, language) == number
