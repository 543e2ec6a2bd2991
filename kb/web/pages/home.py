"""Home page: introduction, search box and browse links."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.queries import Counts, Filters
from kb.languages.registry import ENGLISH
from kb.search.browse import FilteredList
from kb.search.labels import label
from kb.web.route import PageRoute, searcher_of
from kb.web.view.page import Page
from kb.web.view.urls import Search

router = APIRouter(route_class=PageRoute, include_in_schema=False)

# Example queries by language and kind of user; each has results.
EXAMPLES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "organizer": ("police out of schools", "participatory budgeting city", "free buses"),
        "writer": ("what cities spend on police", "cost of jailing one person a year"),
        "educator": (
            "readings on prison abolition for beginners", "history of rent strikes",
            "what to read first on invest/divest",
        ),
    },
    "es": {
        "organizer": ("sacar a la policía de las escuelas", "presupuesto participativo"),
        "writer": ("cuánto gastan las ciudades en policía", "deuda por fianzas y multas"),
        "educator": (
            "lecturas sobre educación popular", "historia de huelgas de alquileres",
            "qué leer primero sobre inversión y desinversión",
        ),
    },
}  # fmt: skip
MAX_TOPICS = MAX_PLACES = 12
MAX_DECADES = 8


@router.get("/")
def home(request: Request) -> Response:
    """Show links to browse by topic, place, decade and outcome, with counts."""
    page, searcher = Page(request), searcher_of(request)
    reader, names = searcher.reader, searcher.names
    listed = FilteredList(reader)
    counts = reader.counts(listed.keys(kind=("demand",)))

    def ways(field: str, most: int) -> list[tuple[str, int, str]]:
        found = sorted(counts.get(field, {}).items(), key=lambda one: (-one[1], one[0]))
        return [
            (label(names, field, value, page.language), count, _way(field, value, page))
            for value, count in found if value != "world"
        ][:most]  # fmt: skip

    return page.response(
        "home.html",
        examples={
            who: [(one, Search(text=one)) for one in some]
            for who, some in EXAMPLES.get(page.language, EXAMPLES[ENGLISH]).items()
        },
        decades=_decades(counts.get("year", {}), page),
        topics=ways("topic", MAX_TOPICS),
        places=ways("place", MAX_PLACES),
        outcomes=[
            (label(names, "outcome", status, page.language), count, page.addresses.listing(one))
            for status, count, one in listed.outcomes()
        ],
        documents=listed.size(kind=("summary",)),
        passages=listed.size(),
        built=reader.manifest.built,
        search=Search(),
    )


def _way(field: str, value: str, page: Page) -> str:
    """Return the URL of a topic's page or, for another field, of the demands with the value."""
    if field == "topic":
        return page.addresses.topic_page(value)
    filters = Filters.model_validate({field: (value,), "kind": ("demand",)})
    return page.addresses.search(Search(filters=filters))


def _decades(years: Counts, page: Page) -> list[tuple[str, int, str]]:
    """Return (label, number of demands, URL) for each decade with demands, newest first."""
    counted: dict[int, int] = {}
    for year, count in years.items():
        decade = int(year) // 10 * 10
        counted[decade] = counted.get(decade, 0) + count
    return [
        (f"{first}–{first + 9}", counted[first],
         page.addresses.search(Search(
             filters=Filters(kind=("demand",), year_from=first, year_to=first + 9))))
        for first in sorted(counted, reverse=True)
    ][:MAX_DECADES]  # fmt: skip
