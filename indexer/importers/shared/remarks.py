"""Remarks with places; of many alike the first are listed one by one."""

from collections import Counter
from collections.abc import Iterable

from kb.domain.imports import Remark

MAX_PLACES = 20  # listed one by one


class Remarks:
    """Remarks with places; for many of one kind the rest is only counted."""

    def __init__(self) -> None:
        self._by_text: dict[str, list[str]] = {}

    def add(self, place: str, text: str) -> None:
        """Add a remark for a place."""
        self._by_text.setdefault(text, []).append(place)

    def all(self) -> list[Remark]:
        """Return the remarks, each kind in the order of its first place."""
        found = []
        for text, places in self._by_text.items():
            found += [Remark(place=place, text=text) for place in places[:MAX_PLACES]]
            if len(places) > MAX_PLACES:
                more = f"{len(places) - MAX_PLACES} more places: {text}"
                found.append(Remark(place=f"after {places[MAX_PLACES - 1]}", text=more))
        return found


def struck_remarks(places: Iterable[str]) -> tuple[Remark, ...]:
    """Return a remark for each place where struck-out text was left out, in order."""
    counted = Counter(places)
    named = list(counted.items())[:MAX_PLACES]
    remarks = [Remark(place=place, text=_said(count)) for place, count in named]
    if more := sum(counted.values()) - sum(count for _, count in named):
        remarks.append(Remark(place="further on", text=_said(more)))
    return tuple(remarks)


def _said(count: int) -> str:
    return "struck-out text left out" + (f" ({count:,} times)" if count > 1 else "")
