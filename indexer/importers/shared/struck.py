"""Remarks on struck-out text that was left out."""

from collections import Counter
from collections.abc import Iterable

from kb.domain.imports import Remark

MAX_PLACES = 20  # listed one by one


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
