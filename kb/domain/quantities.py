"""Amounts and figures: values with a unit from a controlled list."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, FiniteFloat, model_validator

from kb.domain.base import Noun

Qualifier = Literal["about", "over", "under", "nearly", "exactly", "at-least", "up-to"]

# ISO 4217 codes of currencies; add others here.
CURRENCIES = (
    "USD EUR GBP CAD MXN COP CLP ARS BRL PEN UYU BOB GTQ HNL CRC DOP ZAR HKD INR NGN KES AUD NZD"
).split()

MEASURES = (
    "percent times one-in rate people households deaths arrests cases calls votes signatures "
    "organizations jurisdictions facilities years months weeks days hours homes jobs acres "
    "items number"
).split()

UNITS = frozenset(CURRENCIES + MEASURES)

# Units that require the field `of`.
NEEDS_OF = frozenset({"items", "number", "rate"})


class Quantity(Noun):
    """A value with its unit, and the source's own wording if it says more."""

    value: int | FiniteFloat = Field(description="The number; for `one-in`, 31 means one in 31.")
    upper: int | FiniteFloat | None = Field(None, description="Upper end of a range.")
    unit: str = Field(
        description="ISO 4217 code of a currency, or a measure from the controlled list."
    )
    qualifier: Qualifier | None = Field(None, description="Precision stated by the source.")
    of: str | None = Field(None, description="What is counted, or the base of a percentage.")
    per: str | None = Field(None, description="Denominator, such as `year`, `hour` or `student`.")
    period: str | None = Field(None, description="Period to which the number refers, as stated.")
    stated: str | None = Field(None, description="Wording of the source, if it says more.")

    @model_validator(mode="after")
    def _known_unit(self) -> Self:
        if self.unit not in UNITS:
            raise ValueError(
                f"unit '{self.unit}' is not known; expected an ISO 4217 code "
                f"({', '.join(CURRENCIES[:4])}, ...) or one of {', '.join(MEASURES)}"
            )
        if self.unit in NEEDS_OF and not self.of:
            raise ValueError(f"unit '{self.unit}' is incomplete; expected '; of: ...'")
        if self.upper is not None and self.upper <= self.value:
            raise ValueError(
                f"upper end {self.upper} is not above {self.value}; expected LOW to HIGH"
            )
        return self

    @property
    def is_money(self) -> bool:
        """Return whether the unit is a currency."""
        return self.unit in CURRENCIES


def grouped(value: int | float) -> str:
    """Return the exact number with commas as thousands separators: `1,500,000`, `0.01`."""
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.1f}"
    return f"{Decimal(repr(value)):,f}"
