"""Routes for the gazetteer."""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import Response

from kb.api import openapi
from kb.api.answers import CountedPlace, PlaceList
from kb.api.listing import counted
from kb.api.request_context import ByGet, answer
from kb.api.routes.parameters import PlaceId
from kb.search.searcher import Searcher

router = APIRouter(tags=["vocabulary"])


@router.get("/places", responses=openapi.by_get(PlaceList, "All places."))
def places(context: ByGet) -> Response:
    """List the places in the gazetteer, with the number of records and documents for each."""
    searcher = context.searcher
    return answer(
        PlaceList(
            items=_views(searcher, searcher.names.gazetteer.by_id),
            generation=searcher.reader.manifest.generation,
        ),
        context,
    )


@router.get(
    "/places/{place_id}",
    responses=openapi.by_get(CountedPlace, "The place.")
    | openapi.problems(s404="There is no such place; `detail` names similar ones."),
)
def place(context: ByGet, place_id: PlaceId) -> Response:
    """Read a place by its id or any of its names."""
    found = context.searcher.names.place(place_id)
    return answer(_views(context.searcher, [found])[0], context)


def _views(searcher: Searcher, ids: Iterable[str]) -> tuple[CountedPlace, ...]:
    gazetteer = searcher.names.gazetteer
    wanted = [place for one in ids if (place := gazetteer.get(one))]
    inside: dict[str | None, list[str]] = {}
    for one in gazetteer:
        inside.setdefault(one.parent, []).append(one.id)
    counts = counted(searcher, "place", [one.id for one in wanted])
    return tuple(
        CountedPlace.model_construct(
            **dict(one),
            within=tuple(place.id for place in gazetteer.path(one.id)[1:]),
            contains=tuple(inside.get(one.id, ())),
            records=counts[one.id][0],
            documents=counts[one.id][1],
        )
        for one in wanted
    )
