"""URLs of all pages, with escaped parameters."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import quote, urlencode

from pydantic import ConfigDict, Field

from kb.domain.base import Noun
from kb.domain.queries import FILTERS, Filters, Sort
from kb.settings import MAX_QUERY_CHARACTERS

MAX_OFFSET = 1000  # of the last results page

Pairs = list[tuple[str, str]]


class Search(Noun):
    """The parameters of a results page.

    `intent` says whether to prefer the kind of answer asked for, `private` whether links use POST.
    """

    text: str = Field("", max_length=MAX_QUERY_CHARACTERS, alias="q")
    filters: Filters = Filters()
    offset: int = Field(0, ge=0, le=MAX_OFFSET, alias="from")
    sort: Sort = "relevance"
    intent: bool = True
    private: bool = False

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]], private: bool = False) -> "Search":
        """Parse URL parameters or form fields; raise ValidationError for an invalid value.

        Unknown names are ignored, because newsletters and social networks add parameters to links.
        Empty and repeated values are dropped.
        """
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            if value and value not in given.setdefault(name, []):
                given[name].append(value)
        filters = {
            one.name: given[one.name] if one.multiple else given[one.name][-1]
            for one in FILTERS
            if given.get(one.name)
        }
        own = {name: given[name][-1] for name in ("q", "from", "sort", "intent") if given.get(name)}
        return cls.model_validate({**own, "filters": filters, "private": private})

    def pairs(self) -> Pairs:
        """Return (name, value) pairs for all parameters that differ from the defaults."""
        found: Pairs = [("q", self.text)] if self.text else []
        found += self.filters.pairs()
        found += [("sort", self.sort)] if self.sort != "relevance" else []
        found += [] if self.intent else [("intent", "no")]
        found += [("from", str(self.offset))] if self.offset else []
        return found

    def changed(self, **changes: object) -> "Search":
        """Return a copy of the search with these parameters replaced."""
        return self.model_copy(update=changes)

    def with_filters(self, **changes: object) -> "Search":
        """Return a copy with these filters replaced, at its first page."""
        return self.changed(filters=self.filters.model_copy(update=changes), offset=0)

    def narrowed(self, field: str, value: str) -> "Search":
        """Return a copy with one more value in a filter, at its first page."""
        return self.with_filters(**{field: (*getattr(self.filters, field), value)})

    def without(self, field: str, value: str) -> "Search":
        """Return a copy without one value of a filter, at its first page."""
        held = getattr(self.filters, field)
        kept = tuple(one for one in held if one != value) if isinstance(held, tuple) else None
        return self.with_filters(**{field: kept})


# Parameters that pages read. Links to the same page drop all others.
PARAMETERS = frozenset({"q", "sort", "intent", "from", "name", "r", *(one.name for one in FILTERS)})


def known(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Return the parameters that pages read, without the language, which each link adds itself."""
    return [(name, value) for name, value in pairs if name in PARAMETERS]


def is_public(host: str) -> bool:
    """Return whether a host may be reachable from other networks.

    >>> is_public("precedent.example.org"), is_public("192.168.1.5"), is_public("laptop.local")
    (True, False, False)
    """
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".lan"))


class Addresses:
    """URLs of the pages, which include a language only if the reader chose one."""

    def __init__(self, language: str | None) -> None:
        self.language = language

    def with_language(self, path: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
        """Return the URL for a path, with the language that the reader chose."""
        query = [*pairs, *([("lang", self.language)] if self.language else [])]
        return f"{path}?{urlencode(query)}" if query else path

    def home(self) -> str:
        """Return the URL of the home page."""
        return self.with_language("/")

    def search(self, search: Search) -> str:
        """Return the URL of a results page."""
        return self.with_language("/search", search.pairs())

    def listing(self, filters: Filters, sort: Sort = "relevance") -> str:
        """Return the URL of a list of everything that matches the filters."""
        return self.search(Search(filters=filters, sort=sort))

    def topics(self) -> str:
        """Return the URL of the list of topics."""
        return self.with_language("/topics")

    def topic_page(self, topic: str, file: str = "") -> str:
        """Return the URL of a topic's page, or of one of its files, such as `readings.ris`."""
        path = f"/topics/{quote(topic, safe='')}"
        return self.with_language(f"{path}/{file}" if file else path)

    def places(self) -> str:
        """Return the URL of the list of places."""
        return self.with_language("/places")

    def place_page(self, place: str) -> str:
        """Return the URL of a place's page."""
        return self.with_language(f"/places/{quote(place, safe='')}")

    def organizations(self) -> str:
        """Return the URL of the list of organizations."""
        return self.with_language("/organizations")

    def organization(self, name: str) -> str:
        """Return the URL of an organization's page."""
        return self.with_language("/organizations", [("name", name)])

    def timeline(self) -> str:
        """Return the URL of the timeline."""
        return self.with_language("/timeline")

    def coverage(self) -> str:
        """Return the URL of the coverage page."""
        return self.with_language("/coverage")

    def saved(self, keys: Iterable[str] = (), form: str | None = None) -> str:
        """Return the URL of the reader's saved list, or of the shared list with these keys.

        `keys` are ids and `*HEADING`s. With `form`, it is the URL of the list as a file.
        """
        return self.with_language(f"/saved.{form}" if form else "/saved", _shared(keys))

    def quotes(self) -> str:
        """Return the URL of the page that checks quotations."""
        return self.with_language("/quotes")

    def documents(self, part: str = "") -> str:
        """Return the URL of the imported documents page, or of a page or action under it."""
        return self.with_language(f"/documents/{part}" if part else "/documents")

    def compare(self, keys: Iterable[str] = ()) -> str:
        """Return the URL of the table that compares the saved list, or a shared list."""
        return self.with_language("/saved/compare", _shared(keys))

    def glossary(self) -> str:
        """Return the URL of the glossary."""
        return self.with_language("/glossary")

    def docs(self) -> str:
        """Return the URL of the API documentation."""
        return self.with_language("/docs")

    def feed(self, topic: str = "", page: int = 1) -> str:
        """Return the URL of one page of the feed of new demands, or of a topic's feed."""
        path = f"/topics/{quote(topic, safe='')}/feed.atom" if topic else "/feed.atom"
        return self.with_language(path, [("page", str(page))] if page > 1 else [])

    def opensearch(self) -> str:
        """Return the URL of the OpenSearch description."""
        return self.with_language("/opensearch.xml")

    def record(self, record_id: str) -> str:
        """Return the permanent URL of a document or record."""
        return self.with_language(_page(record_id))

    def download(self, record_id: str, form: str) -> str:
        """Return the URL for downloading a reference to a document or record."""
        return self.with_language(f"{_page(record_id)}.{form}")


def _shared(keys: Iterable[str]) -> Pairs:
    """Return the parameters of a shared list; an id is written as DOCUMENT/RECORD."""
    return [("r", one if one.startswith("*") else one.replace("#", "/")) for one in keys]


def _page(record_id: str) -> str:
    document, _, slug = record_id.partition("#")
    path = f"/d/{quote(document, safe='')}"
    return f"{path}/{quote(slug, safe='')}" if slug else path
