"""The first page: what this is, the search box, and ways in."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.search import Filters
from kb.text.query import QueryTree
from kb.web.addresses import Search
from kb.web.labels import label
from kb.web.rendering import Page
from kb.web.route import PageRoute, searcher_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)

# Searches that people of each kind begin with; each finds something in the corpus.
EXAMPLES = {
    "organizer": ("police out of schools", "participatory budgeting city", "free buses"),
    "writer": ("what cities spend on police", "cost of jailing one person a year"),
    "educator": ("readings on prison abolition for beginners", "history of rent strikes"),
}
MOST_TOPICS = MOST_PLACES = 12


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
        examples={who: [(one, Search(text=one)) for one in some] for who, some in EXAMPLES.items()},
        topics=ways("topic", MOST_TOPICS),
        places=ways("place", MOST_PLACES),
        outcomes=ways("outcome", MOST_TOPICS),
        manifest=manifest,
        search=Search(),
    )
