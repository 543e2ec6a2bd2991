"""Addresses of pages, made in one place: they can be shared, and words in them are escaped."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import quote, urlencode

from pydantic import ConfigDict, Field

from kb.domain.noun import Noun
from kb.domain.queries import FILTERS, Filters, Sort
from kb.settings import MAX_QUERY_CHARACTERS

MAX_OFFSET = 1000  # no results page begins later

Pairs = list[tuple[str, str]]


class Search(Noun):
    """What a results page shows: the words, the filters, where it begins and in which order."""

    text: str = Field("", max_length=MAX_QUERY_CHARACTERS, alias="q")
    filters: Filters = Filters()
    offset: int = Field(0, ge=0, le=MAX_OFFSET, alias="from")
    sort: Sort = "relevance"
    private: bool = False

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]], private: bool = False) -> "Search":
        """Parse an address or a form; ValidationError for a value that cannot be read.

        Names that are no part of a search are ignored: newsletters and social networks add their
        own to links that people share. Empty and repeated values are dropped.
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
        own = {name: given[name][-1] for name in ("q", "from", "sort") if given.get(name)}
        return cls.model_validate({**own, "filters": filters, "private": private})

    def pairs(self) -> Pairs:
        """Return name and value of everything that differs from the default."""
        found: Pairs = [("q", self.text)] if self.text else []
        found += self.filters.pairs()
        found += [("sort", self.sort)] if self.sort != "relevance" else []
        found += [("from", str(self.offset))] if self.offset else []
        return found

    def changed(self, **changes: object) -> "Search":
        """Return the same search with other values."""
        return self.model_copy(update=changes)

    def with_filters(self, **changes: object) -> "Search":
        """Return the same search with other filters, from the first page."""
        return self.changed(filters=self.filters.model_copy(update=changes), offset=0)

    def narrowed(self, field: str, value: str) -> "Search":
        """Return the search with one more value of a filter, from the first page."""
        return self.with_filters(**{field: (*getattr(self.filters, field), value)})

    def without(self, field: str, value: str) -> "Search":
        """Return the search without one value of a filter, from the first page."""
        held = getattr(self.filters, field)
        kept = tuple(one for one in held if one != value) if isinstance(held, tuple) else None
        return self.with_filters(**{field: kept})


# The parameters that pages read. Links to the page itself leave out every other one.
PARAMETERS = frozenset({"q", "sort", "from", "name", "r", "was", *(one.name for one in FILTERS)})


def known(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Return the parameters that a page reads; the language is added where links are made."""
    return [(name, value) for name, value in pairs if name in PARAMETERS]


def is_public(host: str) -> bool:
    """Return whether computers of other networks may know a host by this name.

    >>> is_public("precedent.example.org"), is_public("192.168.1.5"), is_public("laptop.local")
    (True, False, False)
    """
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".lan"))


class Addresses:
    """Addresses in the reader's language; the choice goes along only where one was made."""

    def __init__(self, language: str | None) -> None:
        self.language = language

    def with_language(self, path: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
        """Return an address of ours, with the language that was chosen."""
        query = [*pairs, *([("lang", self.language)] if self.language else [])]
        return f"{path}?{urlencode(query)}" if query else path

    def home(self) -> str:
        """The first page."""
        return self.with_language("/")

    def search(self, search: Search) -> str:
        """A page of an answer."""
        return self.with_language("/search", search.pairs())

    def listing(self, filters: Filters, sort: Sort = "relevance") -> str:
        """Everything that passes a filter."""
        return self.search(Search(filters=filters, sort=sort))

    def topics(self) -> str:
        """Every topic."""
        return self.with_language("/topics")

    def topic_page(self, topic: str, file: str = "") -> str:
        """A topic explained; a file of it, such as `readings.ris`."""
        path = f"/topics/{quote(topic, safe='')}"
        return self.with_language(f"{path}/{file}" if file else path)

    def places(self) -> str:
        """Every place where something is listed."""
        return self.with_language("/places")

    def place_page(self, place: str) -> str:
        """What was asked for in a place."""
        return self.with_language(f"/places/{quote(place, safe='')}")

    def organizations(self) -> str:
        """Every organization."""
        return self.with_language("/organizations")

    def organization(self, name: str) -> str:
        """What an organization asked for and published."""
        return self.with_language("/organizations", [("name", name)])

    def timeline(self) -> str:
        """Sources and outcomes by decade."""
        return self.with_language("/timeline")

    def tray(self, ids: Iterable[str] = (), form: str | None = None) -> str:
        """The reader's tray, or one that is shared in the address; as a file, where asked for."""
        path = f"/tray.{form}" if form else "/tray"
        return self.with_language(path, [("r", one.replace("#", "/")) for one in ids])

    def emptied(self, ids: Iterable[str]) -> str:
        """The tray after it was emptied, from where what was in it can be put back."""
        return self.with_language("/tray", [("was", one.replace("#", "/")) for one in ids])

    def glossary(self) -> str:
        """Terms explained."""
        return self.with_language("/glossary")

    def docs(self) -> str:
        """Return the address of the page of the API."""
        return self.with_language("/docs")

    def feed(self, topic: str = "", page: int = 1) -> str:
        """Return the address of a page of the feed of new demands, or of those on a topic."""
        path = f"/topics/{quote(topic, safe='')}/feed.atom" if topic else "/feed.atom"
        return self.with_language(path, [("page", str(page))] if page > 1 else [])

    def opensearch(self) -> str:
        """How a browser searches here, for its search bar."""
        return self.with_language("/opensearch.xml")

    def record(self, record_id: str) -> str:
        """The permanent page of a document or of one of its records."""
        return self.with_language(_page(record_id))

    def download(self, record_id: str, form: str) -> str:
        """The reference of a document or of one of its records, as a file."""
        return self.with_language(f"{_page(record_id)}.{form}")


def _page(record_id: str) -> str:
    document, _, slug = record_id.partition("#")
    path = f"/d/{quote(document, safe='')}"
    return f"{path}/{quote(slug, safe='')}" if slug else path
