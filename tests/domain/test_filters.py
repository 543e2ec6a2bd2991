"""The table of filters, from which the API, options, addresses and facets are made."""

import argparse
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kb.api.requests import SearchBody, SearchRequest
from kb.cli.filters import add_filters, read_filters
from kb.domain.queries import (
    FACETS,
    FILTERS,
    FIRST_YEAR,
    LAST_YEAR,
    MAX_VALUE_CHARACTERS,
    MAX_VALUES,
    FilterField,
    Filters,
)
from kb.web.pages import results
from kb.web.view.urls import MAX_OFFSET, Search

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


def values_of(one: FilterField) -> st.SearchStrategy[Any]:
    """Return a strategy of the values that a filter takes."""
    if one.is_flag:
        return st.none() | st.booleans()
    if not one.multiple:
        return st.none() | st.integers(FIRST_YEAR, LAST_YEAR)
    each = st.sampled_from(one.choices) if one.choices else NAMES
    return st.lists(each, max_size=3, unique=True).map(tuple)


FILTER_VALUES = st.fixed_dictionaries({one.name: values_of(one) for one in FILTERS})


@given(FILTER_VALUES, NAMES, st.integers(0, MAX_OFFSET))
def test_an_address_holds_every_filter(values: dict[str, Any], text: str, offset: int) -> None:
    """A search is the same after it is parsed from the pairs of its address."""
    search = Search(text=text, filters=Filters(**values), offset=offset, sort="newest")

    assert Search.parse(search.pairs()) == search


@given(FILTER_VALUES)
def test_options_hold_every_filter(values: dict[str, Any]) -> None:
    """Each filter has a command-line option, and the parsed options give its values back."""
    parser = argparse.ArgumentParser()
    add_filters(parser)
    typed = []
    for action in parser._actions:
        value = values.get(action.dest)
        if isinstance(value, bool):
            typed.append(action.option_strings[0 if value else 1])
        elif value is not None:
            several = value if isinstance(value, tuple) else (value,)
            typed += [f"{action.option_strings[0]}={each}" for each in several]

    assert read_filters(parser.parse_args(typed)) == Filters(**values)


@given(FILTER_VALUES)
def test_the_api_takes_every_filter(values: dict[str, Any]) -> None:
    """A request of the API has each filter; the order of values makes no difference."""
    turned = {
        name: value[::-1] if isinstance(value, tuple) else value for name, value in values.items()
    }

    assert SearchRequest(**values).filters == SearchBody(**turned).filters
    assert set(SearchRequest(**values).filters.clauses()) == set(Filters(**values).clauses())


def test_facets_and_chips_have_their_order() -> None:
    """The order of counts in an answer, of filters on a page and of all filters is fixed."""
    assert FACETS == (
        "kind", "document_kind", "topic", "place", "level", "size", "year", "genre", "action",
        "outcome", "instrument", "language", "organization", "has_amount", "shelf",
    )  # fmt: skip
    assert [one.name for one in results.FACETS] == [
        "shelf", "kind", "outcome", "topic", "place", "level", "action", "document_kind",
        "language", "instrument", "genre", "size",
    ]  # fmt: skip
    assert [one.name for one in FILTERS] == [
        "kind", "document_kind", "topic", "place", "level", "size", "genre", "action", "outcome",
        "instrument", "language", "organization", "document", "shelf", "year_from", "year_to",
        "has_amount",
    ]  # fmt: skip


def test_closed_lists_have_a_word_for_each_value() -> None:
    """Each value of a closed list has a text, and each filter of a page has a label."""
    for one in FILTERS:
        assert set(one.choices) <= set(one.values)
        assert one.label or not one.page_facet


@pytest.mark.parametrize("name", [one.name for one in FILTERS if one.multiple and not one.choices])
def test_every_list_of_names_is_bounded(name: str) -> None:
    """The number of names and the length of each are limited."""
    for values in (["x" * (MAX_VALUE_CHARACTERS + 1)], ["x"] * (MAX_VALUES + 1)):
        with pytest.raises(ValidationError):
            Filters.model_validate({name: values})
