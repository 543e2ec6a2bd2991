"""What a reader is told of text with a line through it: it is left out, and where."""

from collections import Counter
from collections.abc import Iterable

from kb.domain.imports import Remark

MAX_PLACES = 20  # that are named one by one


def struck_remarks(places: Iterable[str]) -> tuple[Remark, ...]:
    """Return a remark for each place that struck-out text was left out of, in order."""
    counted = Counter(places)
    named = list(counted.items())[:MAX_PLACES]
    remarks = [Remark(place=place, text=_said(count)) for place, count in named]
    if more := sum(counted.values()) - sum(count for _, count in named):
        remarks.append(Remark(place="further on", text=_said(more)))
    return tuple(remarks)


def _said(count: int) -> str:
    return "struck-out text left out" + (f" ({count:,} times)" if count > 1 else "")
