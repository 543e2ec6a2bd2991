"""What any `Reader` promises, compared with plain evaluations over the passages.

To test a second engine, return its reader from the fixture `reader`.
"""

import math
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.passages import Unit
from kb.domain.queries import Clauses
from kb.encoders.base import Vectors
from kb.encoders.vector_spaces import MAIN
from kb.index.contract import OpenReader, Reader
from kb.text.analysis import stems, words
from kb.text.query import QueryTree, parse_query
from tests.builders import make_generation, make_unit
from tests.fakes import HashEncoder

VOCABULARY = "rent rents control police budget jail fund homes freeze año water the of".split()
K1, B = 1.2, 0.75  # tantivy's constants, and Robertson's


def passages() -> list[Unit]:
    """Return short passages with facets; the last nine are equal."""
    chance = random.Random(7)
    units = []
    for key in range(150):
        text = " ".join(chance.choices(VOCABULARY, k=chance.randint(1, 30)))
        facets = [f"kind={chance.choice('abc')}", f"year={chance.randint(2000, 2005)}"]
        units.append(make_unit(key, text, facets if key % 10 else facets[:1]))
    twins = [make_unit(150 + key, "freeze rents now", ("kind=a",)) for key in range(9)]
    return [*units, *twins]


UNITS = passages()
SIZE = len(UNITS)
ENCODER = HashEncoder()
VECTORS = ENCODER.encode([unit.embedded for unit in UNITS])
# How often each stem stands in each passage.
BAGS = [Counter(token.word for token in stems(unit.entry.text)) for unit in UNITS]

WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(" ".join)
QUESTIONS = st.lists(
    st.builds("{}{}".format, st.sampled_from(["", "", "-"]), st.sampled_from(VOCABULARY))
    | st.builds('{}"{}"'.format, st.sampled_from(["", "-"]), WORDS),
    min_size=1,
    max_size=4,
).map(" ".join)
TREES = QUESTIONS.map(parse_query)
FIELDS = ["kind=a", "kind=b", "kind=z", "year=2001", "year=2004"]
CLAUSES = st.lists(st.lists(st.sampled_from(FIELDS), max_size=3).map(tuple), max_size=2).map(tuple)
SIZES = st.sampled_from([1, 2, 10, 1000])


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> OpenReader:
    """Return a reader over the passages of `UNITS`."""
    return make_generation(tmp_path_factory.mktemp("index"), UNITS, ENCODER)


def holds(unit: Unit, phrase: tuple[str, ...]) -> bool:
    """Return whether the passage contains these words in this order."""
    found = [token.word for token in words(unit.entry.text)]
    return any(tuple(found[i : i + len(phrase)]) == phrase for i in range(len(found)))


def allowed(tree: QueryTree, clauses: Clauses) -> list[int]:
    """Return the keys of the passages that meet every condition, evaluated one by one."""
    return [
        key
        for key, unit in enumerate(UNITS)
        if all(set(clause) & set(unit.facets) for clause in clauses)
        and all(holds(unit, phrase) for phrase in tree.must)
        and not any(holds(unit, phrase) for phrase in tree.must_not)
    ]


def bm25(tree: QueryTree, key: int) -> float:
    """Return the BM25 score of a passage; each term counts by its best stem."""
    average = sum(bag.total() for bag in BAGS) / SIZE
    total = 0.0
    for term in tree.terms:
        scores = [0.0]
        for one in term.stems:
            holding = sum(one in bag for bag in BAGS)
            rarity = math.log(1 + (SIZE - holding + 0.5) / (holding + 0.5))
            often = BAGS[key][one]
            scale = K1 * (1 - B + B * BAGS[key].total() / average)
            scores.append(rarity * often * (K1 + 1) / (often + scale))
        total += max(scores)
    return total


def unit_vector(text: str) -> Vectors:
    """Return the float32 unit vector of a text."""
    (vector,) = ENCODER.encode([text])
    return np.asarray(vector, dtype=np.float32)


@given(tree=TREES, clauses=CLAUSES)
def test_select_returns_every_passage_that_meets_the_conditions(
    reader: Reader, tree: QueryTree, clauses: Clauses
) -> None:
    """Quoted words occur, excluded words do not, and a value of every clause is present."""
    assert reader.select(tree, clauses).tolist() == allowed(tree, clauses)


@given(tree=TREES, clauses=CLAUSES)
def test_lexical_finds_passages_with_a_word_that_meet_the_conditions(
    reader: Reader, tree: QueryTree, clauses: Clauses
) -> None:
    """Every allowed passage with a word of the question is found, and no other."""
    asked = {stem for term in tree.terms for stem in term.stems}
    expected = {key for key in allowed(tree, clauses) if asked & set(BAGS[key])}

    assert {one.key for one in reader.lexical(tree, clauses, SIZE)} == expected


@given(tree=TREES, clauses=CLAUSES, k=SIZES)
def test_lexical_returns_the_first_k_of_all_matches(
    reader: Reader, tree: QueryTree, clauses: Clauses, k: int
) -> None:
    """The k best are the first k of all matches, and fewer only where fewer match."""
    everything = reader.lexical(tree, clauses, SIZE)

    assert reader.lexical(tree, clauses, k) == everything[:k]


@given(text=WORDS, tree=TREES, clauses=CLAUSES, k=SIZES)
def test_dense_returns_k_passages_if_so_many_are_allowed(
    reader: Reader, text: str, tree: QueryTree, clauses: Clauses, k: int
) -> None:
    """A filtered search returns k passages if so many are allowed, and only allowed ones."""
    keys = allowed(tree, clauses)

    found = reader.dense(MAIN, unit_vector(text), tree, clauses, k)

    assert len(found) == min(k, len(keys))
    assert {one.key for one in found} <= set(keys)


@given(text=WORDS, tree=TREES, clauses=CLAUSES, k=SIZES)
def test_dense_is_the_cosine(
    reader: Reader, text: str, tree: QueryTree, clauses: Clauses, k: int
) -> None:
    """The best passages and their scores are those of plain multiplication."""
    vector, keys = unit_vector(text), allowed(tree, clauses)
    cosines = VECTORS @ vector
    expected = sorted((float(cosines[key]) for key in keys), reverse=True)[:k]

    found = reader.dense(MAIN, vector, tree, clauses, k)

    assert [one.score for one in found] == pytest.approx(expected, abs=1e-5)
    assert [one.score for one in found] == pytest.approx(
        [float(cosines[one.key]) for one in found], abs=1e-5
    )


@given(text=WORDS)
def test_bm25_is_the_formula(reader: Reader, text: str) -> None:
    """Scores are those of BM25, computed here from the words alone.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009. The inverse
    document frequency is Lucene's, which is never negative.
    """
    tree = parse_query(text)

    for one in reader.lexical(tree, (), 20):
        assert one.score == pytest.approx(bm25(tree, one.key), rel=1e-4)


@given(text=WORDS, clauses=CLAUSES)
def test_a_filter_changes_no_score(reader: Reader, text: str, clauses: Clauses) -> None:
    """A passage that a filter keeps has the score that it has without the filter."""
    tree = parse_query(text)
    scores = dict(list(reader.lexical(tree, (), SIZE)))

    for one in reader.lexical(tree, clauses, SIZE):
        assert one.score == pytest.approx(scores[one.key], rel=1e-6)


def test_ties_are_in_the_order_of_the_catalogue(reader: Reader) -> None:
    """Equal passages come in the order of their keys, in lexical and dense search."""
    tree = parse_query("freeze rents now")
    twins = list(range(150, 159))

    assert [one.key for one in reader.lexical(tree, (), 5)] == twins[:5]
    assert [
        one.key for one in reader.dense(MAIN, unit_vector("freeze rents now"), QueryTree(), (), 5)
    ] == twins[:5]


@pytest.mark.parametrize("k", [0, -1])
def test_no_passages_are_returned_for_k_below_one(reader: Reader, k: int) -> None:
    """A search for no passages returns none."""
    tree = parse_query("rent")

    assert reader.lexical(tree, (), k) == reader.dense(MAIN, unit_vector("rent"), tree, (), k) == []


def test_a_question_without_words_has_no_lexical_matches(reader: Reader) -> None:
    """Lexical search returns nothing for an empty question."""
    assert reader.lexical(QueryTree(), (), 10) == []


@given(clauses=CLAUSES)
def test_counts_are_of_the_selected_set(reader: Reader, clauses: Clauses) -> None:
    """Each value is counted over the selected passages."""
    keys = allowed(QueryTree(), clauses)

    counts = reader.counts(reader.select(QueryTree(), clauses))

    flat = {f"{field}={value}": one for field in counts for value, one in counts[field].items()}
    assert flat == Counter(value for key in keys for value in UNITS[key].facets)


@given(keys=st.lists(st.sampled_from(range(SIZE)), max_size=20))
def test_fetch_keeps_the_order_of_the_keys(reader: Reader, keys: list[int]) -> None:
    """Entries are returned as they were stored, in the order of the keys."""
    assert reader.fetch(keys) == [UNITS[key].entry for key in keys]


def test_any_number_of_ids_can_be_looked_up(reader: Reader) -> None:
    """More ids than one SQL statement takes can be looked up; unknown ids are left out."""
    ids = [unit.entry.id for unit in UNITS]

    assert reader.keys([*ids, *(f"nobody-{i}" for i in range(1500))]) == {
        one: key for key, one in enumerate(ids)
    }


def test_names_find_their_passages(reader: Reader) -> None:
    """A name leads to the keys of its passages; an unknown name is left out."""
    assert reader.named(["passage 7", "nobody"]) == {"passage 7": (7,)}


def test_a_passage_is_not_its_own_neighbour(reader: Reader) -> None:
    """The k neighbours are the nearest other passages."""
    found = [one.key for one in reader.neighbors(MAIN, 152, (), 8)]

    assert found == [150, 151, 153, 154, 155, 156, 157, 158]


def test_an_unknown_document_is_none(reader: Reader) -> None:
    """An unknown document is None, and no document is related to it."""
    assert reader.document("nobody") is None
    assert list(reader.related_to("nobody")) == []


def test_vectors_of_the_hash_encoder_are_unit_rows() -> None:
    """`HashEncoder` returns rows of length 1, as every encoder must."""
    assert np.linalg.norm(VECTORS, axis=1) == pytest.approx(np.ones(SIZE), abs=1e-6)
