"""Topics: what each is about, what to read first, and what came of its demands."""

from typing import NamedTuple, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.documents import Audience, Length
from kb.domain.passages import Entry
from kb.domain.topics import Topic
from kb.errors import NotFoundError
from kb.index.protocols import Reader
from kb.search.searcher import RECORDS, Searcher
from kb.text.query import QueryTree
from kb.web.addresses import Search
from kb.web.exports.forms import download
from kb.web.glossary import definition
from kb.web.listed import Listed
from kb.web.rendering import Page
from kb.web.route import PageRoute, searcher_of
from kb.web.trees import tree

router = APIRouter(route_class=PageRoute, include_in_schema=False)

READINGS = ("report", "writing")  # a platform is a list of demands, an outcome is our own account
FIRST = "introductory"
MOST_DEMANDS, MOST_READINGS, MOST_PLACES = 8, 10, 12


class Reading(NamedTuple):
    """A source to read, and how long it is."""

    entry: Entry
    length: Length


class Shelf(NamedTuple):
    """Readings for one audience, and how many there are in all."""

    audience: str
    readings: list[Reading]
    total: int


@router.get("/topics")
def topics(request: Request) -> Response:
    """Every topic, narrower ones within broader ones."""
    page, searcher = Page(request), searcher_of(request)
    thesaurus, label = searcher.names.thesaurus, page.label_of(searcher.names)
    keys = searcher.reader.select(QueryTree(), RECORDS.clauses())
    counts = searcher.reader.counts(keys).get("topic", {})
    return page.response(
        "topics.html",
        nodes=tree({one.id: one.broader for one in thesaurus}, counts,
                   lambda topic: label("topic", topic)),
        definitions={one.id: definition(one, page.language) for one in thesaurus},
    )  # fmt: skip


@router.get("/topics/{topic_id}")
def topic(request: Request, topic_id: str) -> Response:
    """A topic: its words, its neighbours, its demands, its readings and its places."""
    page, searcher = Page(request), searcher_of(request)
    found = _known(searcher, topic_id)
    listed = Listed(searcher.reader, topic=(topic_id,))
    places = [one.id for one in searcher.names.gazetteer if one.level != "international"]
    by_place = sorted(listed.within("place", places), key=lambda one: -one[1])[:MOST_PLACES]
    thesaurus = searcher.names.thesaurus
    return page.response(
        "topic.html",
        topic=found,
        definition=definition(found, page.language),
        narrower=[one.id for one in thesaurus if topic_id in one.broader],
        listed=listed,
        demands=listed.demands(MOST_DEMANDS),
        shelves=[one for one in _shelves(searcher.reader, listed, page.language) if one.total],
        all_readings=listed.search(kind=("summary",), document_kind=READINGS),
        places=[(one, count, _here(listed, one)) for one, count in by_place],
        label=page.label_of(searcher.names),
    )


@router.get("/topics/{topic_id}/readings.ris")
def readings(request: Request, topic_id: str) -> Response:
    """What to read first about a topic, as a file for a reference manager."""
    page, searcher = Page(request), searcher_of(request)
    _known(searcher, topic_id)
    listed = Listed(searcher.reader, topic=(topic_id,))
    shelf = _shelf(searcher.reader, listed, FIRST, page.language)
    return download([one.entry for one in shelf.readings], "ris", f"{topic_id}-readings", page)


def _known(searcher: Searcher, topic_id: str) -> Topic:
    found = searcher.names.thesaurus.by_id.get(topic_id)
    if found is None:
        raise NotFoundError("There is no such topic.")
    return found


def _here(listed: Listed, place: str) -> Search:
    return listed.search(place=(place,))


def _shelves(reader: Reader, listed: Listed, language: str) -> list[Shelf]:
    """The readings of each audience, beginners first."""
    return [_shelf(reader, listed, audience, language) for audience in get_args(Audience)]


def _shelf(reader: Reader, listed: Listed, audience: str, language: str) -> Shelf:
    """Those for beginners in full, the newest of the others; the reader's language first."""
    keys = listed.keys(((f"audience={audience}",),), kind=("summary",), document_kind=READINGS)
    entries = listed.fetch(keys, None if audience == FIRST else MOST_READINGS)
    entries.sort(key=lambda entry: entry.source.language != language)
    return Shelf(audience, [Reading(one, _length(reader, one)) for one in entries], len(keys))


def _length(reader: Reader, entry: Entry) -> Length:
    found = reader.document(entry.document_id)
    return found.length if found else Length()
