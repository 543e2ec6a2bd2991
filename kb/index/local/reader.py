"""Reader for a local generation: tantivy, faiss and SQLite."""

import threading
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kb.domain.citations import Formatted
from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.domain.phrases import Phrases
from kb.domain.places import Place
from kb.domain.queries import Clauses, Fields
from kb.domain.rankings import Candidates, Keys
from kb.domain.tables import Table
from kb.domain.topics import Topic
from kb.encoders.base import Vectors
from kb.index.contract import Contents, Manifest, PhraseVectors, Structure
from kb.index.local.catalogue import Store, write_store
from kb.index.local.facets import Facets, Mask, write_facets
from kb.index.local.lexical import LexicalIndex, write_postings
from kb.index.local.vectors import PhraseIndex, VectorIndex, write_vectors
from kb.text.query import QueryTree, Term


class Structures(NamedTuple):
    """The search structures of a vector space, for passages and for search phrases."""

    passages: Structure
    phrases: Structure | None = None


def write_files(folder: Path, contents: Contents) -> dict[str, Structures]:
    """Write a generation without its manifest; return each vector space's search structures."""
    write_store(folder, contents)
    write_facets(folder, [unit.facets for unit in contents.units])
    write_postings(folder, contents.units)
    phrases = {
        space: write_phrases(folder, space, some) for space, some in contents.phrases.items()
    }
    return {
        space: Structures(write_vectors(folder / vector_file(space), rows), phrases.get(space))
        for space, rows in contents.vectors.items()
    }


def vector_file(space: str) -> str:
    """Return the name of the file with the passage vectors of a space."""
    return f"vectors-{space}.faiss"


def write_phrases(folder: Path, space: str, phrases: PhraseVectors) -> Structure:
    """Write a space's phrase vectors and their passage keys; return the search structure."""
    np.save(folder / owner_file(space), phrases.owners)
    return write_vectors(folder / phrase_file(space), phrases.rows)


def phrase_file(space: str) -> str:
    """Return the name of the file with the phrase vectors of a space."""
    return f"vectors-{space}-phrases.faiss"


def owner_file(space: str) -> str:
    """Return the name of the file with the passage key of each phrase vector of a space."""
    return f"phrases-{space}.npy"


class LocalReader:
    """A reader of the files of one generation; threads may share it."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._manifest = manifest
        self._store = Store(folder)
        self._facets = Facets(folder)
        self._lexical = LexicalIndex(folder)
        self._folder = folder
        self._vectors: dict[str, VectorIndex] = {}
        self._phrases: dict[str, PhraseIndex] = {}
        self._opening = threading.Lock()
        for space in list(manifest.vectors)[:1]:
            self._space(space)  # most queries need only this one

    def _space(self, space: str) -> VectorIndex:
        """Return the passage vectors of a space; load them and its phrase vectors on first use."""
        with self._opening:
            if space not in self._vectors:
                structure = self._manifest.vectors[space].structure
                self._vectors[space] = VectorIndex(self._folder / vector_file(space), structure)
                if phrases := self._manifest.vectors[space].phrases:
                    owners = np.load(self._folder / owner_file(space))
                    rows = self._folder / phrase_file(space)
                    self._phrases[space] = PhraseIndex(rows, phrases, owners)
            return self._vectors[space]

    @property
    def manifest(self) -> Manifest:
        """Return the metadata of the generation."""
        return self._manifest

    def close(self) -> None:
        """Close the catalog; the other files are closed when this object is deleted."""
        self._store.close()

    def lexical(self, tree: QueryTree, clauses: Clauses, k: int) -> Candidates:
        """Return the k best passages by BM25 that match the clauses; ties are broken by key."""
        known = self._facets.known(clauses)
        return self._lexical.search(tree, known, k) if all(known) else Candidates()

    def dense(
        self, space: str, vector: Vectors, tree: QueryTree, clauses: Clauses, k: int
    ) -> Candidates:
        """Return the k nearest passages of a vector space by cosine, best first.

        Passages must match the clauses, contain `tree.must` and not contain `tree.must_not`.
        """
        mask = self._mask(tree, clauses)
        index = self._space(space)
        found, phrases = index.nearest(vector, k, mask), self._phrases.get(space)
        return found if phrases is None else phrases.raised(found, index, vector, k, mask)

    def select(self, tree: QueryTree, clauses: Clauses) -> Keys:
        """Return the ascending keys of passages that match `must`, `must_not` and the clauses."""
        mask = self._mask(tree, clauses)
        found = np.arange(self._facets.size) if mask is None else np.flatnonzero(mask)
        return found.astype(np.int64)

    def _mask(self, tree: QueryTree, clauses: Clauses) -> Mask | None:
        """Return a mask of the allowed passages, or None if all are allowed."""
        mask = self._facets.mask(clauses) if clauses else None
        if tree.must or tree.must_not:
            held = np.zeros(self._facets.size, dtype=np.bool_)
            held[self._lexical.matching(tree)] = True
            mask = held if mask is None else mask & held
        return mask

    def counts(self, keys: Keys) -> Fields:
        """Return how many of the given passages have each value of each field, omitting zeros."""
        return self._facets.counts(keys)

    def nearest(self, terms: Sequence[Term]) -> dict[str, tuple[str, ...]]:
        """Map unindexed words to similarly spelled indexed words, most frequent first."""
        return self._lexical.nearest(terms)

    def fetch(self, keys: Sequence[int]) -> list[Entry]:
        """Return the entries in the order of the keys."""
        return self._store.fetch(keys)

    def ids(self, keys: Sequence[int]) -> list[str]:
        """Return the ids of the passages in the order of the keys."""
        return self._store.ids(keys)

    def keys(self, ids: Iterable[str]) -> dict[str, int]:
        """Map passage ids to their keys, omitting unknown ids."""
        return self._store.keys(ids)

    def phrases(self, keys: Sequence[int]) -> list[Phrases]:
        """Return the search phrases of each passage, in the order of the keys."""
        return self._store.phrases(keys)

    def named(self, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Map each indexed name (a `name_key`) to the ascending keys of its passages."""
        return self._store.named(names)

    def neighbors(self, space: str, key: int, clauses: Clauses, k: int) -> Candidates:
        """Return the k nearest neighbors of a passage among the passages that match the clauses."""
        vector = self.vector(space, key)
        mask = self._mask(QueryTree(), clauses)
        return self._space(space).nearest(vector, k + 1, mask).without(key)[:k]

    def vector(self, space: str, key: int) -> Vectors:
        """Return the (d,) vector of a passage."""
        return self._space(space).vector(key)

    def document(self, document_id: str) -> Document | None:
        """Return the document with this id, or None if the id is unknown."""
        return self._store.document(document_id)

    def former(self, passage_id: str) -> Entry | None:
        """Return a passage of an earlier version of a document, or None if the id is unknown."""
        return self._store.former(passage_id)

    def citations(self, passage_id: str) -> list[Formatted]:
        """Return the citations of a passage, one per style; empty if the build made none."""
        return self._store.citations(passage_id)

    def drawing(self, name: str) -> str | None:
        """Return the chart with this name as SVG, or None if there is none."""
        return self._store.drawing(name)

    @cached_property
    def _topics(self) -> list[Topic]:
        return self._store.topics()

    def topics(self) -> list[Topic]:
        """Return the topics of the thesaurus."""
        return self._topics

    @cached_property
    def _places(self) -> list[Place]:
        return self._store.places()

    def places(self) -> list[Place]:
        """Return the places of the gazetteer."""
        return self._places

    @cached_property
    def _coverage(self) -> list[Table]:
        return self._store.coverage()

    def coverage(self) -> list[Table]:
        """Return the tables that count the contents of the corpus, in order."""
        return self._coverage

    def related_to(self, document_id: str) -> list[tuple[str, str]]:
        """Return (relation, document id) for each document that refers to the given one."""
        return self._store.related_to(document_id)
