"""References for citation managers: a CSL item with abstract, keywords and notes."""

import re
from typing import Any

from pydantic import Field

from kb.citations.item import Item
from kb.domain.base import Noun

# Line breaks of any kind and other control characters.
_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Reference(Noun):
    """A CSL item to export, with a note, keywords and an abstract."""

    item: Item = Field(description="CSL-JSON item.")
    issued: str = Field("", description="EDTF date of the source.")
    note: str = Field("", description="Note by Precedent.")
    keywords: tuple[str, ...] = Field((), description="Topics, each a word or phrase.")
    abstract: str = Field("", description="Summary of the record, in our own words.")

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the locator and our note, if present."""
        place = self.item.get("locator")
        return tuple(one for one in (f"Cited: {place}" if place else "", self.note) if one)


def one_line(value: Any) -> str:
    """Return the text on one line, so that it cannot start another field of a record."""
    return _CONTROLS.sub(" ", str(value)).strip()


def ends(date: Item) -> list[list[str]]:
    """Return the date, or both ends of a range, as `["2020", "05"]`; empty for a literal date."""
    return [
        [f"{year:04}", *(f"{part:02}" for part in rest)]
        for year, *rest in date.get("date-parts", ())
    ]
