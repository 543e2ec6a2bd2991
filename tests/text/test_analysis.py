"""Words of a text: folding, stems and spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.analysis import fold, name_key, stem, stems, words
from tests.strategies import CHARACTERS, texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jóvenes", "jovenes"),
        ("POLICÍA", "policia"),
        ("Straße", "STRASSE"),
        ("people’s", "People's"),
    ],
)
def test_fold_ignores_case_accents_and_apostrophes(one: str, other: str) -> None:
    """Spellings that differ in case, accents or the kind of apostrophe fold to one word."""
    assert fold(one) == fold(other)


def test_a_word_with_combining_marks_is_one_word() -> None:
    """A letter with a combining accent gives the same word as the accented letter."""
    assert [token.word for token in words("polici\u0301a")] == ["policia"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["demand", "demands", "demanded", "demanding"]),
        ("en", ["police", "policing"]),
        ("es", ["demanda", "demandas"]),
        ("es", ["participacion", "participaciones"]),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, forms: list[str]) -> None:
    """Forms of a word have one stem in their language."""
    assert len({stem(form, language) for form in forms}) == 1


def test_an_unknown_language_uses_the_english_stemmer() -> None:
    """Words of a language without a stemmer are stemmed as English."""
    assert stem("rents", "fr") == stem("rents", "en")


def test_accents_make_no_difference_to_a_stem() -> None:
    """A Spanish word typed without its accent has the same stem."""
    assert [one.word for one in stems("participación", "es")] == [
        one.word for one in stems("PARTICIPACION", "es")
    ]


def test_name_key_is_the_folded_words() -> None:
    """The key of a name is its folded words, without punctuation."""
    assert name_key(" M4BL-Vision: 2016! ") == "m4bl vision 2016"


@given(st.text(CHARACTERS) | texts())
def test_words_keep_their_place(text: str) -> None:
    """The span of a word folds to the word; spans are ordered, disjoint and within the text."""
    tokens = words(text)

    assert all("".join(fold(text[one.start : one.end]).split()) == one.word for one in tokens)
    ends = [0, *(one.end for one in tokens)]
    assert all(ends[i] <= one.start < one.end <= len(text) for i, one in enumerate(tokens))


@given(st.text(st.characters(codec="utf-8"), max_size=50))
def test_a_word_is_never_empty_and_holds_no_space(text: str) -> None:
    """No word is empty or contains white space."""
    assert all(one.word and one.word.split() == [one.word] for one in words(text))


@pytest.mark.parametrize("letter", ["\ufdfa", "\uff9e", "\u037a", "\u00bd"])
def test_letters_that_fold_to_several_words_or_none(letter: str) -> None:
    """A letter that folds to text with spaces, or only to marks, gives no invalid word."""
    assert all(one.word and one.word.split() == [one.word] for one in words(f"a {letter} b"))


@pytest.mark.parametrize(
    "spellings",
    [
        ("H.R. 40", "HR 40", "HR40", "hr-40"),
        ("House Bill 1900", "HB1900", "H.B. 1900", "house bill No. 1900"),
        ("42 U.S.C. § 1983", "42 USC 1983"),
        ("501(c)(3)", "501c3"),
        ("L.A.P.D.", "LAPD"),
        ("Washington, D.C.", "Washington DC"),
        ("#EndCashBail", "end cash bail"),
    ],
)
def test_spellings_of_a_name_are_the_same_words(spellings: tuple[str, ...]) -> None:
    """Points, hyphens, spaces and adjoining digits make no difference to the words of a name."""
    found = {tuple(one.word for one in words(text) if one.word != "no") for text in spellings}

    assert len(found) == 1


@pytest.mark.parametrize("text", ["1990s", "14th", "m4bl", "40k", "U.S. v. Jones. It"])
def test_other_words_keep_their_spans(text: str) -> None:
    """A word that is not a name of this kind keeps its span."""
    for token in words(text):
        assert fold(text[token.start : token.end]).replace(".", "") == token.word
