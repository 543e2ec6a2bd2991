"""Addresses of pages, made in one place: they can be shared, and words in them are escaped."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

from kb.domain.queries import MULTIPLE, Filters, Sort

Pairs = list[tuple[str, str]]


class Search(NamedTuple):
    """What a search page shows: the words, the filters, where it begins and in which order."""

    text: str = ""
    filters: Filters = Filters()
    offset: int = 0
    sort: Sort = "relevance"
    private: bool = False

    def pairs(self) -> Pairs:
        """Name and value of everything that is not as it is by default."""
        found: Pairs = [("q", self.text)] if self.text else []
        found += narrowing(self.filters)
        found += [("sort", self.sort)] if self.sort != "relevance" else []
        found += [("from", str(self.offset))] if self.offset else []
        return found

    def narrowed(self, field: str, value: str) -> "Search":
        """The same with one more value of a filter, from the first page."""
        values = (*getattr(self.filters, field), value)
        return self._replace(filters=self.filters.model_copy(update={field: values}), offset=0)

    def without(self, field: str, value: str) -> "Search":
        """The same without one value of a filter, from the first page."""
        if field in MULTIPLE:
            kept = tuple(one for one in getattr(self.filters, field) if one != value)
            update: Mapping[str, object] = {field: kept}
        else:
            update = {field: None}
        return self._replace(filters=self.filters.model_copy(update=update), offset=0)


def narrowing(filters: Filters) -> Pairs:
    """Name and value of every filter that is set."""
    found = [(field, str(value)) for field in MULTIPLE for value in getattr(filters, field)]
    for field in ("year_from", "year_to"):
        value = getattr(filters, field)
        found += [] if value is None else [(field, str(value))]
    if filters.has_amount is not None:
        found.append(("has_amount", "true" if filters.has_amount else "false"))
    return found


class Addresses:
    """Addresses in the reader's language; the choice goes along only where one was made."""

    def __init__(self, language: str | None) -> None:
        self.language = language

    def _with(self, path: str, pairs: Iterable[tuple[str, str]] = ()) -> str:
        query = [*pairs, *([("lang", self.language)] if self.language else [])]
        return f"{path}?{urlencode(query)}" if query else path

    def home(self) -> str:
        """The first page."""
        return self._with("/")

    def search(self, search: Search) -> str:
        """A page of an answer."""
        return self._with("/search", search.pairs())

    def topics(self) -> str:
        """Every topic."""
        return self._with("/topics")

    def topic_page(self, topic: str, file: str = "") -> str:
        """A topic explained; a file of it, such as `readings.ris`."""
        path = f"/topics/{quote(topic, safe='')}"
        return self._with(f"{path}/{file}" if file else path)

    def places(self) -> str:
        """Every place where something is listed."""
        return self._with("/places")

    def place_page(self, place: str) -> str:
        """What was asked for in a place."""
        return self._with(f"/places/{quote(place, safe='')}")

    def organizations(self) -> str:
        """Every organization."""
        return self._with("/organizations")

    def organization(self, name: str) -> str:
        """What an organization asked for and published."""
        return self._with("/organizations", [("name", name)])

    def timeline(self) -> str:
        """Sources and outcomes by decade."""
        return self._with("/timeline")

    def tray(self, ids: Iterable[str] = (), form: str | None = None) -> str:
        """The reader's tray, or one that is shared in the address; as a file, where asked for."""
        path = f"/tray.{form}" if form else "/tray"
        return self._with(path, [("r", one.replace("#", "/")) for one in ids])

    def emptied(self, ids: Iterable[str]) -> str:
        """The tray after it was emptied, from where what was in it can be put back."""
        return self._with("/tray", [("was", one.replace("#", "/")) for one in ids])

    def glossary(self) -> str:
        """Terms explained."""
        return self._with("/glossary")

    def feed(self) -> str:
        """New demands, for feed readers."""
        return self._with("/feed.atom")

    def opensearch(self) -> str:
        """How a browser searches here, for its search bar."""
        return self._with("/opensearch.xml")

    def record(self, record_id: str) -> str:
        """The permanent page of a document or of one of its records."""
        return self._with(_page(record_id))

    def download(self, record_id: str, form: str) -> str:
        """The reference of a document or of one of its records, as a file."""
        return self._with(f"{_page(record_id)}.{form}")


def _page(record_id: str) -> str:
    document, _, slug = record_id.partition("#")
    path = f"/d/{quote(document, safe='')}"
    return f"{path}/{quote(slug, safe='')}" if slug else path
