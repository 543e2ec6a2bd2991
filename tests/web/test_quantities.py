"""Amounts and figures in the reader's language."""

import pytest

from kb.domain.quantities import MEASURES, Quantity
from kb.languages.quantities import EACH, QUALIFIERS, UNITS, in_words


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": 1_100_000, "unit": "USD", "per": "year"}, "$1,100,000 al año"),
        ({"value": 40, "unit": "percent", "qualifier": "over", "period": "2018"},
         "más de 40 por ciento, 2018"),
        ({"value": 31, "unit": "one-in", "of": "adults"}, "uno de cada 31 (adults)"),
        ({"value": 1.5, "upper": 2.25, "unit": "CLP"}, "1.5–2.25 CLP"),
        ({"value": 12, "unit": "items", "of": "school boards", "qualifier": "at-least"},
         "al menos 12 school boards"),
        ({"value": 20, "unit": "USD", "per": "student"}, "$20 / student"),
        ({"value": 0.00012345, "unit": "percent"}, "0.00012345 por ciento"),
    ],
)  # fmt: skip
def test_a_quantity_is_printed_in_spanish(fields: dict[str, object], said: str) -> None:
    """Number, unit, qualifier and period are Spanish; what the source counts is unchanged."""
    assert in_words(Quantity.model_validate(fields), "es") == said


def test_every_measure_and_qualifier_has_a_text() -> None:
    """Every measure and every qualifier has a translated text."""
    said_otherwise = {"one-in", "rate", "items", "number"}

    assert set(MEASURES) == set(UNITS) | said_otherwise
    assert set(QUALIFIERS) == {
        "about", "over", "under", "nearly", "exactly", "at-least", "up-to"
    }  # fmt: skip
    assert set(EACH) <= {"year", "month", "week", "day", "hour"}
