"""Sitemap for search engines (sitemaps.org), with each page's language versions."""

from collections.abc import Callable, Iterator

from kb.index.contract import Reader
from kb.languages.registry import LANGUAGES
from kb.search.browse import OF_CORPUS
from kb.text.query import QueryTree
from kb.web.feeds import xml
from kb.web.view.urls import Addresses

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
MAX_URLS = 50_000  # limit of sitemaps.org for one file

Way = Callable[[Addresses], str]
_PAGES: tuple[Way, ...] = (
    Addresses.home,
    Addresses.topics,
    Addresses.places,
    Addresses.organizations,
    Addresses.timeline,
    Addresses.coverage,
    Addresses.glossary,
)


def sitemap(reader: Reader, origin: str, most: int = MAX_URLS) -> bytes:
    """Return a sitemap of the corpus's pages; record pages are left out unless all of them fit."""
    ways = list(_ways(reader))
    records = [_record(one) for one in _ids(reader, ("kind=demand", "kind=finding", "kind=idea"))]
    ways += records if len(ways) + len(records) <= most else []
    made = xml.root("urlset", SITEMAPS, xmlns_xhtml=XHTML)
    languages = [(one, Addresses(one)) for one in LANGUAGES]
    for way in ways[:most]:
        url = xml.add(made, "url")
        xml.add(url, "loc", origin + way(Addresses(None)))
        for language, to in languages:
            href = origin + way(to)
            xml.add(url, "xhtml:link", rel="alternate", hreflang=language, href=href)
    return xml.written(made)


def _ways(reader: Reader) -> Iterator[Way]:
    """Yield the fixed pages, the topics and places that have passages, and the documents."""
    yield from _PAGES
    counts = reader.counts(reader.select(QueryTree(), OF_CORPUS))
    yield from (_topic(one.id) for one in reader.topics() if counts.get("topic", {}).get(one.id))
    yield from (_place(one.id) for one in reader.places() if counts.get("place", {}).get(one.id))
    yield from (_record(one) for one in _ids(reader, ("kind=summary",)))


def _ids(reader: Reader, kinds: tuple[str, ...]) -> list[str]:
    return reader.ids(reader.select(QueryTree(), (kinds, *OF_CORPUS)).tolist())


def _topic(id: str) -> Way:
    return lambda to: to.topic_page(id)


def _place(id: str) -> Way:
    return lambda to: to.place_page(id)


def _record(id: str) -> Way:
    return lambda to: to.record(id)
