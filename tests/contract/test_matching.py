"""How any `Reader` matches figures and misspelt words."""

import pytest

from kb.domain.passages import Unit
from kb.domain.queries import Query
from kb.encoders.vector_spaces import vector_spaces
from kb.index.contract import OpenReader
from kb.search.searcher import Searcher
from kb.text.query import parse_query
from tests.builders import make_demand, make_generation, make_quantity, make_unit
from tests.fakes import HashEncoder

TEXTS = (
    "Move $100 million from police to homes.",
    "Mover 100 millones de dólares de la policía a la vivienda.",
    "The city has 100 parks and a million trees.",
    "Forty percent of renters fear eviction.",
    "In 2016 the council met 40 times.",
    "Michelle Alexander wrote of mass incarceration.",
    "Close the juvenile courts.",
    "Move that sum.",  # which its record states
)


SPACES = vector_spaces(HashEncoder())


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> OpenReader:
    """Return a reader over the passages of `TEXTS`."""
    units = [make_unit(key, text, language="es" if key == 1 else "en")
             for key, text in enumerate(TEXTS)]  # fmt: skip
    record = make_demand(amount=make_quantity(90_000_000, "USD", upper=100_000_000))
    last = units[-1]
    units[-1] = Unit(last.entry.model_copy(update={"record": record}), *last[1:])
    return make_generation(tmp_path_factory.mktemp("index"), units, HashEncoder())


def found(reader: OpenReader, text: str) -> set[int]:
    """Return the keys of the passages that a question matches by words."""
    tree = parse_query(text)
    return {one.key for one in reader.lexical(tree.respelled(reader.nearest(tree.terms)), (), 10)}


@pytest.mark.parametrize(
    "text", ["$100 million", "100,000,000", "100 millones de dólares", "USD 100M", "100000000"]
)
def test_a_figure_finds_every_spelling_and_the_record(reader: OpenReader, text: str) -> None:
    """A figure matches in words, digits and the record's quantity; its bare digits do not match."""
    assert found(reader, text) == {0, 1, 7}


def test_a_percentage_is_not_a_count(reader: OpenReader) -> None:
    """Forty percent does not match forty times, and a year matches as a word."""
    assert found(reader, "40%") == {3}
    assert found(reader, "2016") == {4}


@pytest.mark.parametrize("text", ["Alexandr", "Alexnader", "incarceraton", "incacreration"])
def test_a_misspelt_word_finds_the_nearest_words(reader: OpenReader, text: str) -> None:
    """A word that occurs nowhere matches the nearest words that do."""
    assert found(reader, text) == {5}


def test_a_word_that_occurs_is_never_corrected(reader: OpenReader) -> None:
    """Neither an indexed word nor another form of one is corrected."""
    assert reader.nearest(parse_query("police close closing courts homes").terms) == {}


def test_a_correction_scores_less_than_the_word(reader: OpenReader) -> None:
    """A misspelt word gives its passage a lower score than the right word does."""
    tree = parse_query("juvenlie")
    guessed = reader.lexical(tree.respelled(reader.nearest(tree.terms)), (), 1)
    meant = reader.lexical(parse_query("juvenile"), (), 1)

    assert guessed[0].key == meant[0].key == 6
    assert guessed[0].score < meant[0].score


def test_a_hit_says_what_a_word_was_taken_for(reader: OpenReader) -> None:
    """The explanation has the correction, and the corrected word is highlighted."""
    answer = Searcher(reader, SPACES).search(Query(text="Alexandr", mode="lexical"))

    (hit,) = answer.hits
    ((start, end),) = hit.highlights.text
    (correction,) = hit.explanation.corrections
    assert (correction.word, correction.to) == ("alexandr", "alexander")
    assert hit.text[start:end] == "Alexander"


def test_a_hit_says_which_figure_it_holds(reader: OpenReader) -> None:
    """A figure is reported as matched also where only the record states it."""
    answer = Searcher(reader, SPACES).search(Query(text="$100M", mode="lexical"))

    assert {hit.explanation.matched for hit in answer.hits} == {("$100M",)}
