"""Places that a query asks for, with counts of documents from them and from nearby places."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.domain.places import size_of
from kb.domain.queries import Filters
from kb.domain.records import Demand
from kb.domain.results import AskedPlace, Hit, Nearby, NoticeCode
from kb.index.contract import Reader
from kb.languages.labels import value_label
from kb.places.table import people
from kb.search.names import NamedPlace, Names
from kb.text.query import QueryTree

FIRST_RESULTS = 10  # documents, one of which must be from a place that the query names
MIN_DOCUMENTS = 3  # a place with fewer documents gets the notice `place-thin`
MAX_PLACES = 3  # places that the notices of one search describe


class Asked(NamedTuple):
    """The places in the filter or, without a filter by place, the places that a query names."""

    places: tuple[NamedPlace, ...] = ()
    is_filter: bool = False


def asked_places(text: str, filters: Filters, names: Names) -> Asked:
    """Return the places of the filter or, if there is none, those that the text names.

    Regions of the world that the text names are left out, and so are all places that it names if
    there is a filter by size.
    """
    if filters.place:
        return Asked(tuple(map(names.named_place, filters.place)), is_filter=True)
    if filters.size or not text:
        return Asked()
    named = names.named_places(text)
    return Asked(tuple(one for one in named if not _is_region(one.id, names)))


def _is_region(place_id: str, names: Names) -> bool:
    place = names.gazetteer.get(place_id)
    return place is not None and place.level == "international"


def has_results(asked: Asked, hits: Sequence[Hit], names: Names) -> bool:
    """Return whether one of the first hits is from a place that the words of a query name.

    Return True with a filter by place, or if the words name no place. A hit from the county or
    state of a city counts for the city.
    """
    if asked.is_filter or not asked.places:
        return True
    documents = list(dict.fromkeys(hit.document_id for hit in hits))[:FIRST_RESULTS]
    found = {place for hit in hits if hit.document_id in documents for place in _places_of(hit)}
    return any(_is_from(one.id, found, names) for one in asked.places)


def _places_of(hit: Hit) -> Iterator[str]:
    if isinstance(hit.record, Demand) and hit.record.place:
        yield hit.record.place
    if hit.document.place:
        yield hit.document.place.id


def _is_from(asked: str, found: set[str], names: Names) -> bool:
    around = {one.id for one in names.gazetteer.path(asked)[1:] if one.level in {"county", "state"}}
    inside = {one.id for place in found for one in names.gazetteer.path(place)}
    return asked in inside or bool(around & found)


def codes(asked: Asked, shown: Sequence[AskedPlace], is_from: bool) -> Iterator[NoticeCode]:
    """Yield the codes of the notices about places."""
    if shown and any(one.others for one in shown):
        yield "place-taken"
    if not is_from:
        yield "place-other" if any(one.documents for one in shown) else "place-thin"
    elif asked.is_filter and any(one.documents < MIN_DOCUMENTS for one in shown):
        yield "place-thin"


def described(
    asked: Asked, is_from: bool, filters: Filters, names: Names, reader: Reader
) -> tuple[AskedPlace, ...]:
    """Return the places to show with notices; `with_near` adds the nearby places to each.

    These are the places of the filter, or the places that the text names if no result is from them.
    """
    if not asked.places or (is_from and not asked.is_filter):
        return ()
    return tuple(
        AskedPlace(
            value=one.id,
            label=names.full_label(one.id),
            documents=_documents(filters, reader, place=(one.id,)),
            others=tuple(map(names.full_label, one.others)),
        )
        for one in asked.places[:MAX_PLACES]
    )


def _documents(filters: Filters, reader: Reader, **changes: tuple[str, ...]) -> int:
    """Return the number of documents that match the filters with these changes.

    The place filter is removed unless `changes` sets it.
    """
    clauses = filters.model_copy(update={"place": (), **changes}).clauses()
    keys = reader.select(QueryTree(), clauses)
    return len(reader.counts(keys).get("document", {}))


def with_near(one: AskedPlace, filters: Filters, names: Names, reader: Reader) -> AskedPlace:
    """Return the place with document counts for enclosing places and cities of similar size."""
    path = names.gazetteer.path(one.value)
    near = [
        ("place", place.id, names.label("place", place.id),
         _documents(filters, reader, place=(place.id,)))
        for place in path[1:] if place.level != "international"
    ]  # fmt: skip
    size = size_of(people(one.value)) if path and path[0].level == "city" else None
    if size:
        label = f"cities of {value_label('size', size)}"
        near.append(("size", size, label, _documents(filters, reader, size=(size,))))
    found = tuple(
        Nearby(field=field, value=value, label=label, count=count)
        for field, value, label, count in near
        if count
    )
    return one.model_copy(update={"near": found})


def sentence(one: AskedPlace) -> str:
    """Return English sentences that count the documents from a place and from nearby places.

    >>> sentence(AskedPlace(value="us-oh-toledo", label="Toledo, Ohio", documents=0))
    'Nothing listed from Toledo, Ohio.'
    """
    said = [
        f"From {one.label}: {one.documents}."
        if one.documents
        else f"Nothing listed from {one.label}."
    ]
    return " ".join([*said, *(f"From {near.label}: {near.count}." for near in one.near)])
