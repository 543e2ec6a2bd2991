"""Routes for programs: feeds, OpenSearch, sitemap, robots.txt and favicon."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kb.domain.queries import Filters
from kb.languages.registry import LANGUAGES
from kb.search.labels import label
from kb.web.error_pages import AbsentError
from kb.web.feeds import atom, xml
from kb.web.feeds.atom import Feed
from kb.web.feeds.sitemap import sitemap
from kb.web.route import PageRoute, searcher_of
from kb.web.view.assets import assets
from kb.web.view.page import Page
from kb.web.view.urls import Search

router = APIRouter(route_class=PageRoute, include_in_schema=False)

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
OPENSEARCH_TYPE = "application/opensearchdescription+xml"
# The number of results pages is unlimited, and saved lists are private.
ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /saved\n\nSitemap: {sitemap}\n"
PageNumber = Annotated[int, Query(alias="page", ge=1)]
A_DAY = "public, max-age=86400"


@router.get("/feed.atom")
def feed(request: Request, number: PageNumber = 1) -> Response:
    """Return the feed of the newest demands."""
    page = Page(request)
    newest = Search(filters=Filters(kind=("demand",)), sort="newest")
    title, for_people = page.translated("New demands"), page.addresses.search(newest)
    about = _about(request, page, "", title, for_people)
    return _feed(request, page, about, number)


@router.get("/topics/{topic_id}/feed.atom")
def topic_feed(request: Request, topic_id: str, number: PageNumber = 1) -> Response:
    """Return the feed of demands on a topic, including narrower topics."""
    page, names = Page(request), searcher_of(request).names
    if topic_id not in names.thesaurus.by_id:
        raise AbsentError("topic")
    name = label(names, "topic", topic_id, page.language)
    title = page.translated("New demands: %(topic)s") % {"topic": name}
    about = _about(request, page, topic_id, title, page.addresses.topic_page(topic_id))
    return _feed(request, page, about, number)


def _about(request: Request, page: Page, topic: str, title: str, for_people: str) -> Feed:
    return Feed(
        name=f"feed:{topic}",
        title=f"{atom.SITE} – {title}",
        language=page.language,
        address=page.absolute(page.addresses.feed(topic)),
        page=page.absolute(for_people),
        built=searcher_of(request).reader.manifest.built,
    )


def _feed(request: Request, page: Page, about: Feed, number: int) -> Response:
    """Return one page of a feed; raise AbsentError after the last page."""
    reader, topic = searcher_of(request).reader, about.name.removeprefix("feed:")
    keys = atom.newest(reader, ((f"topic={topic}",),) if topic else ())
    last = max(1, -(-len(keys) // atom.MAX_ENTRIES))
    if number > last:
        raise AbsentError("file")

    def address(number: int) -> str:
        return page.absolute(page.addresses.feed(topic, number))

    relations = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    others = {
        relation: address(other) for relation, other in relations.items() if 1 <= other <= last
    }
    some = keys[(number - 1) * atom.MAX_ENTRIES : number * atom.MAX_ENTRIES]
    found = [(one, page.absolute(page.addresses.record(one.id))) for one in reader.fetch(some)]
    about = about._replace(address=address(number), others=others if last > 1 else {})
    return Response(atom.atom(about, found), media_type=atom.MEDIA_TYPE)


@router.get("/opensearch.xml")
def opensearch(request: Request) -> Response:
    """Return the OpenSearch 1.1 description, which lets browsers add this site's search."""
    page = Page(request)
    to = page.addresses
    made = xml.root("OpenSearchDescription", OPENSEARCH)
    xml.add(made, "ShortName", atom.SITE)
    xml.add(made, "LongName", page.translated("Precedent: what movements asked for"))
    xml.add(made, "Description", page.translated("Search movement demands and sources."))
    # Not built by Addresses, which would escape the braces of `{searchTerms}`.
    search = to.search(Search())
    address = page.absolute(f"{search}{'&' if '?' in search else '?'}q={{searchTerms}}")
    xml.add(made, "Url", type="text/html", template=address)
    own = page.absolute(to.opensearch())
    xml.add(made, "Url", type=OPENSEARCH_TYPE, rel="self", template=own)
    icon = page.absolute("/favicon.svg")
    xml.add(made, "Image", icon, type="image/svg+xml", width="16", height="16")
    for language in LANGUAGES:
        xml.add(made, "Language", language)
    xml.add(made, "InputEncoding", "UTF-8")
    return Response(xml.written(made), media_type=OPENSEARCH_TYPE)


@router.get("/sitemap.xml")
def addresses(request: Request) -> Response:
    """Return the sitemap of the corpus's pages."""
    made = sitemap(searcher_of(request).reader, Page(request).absolute(""))
    return Response(made, media_type="application/xml")


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Return robots.txt, which excludes results pages and saved lists."""
    address = Page(request).absolute("/sitemap.xml")
    return PlainTextResponse(ROBOTS.format(sitemap=address))


@router.get("/favicon.svg")
def favicon() -> Response:
    """Return the icon at a fixed URL, without a digest in its name."""
    drawing = assets()["favicon.svg"]
    headers = {"cache-control": A_DAY}
    return Response(drawing.content, media_type=drawing.media_type, headers=headers)
