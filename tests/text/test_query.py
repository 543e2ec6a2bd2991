"""Parsing of a question into a tree; every text has one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.topics import Thesaurus
from kb.text.query import Labels, QueryTree, parse_query
from tests.builders import DEFAULT_TOPICS, make_topic
from tests.strategies import texts


def asked(tree: QueryTree) -> list[str]:
    """Return the words of the terms."""
    return [term.word for term in tree.terms]


@pytest.mark.parametrize(
    "text",
    ['"rent control"', "“rent control”", "«rent control»", "„rent control“", "„rent control”"],
)
def test_quoted_words_must_occur(text: str) -> None:
    """Words in any kind of quotation marks must occur in order, and are terms too."""
    tree = parse_query(f"housing {text} now")

    assert tree.must == (("rent", "control"),)
    assert asked(tree) == ["housing", "rent", "control", "now"]


@pytest.mark.parametrize(
    "text", ['rent "control', 'rent control"', "rent “control", "rent »control«"]
)
def test_a_mark_without_its_partner_is_a_character(text: str) -> None:
    """An unbalanced quotation mark is ignored."""
    tree = parse_query(text)

    assert tree.must == ()
    assert asked(tree) == ["rent", "control"]


def test_a_word_with_a_minus_must_not_occur() -> None:
    """A word after a minus is excluded, and is in neither the terms nor the text."""
    tree = parse_query("rent -police")

    assert (asked(tree), tree.must_not, tree.text) == (["rent"], (("police",),), "rent")


def test_a_quotation_with_a_minus_must_not_occur() -> None:
    """Quoted words after a minus are excluded as a phrase."""
    tree = parse_query('rent -"police budget"')

    assert (asked(tree), tree.must, tree.must_not) == (["rent"], (), (("police", "budget"),))


@pytest.mark.parametrize(
    "text", ["well-being", "non-reformist", "police - budget", "--rent", "a -", "-"]
)
def test_a_hyphen_elsewhere_excludes_nothing(text: str) -> None:
    """A hyphen inside a word, alone or doubled is punctuation."""
    assert parse_query(text).must_not == ()


def test_a_minus_in_a_quotation_is_one_of_its_characters() -> None:
    """A minus inside quotation marks excludes nothing."""
    tree = parse_query('"budget -cut"')

    assert (tree.must, tree.must_not) == ((("budget", "cut"),), ())


def test_stop_words_are_left_out_but_not_all_of_them() -> None:
    """Stop words are dropped unless nothing else was typed."""
    assert asked(parse_query("the rent of the people")) == ["rent", "people"]
    assert asked(parse_query("who are they")) == ["who", "are", "they"]


@pytest.mark.parametrize("text", ["", " ", "🏠🔥", '""', "-", "\x00", "?!", '-"" «»'])
def test_a_question_without_words_is_empty(text: str) -> None:
    """A text without words is an empty question."""
    assert parse_query(text).is_empty


def test_exclusions_alone_ask_nothing() -> None:
    """A question with only exclusions is empty."""
    assert parse_query("-police").is_empty


def test_a_nul_separates_words() -> None:
    """A NUL character separates words as a space does."""
    assert asked(parse_query("rent\x00control")) == ["rent", "control"]


def test_a_word_is_asked_once_with_the_stem_of_each_language() -> None:
    """A term has its stems in all languages of the interface, without repeats."""
    (term,) = parse_query("demandas Demandas").terms

    assert term.word == "demandas"
    assert len(term.stems) == len(set(term.stems)) == 2


def test_labels_of_the_thesaurus_widen() -> None:
    """A label in either language names its topic, and the longest label is used."""
    labels = Labels(Thesaurus(DEFAULT_TOPICS))

    (english,) = parse_query("Rent Controls in Oakland", labels).widenings
    (spanish,) = parse_query("control de alquileres", labels).widenings

    assert (english.topic, english.label) == ("tenants", "rent control")
    assert (spanish.topic, spanish.label) == ("tenants", "control de alquileres")


@given(texts() | st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_has_a_tree(text: str) -> None:
    """Any text parses; no word is empty, and the text for the encoder is one line."""
    tree = parse_query(text, Labels(Thesaurus(DEFAULT_TOPICS)))

    assert all(word for phrase in (*tree.must, *tree.must_not) for word in phrase)
    assert all(term.word and all(term.stems) for term in tree.terms)
    assert tree.text == " ".join(tree.text.split())
    assert tree.unquoted().must == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [("desalojos", "es"), ("Desalojo", "es"), ("evictions", "en"), ("desalojos Chicago", None)],
)
def test_a_query_of_labels_alone_has_their_language(text: str, language: str | None) -> None:
    """A question that is a label has the label's language; with other words it has none."""
    topic = make_topic("evictions", "Evictions", "Desalojos")

    assert parse_query(text, Labels(Thesaurus([topic]))).label_language == language
