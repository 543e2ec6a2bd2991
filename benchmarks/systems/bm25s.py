"""bm25s with its default BM25, its stop words and a Snowball stemmer.

Source: https://github.com/xhluca/bm25s, Quickstart
"""

import bm25s
import Stemmer

from benchmarks.systems import Place, Ranking, scored

LANGUAGES = {"en": "english", "es": "spanish"}


class Bm25s:
    """Lexical search by bm25s."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def build(self) -> None:
        """Split the documents into words, stem them and index them."""
        self._stemmer = Stemmer.Stemmer(LANGUAGES[self._place.work.language])
        documents = self._place.work.documents
        self._ids = [one.id for one in documents]
        self._index = bm25s.BM25()
        tokens = self._tokens([one.text for one in documents])
        self._index.index(tokens, show_progress=False)

    def search(self, text: str, k: int) -> Ranking:
        """Return the ids and BM25 scores of the k best documents."""
        found, scores = self._index.retrieve(
            self._tokens([text]), k=min(k, len(self._ids)), show_progress=False
        )
        return scored([self._ids[int(place)] for place in found[0]], scores[0])

    def encode(self, _text: str) -> object:
        """Return None: there is no encoder."""
        return None

    def _tokens(self, texts: list[str]) -> object:
        language = self._place.work.language
        return bm25s.tokenize(texts, stopwords=language, stemmer=self._stemmer, show_progress=False)


def make(place: Place, _variant: str) -> Bm25s:
    """Return the system, with its index not built yet."""
    return Bm25s(place)
