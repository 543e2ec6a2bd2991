"""LanceDB: one table with a full-text index, hybrid search with the default reranker (RRF).

There is no vector index: for tables of this size its documentation recommends an exact scan.
Source: https://docs.lancedb.com/search/hybrid-search
"""

from typing import Any

import lancedb
import pyarrow
from lancedb.index import FTS

from benchmarks.systems import Place, Ranking, encoding, scored

LANGUAGES = {"en": "English", "es": "Spanish"}


class LanceDB:
    """A LanceDB table with an id, a text and a vector for each document."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def build(self) -> None:
        """Load the model, write the table and index its words."""
        work, vectors = self._place.work, self._place.vectors
        self._model = encoding.load()
        if vectors is None:
            vectors = encoding.encode(self._model, [one.text for one in work.documents])
        flat = pyarrow.array(vectors.ravel())
        data = pyarrow.table(
            {
                "id": [one.id for one in work.documents],
                "text": [one.text for one in work.documents],
                "vector": pyarrow.FixedSizeListArray.from_arrays(flat, vectors.shape[1]),
            }
        )
        self._table: Any = lancedb.connect(str(self._place.home)).create_table("passages", data)
        self._table.create_index("text", config=FTS(language=LANGUAGES[work.language]))

    def search(self, text: str, k: int) -> Ranking:
        """Return the ids and relevance scores of the k best documents."""
        vector = encoding.encode(self._model, [text])[0]
        query = self._table.search(query_type="hybrid").vector(vector).text(text)
        found = query.select(["id"]).limit(k).to_arrow()
        return scored(found["id"].to_pylist(), found["_relevance_score"].to_pylist())

    def encode(self, text: str) -> object:
        """Encode a query."""
        return encoding.encode(self._model, [text])


def make(place: Place, _variant: str) -> LanceDB:
    """Return the system, with its index not built yet."""
    return LanceDB(place)
