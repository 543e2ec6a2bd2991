"""Facet counts of search results, and counts of the passages that match filters."""

from collections.abc import Iterable

from kb.domain.queries import FACETS, Counts, Fields, Filters
from kb.domain.rankings import Keys
from kb.domain.results import Coverage, Facets, FacetValue, Nearby
from kb.index.contract import Reader
from kb.search.names import Names
from kb.text.query import QueryTree

MAX_FACET_VALUES = 25  # per field; years are not limited
MAX_NEARBY = 5  # values per field


def facets(counts: Fields, of: str, size: int, names: Names) -> Facets:
    """Return the facets of a set of `size` passages; `of` describes that set in words."""
    fields = {field: _values(field, counts.get(field, {}), names) for field in FACETS}
    return Facets(of=of, size=size, fields=fields)


def _values(field: str, counts: Counts, names: Names) -> tuple[FacetValue, ...]:
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    found = sorted(found) if field == "year" else found[:MAX_FACET_VALUES]
    # `model_construct` skips validation, because a response has about 200 of these values.
    return tuple(
        FacetValue.model_construct(value=value, label=names.label(field, value), count=count)
        for value, count in found
    )


def coverage(filters: Filters, reader: Reader, names: Names) -> Coverage:
    """Count the passages that match the filters; add counts for nearby places, topics and years."""
    keys = reader.select(QueryTree(), filters.clauses())
    counts = reader.counts(keys)
    years = [int(year) for year in counts.get("year", ())]
    undated = _undated(filters, reader)
    return Coverage(
        of=describe(filters, names),
        documents=len(counts.get("document", ())),
        passages=len(keys),
        by_kind=dict(sorted(counts.get("kind", {}).items())),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        undated=undated,
        without_locator=counts.get("locator", {}).get("no", 0),
        near=tuple(_near(filters, reader, names)),
    )


def _undated(filters: Filters, reader: Reader) -> int:
    """Return the number of undated documents that match the filters, ignoring the years."""
    anytime = filters.model_copy(update={"year_from": None, "year_to": None})
    keys: Keys = reader.select(QueryTree(), (*anytime.clauses(), ("dated=no",)))
    return len(reader.counts(keys).get("document", {}))


def undated_left_out(filters: Filters, reader: Reader) -> int:
    """Return the number of undated documents that a year filter excludes, or 0 if none is set."""
    return _undated(filters, reader) if filters.has_years else 0


def describe(filters: Filters, names: Names) -> str:
    """Describe the filters in words: `kind demand; place Chicago; years 2016 to any`."""
    parts = []
    for field, values in filters:
        if isinstance(values, tuple) and values:
            labels = [names.label(field, str(value)) for value in values]
            parts.append(f"{field.replace('_', ' ')} {' or '.join(labels)}")
    if filters.has_years:
        parts.append(f"years {filters.year_from or 'any'} to {filters.year_to or 'any'}")
    if filters.has_amount is not None:
        parts.append("with an amount" if filters.has_amount else "without an amount")
    return "; ".join(parts) or "the whole collection"


def _near(filters: Filters, reader: Reader, names: Names) -> Iterable[Nearby]:
    for field, ids in (("place", _around(filters, names)), ("topic", _beside(filters, names))):
        if ids:
            without = filters.model_copy(update={field: ()})
            counts = reader.counts(reader.select(QueryTree(), without.clauses())).get(field, {})
            found = [one for one in ids if counts.get(one)][:MAX_NEARBY]
            for one in found:
                yield Nearby(
                    field=field, value=one, label=names.label(field, one), count=counts[one]
                )
    if filters.has_years:
        yield from _beside_years(filters, reader)


def _around(filters: Filters, names: Names) -> list[str]:
    """Return the children, ancestors and siblings of the places in the filter, except the world."""
    gazetteer, asked = names.gazetteer, filters.place
    around = [place.id for one in asked for place in gazetteer.path(one)[1:]]
    inside = [place.id for place in gazetteer if place.parent in asked]
    parents = {place.parent for one in asked if (place := gazetteer.get(one))}
    beside = [place.id for place in gazetteer if place.parent in parents and place.parent]
    found = dict.fromkeys([*inside, *around[:2], *beside, *around[2:]])
    return [one for one in found if one not in asked and one != "world"]


def _beside(filters: Filters, names: Names) -> list[str]:
    """Return the broader, narrower and related topics of the topics in the filter."""
    by_id, asked = names.thesaurus.by_id, filters.topic
    found = [other for one in asked for other in (*by_id[one].broader, *by_id[one].related)]
    found += [topic.id for topic in names.thesaurus if set(topic.broader) & set(asked)]
    return [one for one in dict.fromkeys(found) if one not in asked]


def _beside_years(filters: Filters, reader: Reader) -> Iterable[Nearby]:
    """Yield the nearest year before the range and the nearest after it that have passages."""
    anytime = filters.model_copy(update={"year_from": None, "year_to": None})
    counts = reader.counts(reader.select(QueryTree(), anytime.clauses())).get("year", {})
    years = sorted(int(year) for year in counts)
    before = [year for year in years if filters.year_from and year < filters.year_from][-1:]
    after = [year for year in years if filters.year_to and year > filters.year_to][:1]
    for year in before + after:
        yield Nearby(field="year", value=str(year), label=str(year), count=counts[str(year)])
