"""Suggestions while somebody types."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.completions import Completion
from kb.domain.phrases import Phrases
from kb.index.engine import open_engine
from kb.search.complete import KINDS, Completer
from kb.search.names import Names
from kb.text.analysis import name_key
from tests.builders import (
    DEFAULT_PLACES,
    make_corpus,
    make_demand,
    make_document,
    make_generation,
    make_idea,
    make_index,
    make_place,
    make_unit,
)
from tests.fakes import HashEncoder
from tests.strategies import examples

IDEA = ("rent strikes of the past", "police and rents", "Defund the police", "defund jails")
DOCUMENTS = (
    make_document(
        "rent-platform-2020",
        [
            make_demand(
                phrases=Phrases(
                    en=("freeze my rent", "Rent control", "housing as a right", "value of homes"),
                    es=("congelar la renta", "Oakland sin desalojos", "rentar sin miedo"),
                )
            ),
            make_idea(phrases=Phrases(en=IDEA)),
        ],
        source={"title": "A platform about rent", "organization": ("Renters United", "Ålands Hus")},
        phrases=Phrases(en=("platform of renters",)),
    ),
    make_document("second-2021", source={"title": "Police out of homes"}),
    make_document("third-2022", source={"title": "Rentas justas", "language": "es"}),
)
PLACES = (
    *DEFAULT_PLACES,
    make_place("us-ny", "state", name={"en": "New York", "es": "Nueva York"}),
    *(make_place(name) for name in ("vallejo", "valencia", "vale")),
)


@pytest.fixture(scope="module")
def completer(tmp_path_factory: pytest.TempPathFactory) -> Completer:
    """Return a completer over three documents."""
    root = tmp_path_factory.mktemp("suggest")
    make_index(root / "index", make_corpus(root, DOCUMENTS, places=PLACES), HashEncoder())
    reader = open_engine(root / "index").reader()
    return Completer(reader, Names(reader.topics(), reader.places()))


def texts(found: tuple[Completion, ...]) -> list[str]:
    """Return the texts of completions."""
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("budg", Completion(text="Budgets", kind="topic", id="budgets", language="en")),
        ("defund the", Completion(
            text="defund the police", kind="topic", id="policing", language="en")),
        ("oakl", Completion(text="Oakland", kind="place", id="us-ca-oakland")),
        ("nueva y", Completion(text="Nueva York", kind="place", id="us-ny", language="es")),
        ("renters u", Completion(
            text="Renters United", kind="organization", id="Renters United")),
        ("police out", Completion(
            text="Police out of homes", kind="document", id="second-2021", language="en")),
        ("freeze m", Completion(text="freeze my rent", kind="phrase", language="en")),
        ("platform of", Completion(text="platform of renters", kind="phrase", language="en")),
        ("congelar", Completion(text="congelar la renta", kind="phrase", language="es")),
    ],
)  # fmt: skip
def test_every_kind_of_text_is_suggested(
    completer: Completer, typed: str, expected: Completion
) -> None:
    """Labels, names, titles and phrases are suggested with their kind, id and language."""
    assert completer.suggest(typed, 8)[0] == expected


@pytest.mark.parametrize(
    "typed", ["desfinanciar la policia", "DESFINANCIAR LA POLICÍA", "policia desf", "«policía», de"]
)
def test_case_accents_marks_and_order_do_not_matter(completer: Completer, typed: str) -> None:
    """Case, accents and punctuation are ignored, and any word may be typed first."""
    assert texts(completer.suggest(typed, 8)) == ["desfinanciar la policía"]


@pytest.mark.parametrize("typed", ["aland", "Ålan", "hus"])
def test_any_word_of_a_text_may_be_begun(completer: Completer, typed: str) -> None:
    """The beginning of the first word or of a later one is enough."""
    assert texts(completer.suggest(typed, 8)) == ["Ålands Hus"]


def test_words_before_the_last_are_whole(completer: Completer) -> None:
    """Only the last typed word may be unfinished."""
    assert completer.suggest("fre my", 8) == ()
    assert texts(completer.suggest("freeze m", 8)) == ["freeze my rent"]


def test_texts_that_begin_with_it_come_first(completer: Completer) -> None:
    """Texts that begin with the typed words come before those that contain them further on."""
    found = texts(completer.suggest("rent", 20, "en"))

    begun = [name_key(one).startswith("rent") for one in found[: found.index("Rentas justas")]]
    assert {True, False} == set(begun)
    assert begun == sorted(begun, reverse=True)
    assert found.index("rent strikes of the past") < found.index("A platform about rent")


def test_the_readers_language_comes_first(completer: Completer) -> None:
    """Texts of other languages come last; a tag with a region counts as its language."""
    for tag, other in (("en", "es"), ("es", "en"), ("es-MX", "en")):
        found = completer.suggest("rent", 20, tag)
        foreign = [one.language == other for one in found]

        assert {True, False} == set(foreign)
        assert foreign == sorted(foreign)
    assert completer.suggest("rent", 20, "xx") == completer.suggest("rent", 20)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oklan", True),  # a letter less
        ("oakkl", True),  # a letter more
        ("oalk", True),  # two letters changed about
        ("oxkl", True),  # another letter
        ("oxk", False),  # three letters are too few for an edit
        ("oxklxn", False),  # two edits, for which six letters are too few
        ("olk pla", False),  # no text has the other word
        ("bdugtes", False),  # seven letters
        ("plaxfxrm", True),  # two edits in eight letters
        ("plxxfxrm", False),  # three edits
        ("xakland", False),  # the first letter is wrong
    ],
)
def test_a_misspelled_word_is_understood(completer: Completer, typed: str, found: bool) -> None:
    """One edit is allowed in a word of four letters or more, two in one of eight or more."""
    assert bool(completer.suggest(typed, 8)) == found


def test_every_word_may_be_misspelled(completer: Completer) -> None:
    """Edits are allowed for each word by its length, and the fewest edits come first."""
    assert texts(completer.suggest("defnd the polise", 8)) == ["defund the police"]
    assert texts(completer.suggest("rentrs", 8))[0] == "renters"


def test_texts_with_the_typed_words_hide_corrections(completer: Completer) -> None:
    """A text with the typed words hides those that would need an edit."""
    assert texts(completer.suggest("rents", 8)) == ["police and rents"]
    assert texts(completer.suggest("rent control", 8)) == ["rent control"]
    assert all("rent" in name_key(one) for one in texts(completer.suggest("rent", 20)))
    assert texts(completer.suggest("rest control", 8)) == ["rent control"]


def test_kinds_take_turns(completer: Completer) -> None:
    """Among equally good texts, two of a kind come before more of any kind."""
    found = completer.suggest("val", 4)

    assert [one.kind for one in found] == ["place", "place", "phrase", "place"]


@pytest.mark.parametrize("typed", ["", "  ", '-"" –', "\x00", "#"])
def test_without_words_nothing_is_suggested(completer: Completer, typed: str) -> None:
    """For spaces and punctuation nothing is suggested."""
    assert completer.suggest(typed, 8) == ()


@given(typed=st.text("abcdefhijlmnoprstuíy ", max_size=12), limit=st.integers(1, 20))
@examples(200)
def test_nothing_is_suggested_twice(completer: Completer, typed: str, limit: int) -> None:
    """There are at most `limit` completions, and each text and each page occurs once."""
    found = completer.suggest(typed, limit, "en")
    pages = [(one.kind, one.id) for one in found if one.id]

    assert len(found) <= limit
    assert len({name_key(one.text) for one in found}) == len(found)
    assert len(set(pages)) == len(pages)
    assert {one.kind for one in found} <= set(KINDS)


def test_a_text_of_two_kinds_is_the_first_of_them(completer: Completer) -> None:
    """A label that is also a phrase is suggested as the topic."""
    found = completer.suggest("defund", 8, "en")

    assert [(one.text, one.kind) for one in found[:2]] == [
        ("defund the police", "topic"),
        ("defund jails", "phrase"),
    ]
    assert "Defund the police" not in texts(found)


def test_fewer_are_the_first_of_more(completer: Completer) -> None:
    """The first completion does not depend on the limit."""
    for typed in ("r", "rent", "p", "polise"):
        assert completer.suggest(typed, 1, "en") == completer.suggest(typed, 20, "en")[:1]


def test_a_generation_without_names_suggests_nothing(tmp_path: Path) -> None:
    """Without anything to suggest the result is empty."""
    reader = make_generation(tmp_path, [make_unit(0, "Free buses")], HashEncoder())

    assert Completer(reader, Names((), ())).suggest("free", 8) == ()
