"""Home page: introduction, search box and browse links."""

from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.queries import Filters
from kb.domain.topics import Thesaurus
from kb.languages.registry import ENGLISH
from kb.search.browse import FilteredList
from kb.search.case_files import kinds
from kb.search.labels import label
from kb.search.searcher import Searcher
from kb.web.route import PageRoute, searcher_of
from kb.web.view.page import Page
from kb.web.view.urls import Search

router = APIRouter(route_class=PageRoute, include_in_schema=False)

# Example queries by language and kind of user; each is tested in tests/relevance/test_examples.py.
EXAMPLES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "organizer": (
            "police out of schools", "lawyer for tenants facing eviction", "free buses",
        ),
        "writer": (
            "what cities spend on police", "people in jail because they can't pay bail",
        ),
        "educator": (
            "readings on prison abolition for beginners", "what to read first on invest/divest",
        ),
    },
    "es": {
        "organizer": (
            "sacar a la policía de las escuelas", "cerrar la cárcel de menores",
            "presupuesto participativo",
        ),
        "writer": (
            "cuánto gastan las ciudades en policía", "cuánto deben las familias por multas",
        ),
        "educator": ("lecturas sobre educación popular", "qué leer sobre abolición de cárceles"),
    },
}  # fmt: skip
MAX_TOPICS = MAX_PLACES = 12
MIN_GROUP = 2  # kinds of campaign under one heading; others are listed together


@router.get("/")
def home(request: Request) -> Response:
    """Show the search box, examples, kinds of campaign, and links by topic, outcome and place."""
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
        campaigns=_campaigns(searcher),
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
        label=page.label_of(names),
    )


def _way(field: str, value: str, page: Page) -> str:
    """Return the URL of a topic's page or, for other fields, of the demands with this value."""
    if field == "topic":
        return page.addresses.topic_page(value)
    filters = Filters.model_validate({field: (value,), "kind": ("demand",)})
    return page.addresses.search(Search(filters=filters))


class Group(NamedTuple):
    """Kinds of campaign within one broad topic; `topic` is empty for a group of all others."""

    topic: str
    kinds: list[tuple[str, int]]  # topic, number of decided case files


def _campaigns(searcher: Searcher) -> list[Group]:
    """Return the kinds of campaign with decided case files by broad topic, largest group first."""
    thesaurus = searcher.names.thesaurus
    groups: dict[str, list[tuple[str, int]]] = {}
    for kind, count in kinds(searcher.reader).items():
        if count:
            groups.setdefault(_broadest(thesaurus, kind), []).append((kind, count))

    def by_size(some: list[tuple[str, int]]) -> list[tuple[str, int]]:
        return sorted(some, key=lambda one: -one[1])

    found = [
        Group(topic, by_size(some)) for topic, some in groups.items() if len(some) >= MIN_GROUP
    ]
    found.sort(key=lambda one: -sum(count for _, count in one.kinds))
    alone = by_size([some[0] for some in groups.values() if len(some) < MIN_GROUP])
    return [*found, *([Group("", alone)] if alone else [])]


def _broadest(thesaurus: Thesaurus, topic: str) -> str:
    """Return the topmost topic above a topic, following the first broader topic at each step."""
    path = [topic]
    while (broader := thesaurus.by_id[path[-1]].broader) and broader[0] not in path:
        path.append(broader[0])
    return path[-1]
