"""Facets of an index compared with a plain evaluation over lists of values."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kb.index.local.facets import Facets, write_facets

VALUES = st.sampled_from([f"{field}={value}" for field in "abc" for value in range(4)])
LISTS = st.lists(st.lists(VALUES, max_size=6), min_size=1, max_size=20)
CLAUSES = st.lists(st.lists(VALUES | st.just("a=unknown"), max_size=4).map(tuple), max_size=4)


def opened(lists: list[list[str]]) -> Facets:
    """Write the facets of passages with these values and open them."""
    with tempfile.TemporaryDirectory() as folder:
        write_facets(Path(folder), lists)
        return Facets(Path(folder))


@given(LISTS, CLAUSES.map(tuple))
def test_mask_is_what_the_clauses_say(
    lists: list[list[str]], clauses: tuple[tuple[str, ...], ...]
) -> None:
    """A passage is kept if it has a value of every clause; an empty clause keeps nothing."""
    expected = [all(set(clause) & set(values) for clause in clauses) for values in lists]

    assert opened(lists).mask(clauses).tolist() == expected


@given(LISTS, st.data())
def test_counts_are_of_the_passages_that_are_asked_for(
    lists: list[list[str]], data: st.DataObject
) -> None:
    """Each value counts once for each of the given passages, and no other passage counts."""
    keys = data.draw(st.lists(st.sampled_from(range(len(lists))), unique=True))
    held = [value for key in keys for value in set(lists[key])]

    counts = opened(lists).counts(np.array(keys, dtype=np.int64))

    flat = {f"{field}={value}": one for field in counts for value, one in counts[field].items()}
    assert flat == {value: held.count(value) for value in set(held)}


def test_passages_may_have_no_values() -> None:
    """Without values a passage meets no clause and has no counts."""
    facets = opened([[], []])

    assert facets.mask(()).tolist() == [True, True]
    assert facets.mask((("a=1",),)).tolist() == [False, False]
    assert facets.counts(np.array([0, 1], dtype=np.int64)) == {}
