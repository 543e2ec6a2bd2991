"""Topic pages: definition, readings, demands and outcomes."""

from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.topics import Topic
from kb.search.browse import OF_CORPUS, FilteredList
from kb.search.case_files import CaseFile, kinds, of_topics
from kb.search.reading_lists import FIRST, KINDS, Readings
from kb.search.searcher import RECORDS, Searcher
from kb.text.query import QueryTree
from kb.web.error_pages import AbsentError
from kb.web.pages.downloads import download
from kb.web.route import PageRoute, searcher_of
from kb.web.view.glossary import definition
from kb.web.view.hierarchy import tree
from kb.web.view.page import Page
from kb.web.view.state_map import state_map

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_DEMANDS, MAX_READINGS, MAX_PLACES, MAX_FINDINGS = 8, 10, 12, 6
MAX_CASES = 6  # of each outcome
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
    """Show a topic with its demands, readings, places and, if it is a kind of campaign, cases."""
    page, searcher = Page(request), searcher_of(request)
    found = _known(searcher, topic_id)
    listed = FilteredList(searcher.reader, topic=(topic_id,))
    places = [one.id for one in searcher.names.gazetteer if one.level != "international"]
    by_place = sorted(listed.within("place", places), key=lambda one: -one[1])[:MAX_PLACES]
    thesaurus = searcher.names.thesaurus
    words = found.altLabel.by_language
    cases = of_topics(searcher.reader, [topic_id]) if topic_id in kinds(searcher.reader) else []
    states = listed.within("place", places, kind=("summary",), document_kind=("outcome",))
    return page.response(
        "topic.html",
        state_map=state_map(dict(states)),
        ended=_ended(cases),
        all_cases=listed.filters(kind=("summary",), document_kind=("outcome",)),
        findings=listed.fetch(listed.keys(kind=("finding",)), MAX_FINDINGS) if cases else [],
        all_findings=listed.filters(kind=("finding",)),
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


class Ended(NamedTuple):
    """The case files with one outcome, and the start and width of its segment in a bar."""

    status: str
    size: int
    cases: list[CaseFile]  # at most MAX_CASES
    start: float  # percent of the bar
    share: float


def _ended(cases: list[CaseFile]) -> list[Ended]:
    """Return the case files by outcome, won first; those without an outcome are left out."""
    by_status: dict[str, list[CaseFile]] = {}
    for one in cases:
        if one.outcome:
            by_status.setdefault(one.outcome.status, []).append(one)
    total, found, start = sum(map(len, by_status.values())), list[Ended](), 0.0
    for status, some in by_status.items():
        share = 100 * len(some) / total
        found.append(Ended(status, len(some), some[:MAX_CASES], round(start, 2), round(share, 2)))
        start += share
    return found


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
