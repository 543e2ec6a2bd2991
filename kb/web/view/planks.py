"""Records of a document under the headings of its sections."""

from collections.abc import Iterable
from typing import NamedTuple

from kb.domain.records import Record


class Plank(NamedTuple):
    """A section of a document with its records; the heading is empty if there is none."""

    id: str  # anchor within the page
    heading: str
    records: list[Record]


def planks(records: Iterable[Record]) -> list[Plank]:
    """Return the records by section, in the order of the document.

    Records without a section, or under headings that are only numbers, come last.
    """
    by_heading: dict[str, list[Record]] = {"": []}
    for one in records:
        path = one.locator.section if one.locator else ()
        heading = "" if all(part.isdecimal() for part in path) else " › ".join(path)
        by_heading.setdefault(heading, []).append(one)
    by_heading[""] = by_heading.pop("")
    return [
        Plank(f"part-{number}", heading, some)
        for number, (heading, some) in enumerate(by_heading.items(), start=1)
        if some
    ]
