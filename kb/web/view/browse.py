"""What stands under a filter: a topic's, a place's or an organization's demands and sources.

Pages that list the corpus list it alone: they are the same whatever a person imports.
"""

from collections.abc import Sequence
from typing import Any

from kb.domain.passages import CORPUS, Entry
from kb.domain.queries import Clauses, Filters
from kb.domain.rankings import Keys
from kb.index.contract import Reader
from kb.search.sort import BY_OUTCOME
from kb.text.query import QueryTree
from kb.web.view.urls import Search

Outcomes = list[tuple[str, int, Search]]

OF_CORPUS: Clauses = ((f"shelf={CORPUS}",),)  # what was imported is on other shelves


class Listed:
    """What a filter leaves of the corpus, newest first, with the searches that list all of it."""

    def __init__(self, reader: Reader, **filters: Any) -> None:
        self._reader, self._filters = reader, Filters.model_construct(**filters)

    def search(self, **more: Any) -> Search:
        """The search for all of it, narrowed by more values."""
        return Search(filters=self._filters.model_copy(update=more))

    @property
    def all_demands(self) -> Search:
        """The search for every demand, those that were won first."""
        return self.search(kind=("demand",)).changed(sort="outcome")

    @property
    def all_sources(self) -> Search:
        """The search for every source."""
        return self.search(kind=("summary",))

    def keys(self, clauses: Clauses = (), **more: Any) -> Keys:
        """Passages that hold the filter and more values, and clauses that no filter has."""
        filters = self._filters.model_copy(update=more)
        return self._reader.select(QueryTree(), (*filters.clauses(), *clauses, *OF_CORPUS))

    def fetch(self, keys: Keys, most: int | None = None) -> list[Entry]:
        """The first entries of these keys."""
        return self._reader.fetch(keys[:most].tolist())

    def demands(self, most: int) -> list[Entry]:
        """The first demands by what came of them, the newest first; then those nobody knows of."""
        ranked: dict[int, None] = {}
        for status in BY_OUTCOME:
            ranked |= dict.fromkeys(self.keys(kind=("demand",), outcome=(status,)).tolist())
        ranked |= dict.fromkeys(self.keys(kind=("demand",)).tolist())
        return self._reader.fetch(list(ranked)[:most])

    def sources(self, most: int) -> list[Entry]:
        """The newest sources."""
        return self.fetch(self.keys(kind=("summary",)), most)

    def size(self, **more: Any) -> int:
        """How many passages hold the filter and more values."""
        return len(self.keys(**more))

    def outcomes(self) -> Outcomes:
        """Each outcome with how many demands have it: what was won first, what is open last."""
        counts = self._reader.counts(self.keys(kind=("demand",))).get("outcome", {})
        return [
            (one, counts[one], self.search(kind=("demand",), outcome=(one,)))
            for one in BY_OUTCOME if counts.get(one)
        ]  # fmt: skip

    def within(self, field: str, values: Sequence[str], **more: Any) -> list[tuple[str, int]]:
        """Those of the values under which something stands, with how much."""
        counts = self._reader.counts(self.keys(**more)).get(field, {})
        return [(one, counts[one]) for one in values if counts.get(one)]
