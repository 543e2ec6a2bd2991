"""Addresses of pages, made in one place: they can be shared, and words in them are escaped."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

from kb.domain.search import MULTIPLE, Filters

Pairs = list[tuple[str, str]]


class Search(NamedTuple):
    """What a search page shows: the words, the filters, where it begins and in which order."""

    text: str = ""
    filters: Filters = Filters()
    offset: int = 0
    private: bool = False

    def pairs(self) -> Pairs:
        """Name and value of everything that is not as it is by default."""
        found: Pairs = [("q", self.text)] if self.text else []
        found += narrowing(self.filters)
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

    def topic(self, topic: str) -> str:
        """What is filed under a topic."""
        return self.search(Search(filters=Filters(topic=(topic,))))

    def record(self, record_id: str) -> str:
        """The permanent page of a document or of one of its records."""
        document, _, slug = record_id.partition("#")
        path = f"/d/{quote(document, safe='')}"
        return self._with(f"{path}/{quote(slug, safe='')}" if slug else path)
