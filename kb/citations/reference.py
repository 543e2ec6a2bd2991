"""An item with what a citation manager keeps beside it."""

import re
from typing import Any

from pydantic import Field

from kb.citations.item import Item
from kb.domain.noun import Noun

# Whatever any reader may take for the end of a line, and the other control characters.
_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Reference(Noun):
    """A CSL item on its way into a file; the place in the source is the item's `locator`."""

    item: Item = Field(description="CSL-JSON item.")
    issued: str = Field("", description="EDTF date of the source.")
    note: str = Field("", description="A remark of ours.")
    keywords: tuple[str, ...] = Field((), description="Topics, one a word or phrase.")
    abstract: str = Field("", description="What it says, in our own words.")

    @property
    def notes(self) -> tuple[str, ...]:
        """The place in the source, then the remark, as far as there are any."""
        place = self.item.get("locator")
        return tuple(one for one in (f"Cited: {place}" if place else "", self.note) if one)


def one_line(value: Any) -> str:
    """The words on a single line, so that none of them can begin a field of its own."""
    return _CONTROLS.sub(" ", str(value)).strip()


def ends(date: Item) -> list[list[str]]:
    """The one or two ends of a CSL date as digits, `["2020", "05"]`; none for a date in words."""
    return [
        [f"{year:04}", *(f"{part:02}" for part in rest)]
        for year, *rest in date.get("date-parts", ())
    ]
