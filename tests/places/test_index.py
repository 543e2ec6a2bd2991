"""Places of the world are found by name, alone and in a question."""

import pytest

from indexer.corpus.read import Corpus
from kb.errors import NotFoundError
from kb.search.names import Names


@pytest.fixture(scope="module")
def names(whole_corpus: Corpus) -> Names:
    """Return the names of the shipped corpus."""
    return Names(whole_corpus.thesaurus, whole_corpus.gazetteer)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("fresno", "us-ca-fresno"), ("Toledo, Ohio", "us-oh-toledo"), ("Toledo OH", "us-oh-toledo"),
        ("springfield ma", "us-ma-springfield"), ("Guadalajara, México", "mx-guadalajara"),
        ("República Dominicana", "do"), ("Fresno County, California", "us-ca-fresno-county"),
        ("us-oh-toledo", "us-oh-toledo"), ("Saint Petersburg, FL", "us-fl-st-petersburg"),
        ("Oakland", "us-ca-oakland"), ("Georgia", "us-ga"), ("Portland, OR", "us-or-portland"),
        ("Richmond, Virginia", "us-va-richmond"), ("Charleston, West Virginia", "us-wv-charleston"),
        ("Las Vegas New Mexico", "us-nm-las-vegas"), ("Port St. Lucie", "us-fl-port-saint-lucie"),
        ("East Saint Louis", "us-il-east-saint-louis"),
        ("Condado de Fresno", "us-ca-fresno-county"),
    ],
)  # fmt: skip
def test_a_name_is_taken_for_a_place(names: Names, typed: str, found: str) -> None:
    """A name with its state is that place; a name alone is a place of the corpus or the largest."""
    assert names.place(typed) == found


def test_the_others_of_a_name_are_named(names: Names) -> None:
    """The largest place of a name is chosen, and the next ones are returned as others."""
    assert names.named_place("Toledo").others[:1] == ("ph-toledo",)
    assert names.named_place("Springfield").id == "us-mo-springfield"
    assert "us-ma-springfield" in names.named_place("Springfield").others
    assert names.named_place("Springfield, MA").others == ()


def test_an_unknown_name_is_refused(names: Names) -> None:
    """The error for an unknown name names similar places."""
    with pytest.raises(NotFoundError, match="us-il-chicago"):
        names.place("Chicagoo")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("rent control in toledo ohio", ("us-oh-toledo",)),
        ("free buses Fresno", ("us-ca-fresno",)),
        ("aborto tres causales República Dominicana", ("do",)),
        ("sacar la licencia de manejar sin papeles en Florida", ("us-fl",)),
        ("police budget Springfield, MA", ("us-ma-springfield",)),
        ("policía fuera de las escuelas en Yonkers", ("us-ny-yonkers",)),
        ("jail in Reading, Pennsylvania", ("us-pa-reading",)),
        ("help us end LA jails", ("us-ca-los-angeles",)),
        ("reading list on hope", ()), ("mobile homes", ()), ("orange", ()),
        ("the new normal for schools", ()), ("environmental justice", ()),
        ("Angela Davis prisons", ()), ("Martin Luther King on poverty", ()),
        ("what is the cost of a bus in or near schools", ()),
    ],
)  # fmt: skip
def test_places_are_recognized_in_a_question(
    names: Names, asked: str, found: tuple[str, ...]
) -> None:
    """A place is recognized with its state, or if it is well known; ordinary words are not."""
    assert names.places_in(asked) == found


def test_a_recognized_place_has_its_label(names: Names) -> None:
    """A place that the corpus does not list has a label with its state or country."""
    assert names.place_label("us-oh-toledo") == "Toledo, Ohio"
    assert names.place_label("us-ca-oakland", "es") == "Oakland"
    assert names.place_label("do", "es") == "República Dominicana"
