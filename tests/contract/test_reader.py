"""What any Reader promises, against plain evaluations over the passages themselves.

A second engine passes these by being another value of `reader`.
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
    """Passages of a few words, some of them alike, with values to filter by."""
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
    """Return the passages, indexed and open."""
    return make_generation(tmp_path_factory.mktemp("index"), UNITS, ENCODER)


def holds(unit: Unit, phrase: tuple[str, ...]) -> bool:
    """Return whether the words stand in the passage in this order, by looking."""
    found = [token.word for token in words(unit.entry.text)]
    return any(tuple(found[i : i + len(phrase)]) == phrase for i in range(len(found)))


def allowed(tree: QueryTree, clauses: Clauses) -> list[int]:
    """Return the keys that keep every condition, by looking at each passage."""
    return [
        key
        for key, unit in enumerate(UNITS)
        if all(set(clause) & set(unit.facets) for clause in clauses)
        and all(holds(unit, phrase) for phrase in tree.must)
        and not any(holds(unit, phrase) for phrase in tree.must_not)
    ]


def bm25(tree: QueryTree, key: int) -> float:
    """Return the score of a passage by the formula, a term counting by its best stem."""
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
    """Return the vector of a question."""
    (vector,) = ENCODER.encode([text])
    return np.asarray(vector, dtype=np.float32)


@given(tree=TREES, clauses=CLAUSES)
def test_select_is_every_passage_that_keeps_the_conditions(
    reader: Reader, tree: QueryTree, clauses: Clauses
) -> None:
    """Quoted words occur, refused ones do not, and a value of every clause is held."""
    assert reader.select(tree, clauses).tolist() == allowed(tree, clauses)


@given(tree=TREES, clauses=CLAUSES)
def test_lexical_finds_what_holds_a_word_and_keeps_the_conditions(
    reader: Reader, tree: QueryTree, clauses: Clauses
) -> None:
    """All passages that hold a word of the question are found, among those that are allowed."""
    asked = {stem for term in tree.terms for stem in term.stems}
    expected = {key for key in allowed(tree, clauses) if asked & set(BAGS[key])}

    assert {one.key for one in reader.lexical(tree, clauses, SIZE)} == expected


@given(tree=TREES, clauses=CLAUSES, k=SIZES)
def test_lexical_never_comes_back_short(
    reader: Reader, tree: QueryTree, clauses: Clauses, k: int
) -> None:
    """The k best are the first k of all, and fewer only where no more match."""
    everything = reader.lexical(tree, clauses, SIZE)

    assert reader.lexical(tree, clauses, k) == everything[:k]


@given(text=WORDS, tree=TREES, clauses=CLAUSES, k=SIZES)
def test_dense_never_comes_back_short(
    reader: Reader, text: str, tree: QueryTree, clauses: Clauses, k: int
) -> None:
    """A filtered search gives k passages while that many are allowed, and no other ones."""
    keys = allowed(tree, clauses)

    found = reader.dense(MAIN, unit_vector(text), tree, clauses, k)

    assert len(found) == min(k, len(keys))
    assert {one.key for one in found} <= set(keys)


@given(text=WORDS, tree=TREES, clauses=CLAUSES, k=SIZES)
def test_dense_is_the_cosine(
    reader: Reader, text: str, tree: QueryTree, clauses: Clauses, k: int
) -> None:
    """The nearest passages and their scores are those of plain multiplication."""
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

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009; the inverse
    document frequency is Lucene's, which is never negative.
    """
    tree = parse_query(text)

    for one in reader.lexical(tree, (), 20):
        assert one.score == pytest.approx(bm25(tree, one.key), rel=1e-4)


@given(text=WORDS, clauses=CLAUSES)
def test_a_filter_changes_no_score(reader: Reader, text: str, clauses: Clauses) -> None:
    """What narrows a search leaves the scores of what stays as they were."""
    tree = parse_query(text)
    scores = dict(list(reader.lexical(tree, (), SIZE)))

    for one in reader.lexical(tree, clauses, SIZE):
        assert one.score == pytest.approx(scores[one.key], rel=1e-6)


def test_ties_are_in_the_order_of_the_catalogue(reader: Reader) -> None:
    """Passages that are equal come in the order of their keys, in both retrievers."""
    tree = parse_query("freeze rents now")
    twins = list(range(150, 159))

    assert [one.key for one in reader.lexical(tree, (), 5)] == twins[:5]
    assert [
        one.key for one in reader.dense(MAIN, unit_vector("freeze rents now"), QueryTree(), (), 5)
    ] == twins[:5]


@pytest.mark.parametrize("k", [0, -1])
def test_nothing_asked_nothing_found(reader: Reader, k: int) -> None:
    """Asking for no passages gives none."""
    tree = parse_query("rent")

    assert reader.lexical(tree, (), k) == reader.dense(MAIN, unit_vector("rent"), tree, (), k) == []


def test_a_question_without_words_finds_no_words(reader: Reader) -> None:
    """The lexical retriever has nothing to say to an empty question."""
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
    """Entries come back exactly as they were stored, in the order that was asked."""
    assert reader.fetch(keys) == [UNITS[key].entry for key in keys]


def test_more_ids_than_one_statement_holds(reader: Reader) -> None:
    """Any number of ids can be looked up at once; unknown ones are absent."""
    ids = [unit.entry.id for unit in UNITS]

    assert reader.keys([*ids, *(f"nobody-{i}" for i in range(1500))]) == {
        one: key for key, one in enumerate(ids)
    }


def test_names_find_their_passages(reader: Reader) -> None:
    """A name leads to its passages; an unknown one is absent."""
    assert reader.named(["passage 7", "nobody"]) == {"passage 7": (7,)}


def test_a_passage_is_not_its_own_neighbour(reader: Reader) -> None:
    """Neighbours are the nearest others, and k of them."""
    found = [one.key for one in reader.neighbors(MAIN, 152, (), 8)]

    assert found == [150, 151, 153, 154, 155, 156, 157, 158]


def test_what_is_not_there_is_none(reader: Reader) -> None:
    """An unknown document is none, and nothing is tied to it."""
    assert reader.document("nobody") is None
    assert list(reader.related_to("nobody")) == []


def test_vectors_are_unit_rows() -> None:
    """The double keeps the encoder's promise."""
    assert np.linalg.norm(VECTORS, axis=1) == pytest.approx(np.ones(SIZE), abs=1e-6)
