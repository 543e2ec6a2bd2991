"""Tallies for charts and their data tables, computed from facet counts."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, get_args

from kb.domain.campaigns import OutcomeStatus
from kb.domain.documents import DocumentKind
from kb.domain.places import Gazetteer
from kb.domain.queries import Clauses, Fields

# A function that returns the facet counts of the passages that match some clauses.
Count = Callable[[Clauses], Fields]

STATUSES: tuple[OutcomeStatus, ...] = ("won", "partly-won", "pending", "lost", "reversed")
KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
KNOWN = tuple(f"outcome={status}" for status in STATUSES)

UNDATED, ELSEWHERE = "undated", "elsewhere"  # no date; all other places
BEFORE = "before "  # followed by a year: all earlier decades
MAX_DECADES = 7  # columns that fit on a phone; earlier decades share one column
MAX_PLACES = 5  # their charts fill one and a half phone screens


class Tally(NamedTuple):
    """A table of counts with labeled rows and columns."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        """Return the sum of all counts."""
        return sum(map(sum, self.counts))


def outcomes_by_decade(count: Count) -> Tally:
    """Tally demands by outcome and decade, using the source's date if the outcome has none."""
    found: dict[str, Fields] = {
        status: count((("kind=demand",), (f"outcome={status}",))) for status in STATUSES
    }
    return _over_time(found, "outcome", "ended")


def sources_by_decade(count: Count) -> Tally:
    """Tally sources by kind and decade."""
    found: dict[str, Fields] = {
        kind: count((("kind=summary",), (f"document_kind={kind}",))) for kind in KINDS
    }
    return _over_time(found, "document_kind", "decade")


def outcomes_by_place(count: Count, gazetteer: Gazetteer) -> Tally:
    """Tally demands by outcome in the states and countries that have the most demands.

    A demand in a state is counted only for the state, not for its country. A last row counts the
    demands in all other places, if there are any.
    """
    held = [count((("kind=demand",), (f"outcome={one}",))) for one in STATUSES]
    totals = [fields.get("outcome", {}).get(one, 0)
              for one, fields in zip(STATUSES, held, strict=True)]  # fmt: skip
    within = [fields.get("place", {}) for fields in held]
    own = {
        place: [places.get(place, 0) - sum(places.get(one, 0) for one in inside)
                for places in within]
        for place, inside in _areas(gazetteer).items()
    }  # fmt: skip
    most = sorted((-sum(counts), place) for place, counts in own.items() if sum(counts))
    chosen = [place for _, place in most[:MAX_PLACES]]
    counts = [own[place] for place in chosen]
    rest = [total - sum(column) for total, *column in zip(totals, *counts, strict=True)]
    if any(rest):
        chosen, counts = [*chosen, ELSEWHERE], [*counts, rest]
    return Tally(tuple(chosen), STATUSES, tuple(map(tuple, counts)))


def _areas(gazetteer: Gazetteer) -> dict[str, list[str]]:
    """Map each state and country to the states and countries directly inside it."""
    found: dict[str, list[str]] = {
        place.id: [] for place in gazetteer if place.level in {"national", "state"}
    }
    for place in found:
        around = [one.id for one in gazetteer.path(place)[1:] if one.id in found]
        if around:
            found[around[0]].append(place)
    return found


def _over_time(found: Mapping[str, Fields], field: str, dated: str) -> Tally:
    """Tally the items of each row by decade.

    Decades without items are included, early decades may share one column, and undated items come
    last.
    """
    decades = sorted({int(one) for fields in found.values() for one in fields.get(dated, {})})
    columns = _columns(decades)
    counts = []
    for row, fields in found.items():
        held = dict.fromkeys(columns, 0)
        for one, number in fields.get(dated, {}).items():
            held[one if one in held else columns[0]] += number
        undated = fields.get(field, {}).get(row, 0) - sum(held.values())
        counts.append([*held.values(), undated])
    if not any(row[-1] for row in counts):
        return Tally(tuple(found), columns, tuple(tuple(row[:-1]) for row in counts))
    return Tally(tuple(found), (*columns, UNDATED), tuple(map(tuple, counts)))


def _columns(decades: list[int]) -> tuple[str, ...]:
    if not decades:
        return ()
    first = max(decades[0], decades[-1] - 10 * (MAX_DECADES - 1))
    shown = tuple(str(one) for one in range(first, decades[-1] + 1, 10))
    return (f"{BEFORE}{first}", *shown) if decades[0] < first else shown
