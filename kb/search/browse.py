"""Lists of demands and sources that match a filter, for topic, place and organization pages.

Only documents of the corpus are listed, so imports do not change these pages.
"""

from collections.abc import Sequence
from typing import Any

from kb.domain.passages import CORPUS, Entry
from kb.domain.queries import Clauses, Filters
from kb.domain.rankings import Keys
from kb.index.contract import Reader
from kb.search.sort import BY_OUTCOME
from kb.text.query import QueryTree

Outcomes = list[tuple[str, int, Filters]]

OF_CORPUS: Clauses = ((f"shelf={CORPUS}",),)  # imported documents are on other shelves


class FilteredList:
    """The passages of the corpus that match a filter, newest first."""

    def __init__(self, reader: Reader, **filters: Any) -> None:
        self._reader, self._filters = reader, Filters.model_construct(**filters)

    def filters(self, **more: Any) -> Filters:
        """Return the filters of the list, with the fields in `more` replaced."""
        return self._filters.model_copy(update=more)

    def keys(self, clauses: Clauses = (), **more: Any) -> Keys:
        """Return the keys of the passages that match `self.filters(**more)` and the clauses."""
        filters = self.filters(**more)
        return self._reader.select(QueryTree(), (*filters.clauses(), *clauses, *OF_CORPUS))

    def fetch(self, keys: Keys, limit: int | None = None) -> list[Entry]:
        """Return the entries of the first `limit` keys, or of all keys if there is no limit."""
        return self._reader.fetch(keys[:limit].tolist())

    def demands(self, limit: int) -> list[Entry]:
        """Return the first `limit` demands, sorted by outcome from won to unknown, then by date."""
        ranked: dict[int, None] = {}
        for status in BY_OUTCOME:
            ranked |= dict.fromkeys(self.keys(kind=("demand",), outcome=(status,)).tolist())
        ranked |= dict.fromkeys(self.keys(kind=("demand",)).tolist())
        return self._reader.fetch(list(ranked)[:limit])

    def sources(self, limit: int) -> list[Entry]:
        """Return the summaries of the `limit` newest sources."""
        return self.fetch(self.keys(kind=("summary",)), limit)

    def size(self, **more: Any) -> int:
        """Return the number of passages that match `self.filters(**more)`."""
        return len(self.keys(**more))

    def outcomes(self) -> Outcomes:
        """Return (outcome, number of demands, filters) for each outcome that occurs, won first."""
        counts = self._reader.counts(self.keys(kind=("demand",))).get("outcome", {})
        return [
            (one, counts[one], self.filters(kind=("demand",), outcome=(one,)))
            for one in BY_OUTCOME if counts.get(one)
        ]  # fmt: skip

    def within(self, field: str, values: Sequence[str], **more: Any) -> list[tuple[str, int]]:
        """Return (value, number of passages) for each given value of a field that occurs."""
        counts = self._reader.counts(self.keys(**more)).get(field, {})
        return [(one, counts[one]) for one in values if counts.get(one)]
