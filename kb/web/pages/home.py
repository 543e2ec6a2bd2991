"""The first page: what this is, the search box, and ways in."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.search import Counts, Filters
from kb.text.query import QueryTree
from kb.web.addresses import Search
from kb.web.labels import label
from kb.web.rendering import Page
from kb.web.route import PageRoute, searcher_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)

# Searches that people of each kind begin with, in each language; each finds something.
EXAMPLES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "organizer": ("police out of schools", "participatory budgeting city", "free buses"),
        "writer": ("what cities spend on police", "cost of jailing one person a year"),
        "educator": ("readings on prison abolition for beginners", "history of rent strikes"),
    },
    "es": {
        "organizer": ("sacar a la policía de las escuelas", "presupuesto participativo"),
        "writer": ("cuánto gastan las ciudades en policía", "deuda por fianzas y multas"),
        "educator": ("lecturas sobre educación popular", "historia de huelgas de alquileres"),
    },
}
MOST_TOPICS = MOST_PLACES = 12
MOST_DECADES = 8


@router.get("/")
def home(request: Request) -> Response:
    """Ways in by words, topic, place and outcome, with what stands behind each."""
    page, searcher = Page(request), searcher_of(request)
    reader, names = searcher.reader, searcher.names
    counts = reader.counts(reader.select(QueryTree(), (("kind=demand",),)))

    def ways(field: str, most: int) -> list[tuple[str, int, Search]]:
        found = sorted(counts.get(field, {}).items(), key=lambda one: (-one[1], one[0]))
        return [
            (label(names, field, value, page.language), count,
             Search(filters=Filters.model_validate({field: (value,), "kind": ("demand",)})))
            for value, count in found if value != "world"
        ][:most]  # fmt: skip

    manifest = reader.manifest
    return page.response(
        "home.html",
        examples={
            who: [(one, Search(text=one)) for one in some]
            for who, some in EXAMPLES[page.language].items()
        },
        decades=_decades(counts.get("year", {})),
        topics=ways("topic", MOST_TOPICS),
        places=ways("place", MOST_PLACES),
        outcomes=ways("outcome", MOST_TOPICS),
        manifest=manifest,
        search=Search(),
    )


def _decades(years: Counts) -> list[tuple[str, int, Search]]:
    """The decades that hold demands, the newest first."""
    counted: dict[int, int] = {}
    for year, count in years.items():
        decade = int(year) // 10 * 10
        counted[decade] = counted.get(decade, 0) + count
    return [
        (f"{first}–{first + 9}", counted[first],
         Search(filters=Filters(kind=("demand",), year_from=first, year_to=first + 9)))
        for first in sorted(counted, reverse=True)
    ][:MOST_DECADES]  # fmt: skip
