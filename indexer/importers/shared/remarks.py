"""Collect remarks with their locations; beyond a limit, repeated remarks are only counted."""

from collections import Counter
from collections.abc import Iterable

from kb.domain.imports import Remark

MAX_PLACES = 20  # locations that are listed for a remark


class Remarks:
    """Remarks about a file, with the first locations of each and a count of the others."""

    def __init__(self) -> None:
        self._by_text: dict[str, list[str]] = {}

    def add(self, place: str, text: str) -> None:
        """Add a remark for a location."""
        self._by_text.setdefault(text, []).append(place)

    def all(self) -> list[Remark]:
        """Return the remarks grouped by text, with the number of locations beyond MAX_PLACES."""
        found = []
        for text, places in self._by_text.items():
            found += [Remark(place=place, text=text) for place in places[:MAX_PLACES]]
            if len(places) > MAX_PLACES:
                more = f"{len(places) - MAX_PLACES} more places: {text}"
                found.append(Remark(place=f"after {places[MAX_PLACES - 1]}", text=more))
        return found


def struck_remarks(places: Iterable[str]) -> tuple[Remark, ...]:
    """Return a remark about omitted struck-through text for each location, up to a limit."""
    counted = Counter(places)
    named = list(counted.items())[:MAX_PLACES]
    remarks = [Remark(place=place, text=_said(count)) for place, count in named]
    if more := sum(counted.values()) - sum(count for _, count in named):
        remarks.append(Remark(place="further on", text=_said(more)))
    return tuple(remarks)


def _said(count: int) -> str:
    return "struck-out text left out" + (f" ({count:,} times)" if count > 1 else "")
