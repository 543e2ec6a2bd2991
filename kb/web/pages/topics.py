"""Topic pages: definition, readings, demands and outcomes."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.topics import Topic
from kb.search.browse import OF_CORPUS, FilteredList
from kb.search.reading_lists import FIRST, KINDS, Readings
from kb.search.searcher import RECORDS, Searcher
from kb.text.query import QueryTree
from kb.web.error_pages import AbsentError
from kb.web.pages.downloads import download
from kb.web.route import PageRoute, searcher_of
from kb.web.view.glossary import definition
from kb.web.view.hierarchy import tree
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_DEMANDS, MAX_READINGS, MAX_PLACES = 8, 10, 12
READINGS_SHOWN = 5  # at first; a click shows the others


@router.get("/topics")
def topics(request: Request) -> Response:
    """Show all topics as a tree, with narrower topics under broader ones."""
    page, searcher = Page(request), searcher_of(request)
    thesaurus, label = searcher.names.thesaurus, page.label_of(searcher.names)
    keys = searcher.reader.select(QueryTree(), (*RECORDS.clauses(), *OF_CORPUS))
    counts = searcher.reader.counts(keys).get("topic", {})
    return page.response(
        "topics.html",
        nodes=tree({one.id: one.broader for one in thesaurus}, counts,
                   lambda topic: label("topic", topic)),
        definitions={one.id: definition(one, page.language) for one in thesaurus},
        others={one.id: one.altLabel.by_language.get(page.language, ()) for one in thesaurus},
    )  # fmt: skip


@router.get("/topics/{topic_id}")
def topic(request: Request, topic_id: str) -> Response:
    """Show a topic: labels, related topics, demands, readings and places."""
    page, searcher = Page(request), searcher_of(request)
    found = _known(searcher, topic_id)
    listed = FilteredList(searcher.reader, topic=(topic_id,))
    places = [one.id for one in searcher.names.gazetteer if one.level != "international"]
    by_place = sorted(listed.within("place", places), key=lambda one: -one[1])[:MAX_PLACES]
    thesaurus = searcher.names.thesaurus
    words = found.altLabel.by_language
    return page.response(
        "topic.html",
        topic=found,
        own_words=words.get(page.language, ()),
        other_words={one: each for one, each in words.items() if each and one != page.language},
        definition=definition(found, page.language),
        narrower=[one.id for one in thesaurus if topic_id in one.broader],
        listed=listed,
        demands=listed.demands(MAX_DEMANDS),
        by_audience=Readings(searcher.reader, topic_id, page.language).by_audience(MAX_READINGS),
        at_once=READINGS_SHOWN,
        all_readings=listed.filters(kind=("summary",), document_kind=KINDS),
        places=[(one, count, listed.filters(place=(one,))) for one, count in by_place],
        label=page.label_of(searcher.names),
    )


@router.get("/topics/{topic_id}/readings.ris")
def readings(request: Request, topic_id: str) -> Response:
    """Download the introductory readings on a topic, for a reference manager."""
    page, searcher = Page(request), searcher_of(request)
    _known(searcher, topic_id)
    found = Readings(searcher.reader, topic_id, page.language).list_of(FIRST)
    entries = [one.entry for one in found.readings]
    return download(request, entries, "ris", f"{topic_id}-readings")


def _known(searcher: Searcher, topic_id: str) -> Topic:
    found = searcher.names.thesaurus.by_id.get(topic_id)
    if found is None:
        raise AbsentError("topic")
    return found
