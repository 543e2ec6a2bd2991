"""Quantities, citations and locators in words."""

import pytest
from pydantic import ValidationError

from kb.citations.item import Cited
from kb.citations.line import citation_line
from kb.domain.quantities import Quantity, grouped
from kb.domain.records import Locator
from kb.domain.sources import Name, Source
from kb.languages.quantities import in_words
from tests.builders import SEEN, make_document, make_quantity


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (make_quantity(40), "40 percent"),
        (
            make_quantity(40, qualifier="over", of="arrests", period="2018"),
            "over 40 percent of arrests, 2018",
        ),
        (make_quantity(1500000, "USD", per="year"), "$1,500,000 per year"),
        (make_quantity(3, "USD", upper=5), "$3 to 5"),
        (make_quantity(2.5, "EUR"), "2.5 EUR"),
        (make_quantity(1200, "people", of="tenants"), "1,200 people (tenants)"),
        (make_quantity(12, "items", of="demands", qualifier="at-least"), "at least 12 demands"),
        (make_quantity(31, "one-in", of="adults"), "one in 31 (adults)"),
        (make_quantity(3, "number", of="rank"), "rank 3"),
    ],
)
def test_a_quantity_reads_as_a_person_says_it(quantity: Quantity, words: str) -> None:
    """A quantity is printed with its qualifier, its unit and what it counts."""
    assert in_words(quantity, "en") == words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1500000, "1,500,000"),
        (0.01, "0.01"),
        (1234.5, "1,234.5"),
        (3.0, "3.0"),
        (1e-7, "0.0000001"),
        (-1000, "-1,000"),
    ],
)
def test_numbers_are_exact(value: float, said: str) -> None:
    """A number is printed in full with commas between thousands, never rounded."""
    assert grouped(value) == said


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 1, "unit": "doubloons"},
        {"value": 1, "unit": "items"},
        {"value": 5, "upper": 5, "unit": "percent"},
        {"value": float("inf"), "unit": "percent"},
        {"value": float("nan"), "unit": "percent"},
    ],
)
def test_a_quantity_without_meaning_is_refused(fields: dict[str, object]) -> None:
    """An unknown unit, unnamed items, a range that does not rise and an infinity are refused."""
    with pytest.raises(ValidationError):
        Quantity.model_validate(fields)


def source(**changes: object) -> Source:
    """Return a source with a title, a date and an address."""
    return Source.model_validate(make_document(source=changes).source.model_dump())


def test_a_citation_names_authors_title_date_place_and_address() -> None:
    """A citation has author, title, date, locator and address."""
    cited = source(title="Rent", author=[Name(family="Davis", given="Angela")], issued="1981")

    assert citation_line([Cited(cited, Locator(section=("Part 1",), page="3"))]) == (
        f"Angela Davis, “Rent”, 1981, “Part 1”, p. 3. {SEEN}"
    )


def test_a_citation_without_authors_names_organizations() -> None:
    """Organizations replace missing authors, and a missing date is printed as “n.d.”."""
    cited = source(title="Rent", organization=["Tenants"], issued=None, URL=None)

    assert citation_line([Cited(cited)]) == "Tenants, “Rent”, n.d."


def test_many_authors_are_shortened() -> None:
    """More than three authors are shortened to the first and “et al.”."""
    names = [Name(literal=letter) for letter in "ABCD"]

    assert citation_line([Cited(source(title="T", author=names, URL=None))]).startswith(
        "A, et al., “T”"
    )


def test_a_locator_is_printed_in_full() -> None:
    """The words of a locator have all its parts."""
    locator = Locator(section=("A", "B"), page="iv", paragraph=2, timestamp="00:01:00")

    assert locator.words == "“A > B”, p. iv, para. 2, at 00:01:00"
