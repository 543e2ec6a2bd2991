"""Atom feeds (RFC 4287) of demands in the corpus, paged (RFC 5005), newest first."""

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kb.domain.passages import Entry
from kb.domain.queries import Clauses
from kb.index.contract import Reader
from kb.search.browse import OF_CORPUS
from kb.text.query import QueryTree
from kb.web.feeds import xml

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
# Entries per page. Records are dated by the month in which their source was accessed. Most feed
# readers read only the first page, so it must hold a whole month.
MAX_ENTRIES = 1000
SITE = "Precedent"
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?.*")


class Feed(NamedTuple):
    """Metadata of a feed; all URLs are absolute."""

    name: str  # the same on every server; the feed's id is derived from it
    title: str
    language: str
    address: str
    page: str  # HTML page with the same content
    built: str  # build date of the index
    others: Mapping[str, str] = {}  # URLs of other pages by link relation: `next`, `first`


def newest(reader: Reader, clauses: Clauses) -> list[int]:
    """Return the keys of demands, sorted by month of access and then by source, newest first."""
    keys: list[int] = reader.select(QueryTree(), (("kind=demand",), *OF_CORPUS, *clauses)).tolist()
    owners = [one.partition("#")[0] for one in reader.ids(keys)]
    summaries = reader.fetch(list(reader.keys(set(owners)).values()))
    gathered = {one.document_id: (one.source.accessed or "")[:7] for one in summaries}
    months = [gathered[one] for one in owners]
    # The catalog lists the newest sources first, and the sort is stable.
    order = sorted(range(len(keys)), key=lambda place: months[place], reverse=True)
    return [keys[place] for place in order]


def atom(feed: Feed, entries: Sequence[tuple[Entry, str]]) -> bytes:
    """Return an Atom feed built from pairs of an entry and the absolute URL of its page."""
    made = xml.root("feed", ATOM, xml_lang=feed.language)
    xml.add(made, "id", urn(feed.name))
    xml.add(made, "title", feed.title)
    xml.add(made, "updated", moment(feed.built))
    xml.add(made, "link", rel="self", type=MEDIA_TYPE, href=feed.address)
    xml.add(made, "link", rel="alternate", type="text/html", href=feed.page)
    for relation, address in feed.others.items():
        xml.add(made, "link", rel=relation, type=MEDIA_TYPE, href=address)
    xml.add(xml.add(made, "author"), "name", SITE)
    for entry, address in entries:
        _entry(made, entry, address, feed.built)
    return xml.written(made)


def _entry(feed: xml.Element, entry: Entry, address: str, built: str) -> None:
    source = entry.source
    made = xml.add(feed, "entry", xml_lang=entry.language)
    xml.add(made, "id", urn(entry.id))
    xml.add(made, "title", entry.title)
    xml.add(made, "updated", moment(source.accessed or built))
    xml.add(made, "link", rel="alternate", type="text/html", href=address)
    if source.URL:
        xml.add(made, "link", rel="via", href=source.URL)
    for topic in entry.topics:
        xml.add(made, "category", term=topic)
    xml.add(made, "summary", f"{entry.text}\n\n{entry.citation}", type="text")


def urn(name: str) -> str:
    """Return a URN derived from the name, which is the same on every server."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"precedent:{name}").urn


def moment(edtf: str) -> str:
    """Return the start of an EDTF date in RFC 3339, or of its year if the rest is invalid.

    Text that is not a date gives the year 1.

    >>> moment("2026-11"), moment("1968~"), moment("2020-21")
    ('2026-11-01T00:00:00Z', '1968-01-01T00:00:00Z', '2020-01-01T00:00:00Z')
    """
    match = _DATE.fullmatch(edtf)
    year, month, day = (int(part or 1) for part in match.groups()) if match else (1, 1, 1)
    try:
        found = date(year, month, day)
    except ValueError:
        found = date(max(year, 1), 1, 1)
    return f"{found.isoformat()}T00:00:00Z"
