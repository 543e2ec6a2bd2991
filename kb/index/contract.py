"""Protocols and data types shared by the search, the build and the index engines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from kb.domain.base import Noun
from kb.domain.citations import Formatted
from kb.domain.documents import Document
from kb.domain.passages import Entry, Unit
from kb.domain.phrases import Phrases
from kb.domain.places import Place
from kb.domain.queries import Clauses, Fields
from kb.domain.rankings import Candidates, Keys
from kb.domain.tables import Table
from kb.domain.topics import Topic
from kb.encoders.base import EncoderIdentity, Vectors
from kb.text.query import QueryTree, Term


class FileSum(Noun):
    """Size and checksum of a file in a generation."""

    bytes: int
    sha256: str


class Structure(Noun):
    """The search structure of a set of vectors, and its measured recall."""

    name: str  # in the terms of the engine
    cells_searched: int | None = None  # IVF cells per query; None: exact search
    recall_at_100: float = 1.0  # against exact search


class VectorSet(Noun):
    """The encoder and search structures of one vector space in a generation."""

    encoder: EncoderIdentity
    dimension: int
    structure: Structure
    phrases: Structure | None = None  # of the vectors of phrases; None if there are none


class Manifest(Noun):
    """Metadata of an index generation, verified whenever the generation is opened."""

    generation: str
    format: int
    builder: str
    corpus: str
    vectors: Mapping[str, VectorSet]  # by the name of their space
    built: str
    documents: int
    passages: int
    files: Mapping[str, FileSum]
    sum: str = ""  # SHA-256 of this manifest with an empty `sum`


class Identity(NamedTuple):
    """Inputs of a build; equal identities give the same generation id."""

    corpus: str  # digest of all corpus files
    encoders: Mapping[str, EncoderIdentity]  # by the name of their space
    processor: str = ""  # version of the citation processor; empty if no citations are made
    builder: str = ""  # digest of the code that determines an index


class PhraseVectors(NamedTuple):
    """The vectors of all units' search phrases in one vector space."""

    rows: Vectors  # (m, d) float32 unit vectors
    owners: Keys  # (m,) the unit of each row, ascending


class Contents(NamedTuple):
    """Contents of an index generation; in each set of vectors, row i belongs to unit i."""

    documents: Sequence[Document]
    units: Sequence[Unit]
    vectors: Mapping[str, Vectors]  # by the name of their space
    phrases: Mapping[str, PhraseVectors] = {}  # by the name of their space
    topics: Sequence[Topic] = ()
    places: Sequence[Place] = ()
    citations: Mapping[str, Sequence[Formatted]] = {}  # by passage id
    drawings: Mapping[str, str] = {}  # charts as SVG, by name and language
    coverage: Sequence[Table] = ()  # counts of the corpus
    former: Sequence[Entry] = ()  # passages of earlier versions, found only by id


class Reader(Protocol):
    """An open index generation; keys are the engine's internal passage numbers."""

    @property
    def manifest(self) -> Manifest:
        """Return the metadata of the generation."""

    def lexical(self, tree: QueryTree, clauses: Clauses, k: int) -> Candidates:
        """Return the k best passages by BM25 that match the clauses; ties are broken by key."""

    def dense(
        self, space: str, vector: Vectors, tree: QueryTree, clauses: Clauses, k: int
    ) -> Candidates:
        """Return the k nearest passages of a vector space by cosine, best first.

        Passages must match the clauses, contain `tree.must` and not contain `tree.must_not`.
        """

    def select(self, tree: QueryTree, clauses: Clauses) -> Keys:
        """Return the ascending keys of passages that match `must`, `must_not` and the clauses."""

    def counts(self, keys: Keys) -> Fields:
        """Return how many of the given passages have each value of each field, omitting zeros."""

    def nearest(self, terms: Sequence[Term]) -> Mapping[str, tuple[str, ...]]:
        """Map unindexed words to similarly spelled indexed words, most frequent first."""

    def fetch(self, keys: Sequence[int]) -> list[Entry]:
        """Return the entries in the order of the keys."""

    def ids(self, keys: Sequence[int]) -> list[str]:
        """Return the ids of the passages in the order of the keys."""

    def keys(self, ids: Iterable[str]) -> dict[str, int]:
        """Map passage ids to their keys, omitting unknown ids."""

    def phrases(self, keys: Sequence[int]) -> list[Phrases]:
        """Return the search phrases of each passage, in the order of the keys."""

    def named(self, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Map each indexed name (a `name_key`) to the ascending keys of its passages."""

    def neighbors(self, space: str, key: int, clauses: Clauses, k: int) -> Candidates:
        """Return the k nearest neighbors of a passage among the passages that match the clauses."""

    def vector(self, space: str, key: int) -> Vectors:
        """Return the (d,) vector of a passage."""

    def document(self, document_id: str) -> Document | None:
        """Return the document with this id, or None if the id is unknown."""

    def former(self, passage_id: str) -> Entry | None:
        """Return a passage of an earlier version of a document, or None if the id is unknown."""

    def citations(self, passage_id: str) -> Sequence[Formatted]:
        """Return the citations of a passage, one per style; empty if the build made none."""

    def drawing(self, name: str) -> str | None:
        """Return the chart with this name as SVG, or None if there is none."""

    def topics(self) -> Sequence[Topic]:
        """Return the topics of the thesaurus."""

    def places(self) -> Sequence[Place]:
        """Return the places of the gazetteer."""

    def coverage(self) -> Sequence[Table]:
        """Return the tables that count the contents of the corpus, in order."""

    def related_to(self, document_id: str) -> Sequence[tuple[str, str]]:
        """Return (relation, document id) for each document that refers to the given one."""


class OpenReader(Reader, Protocol):
    """A reader that its owner must close."""

    def close(self) -> None:
        """Close the reader's files."""


class Writer(Protocol):
    """A writer that publishes index generations; the caller must hold the engine's lock."""

    def generation(self, identity: Identity) -> str:
        """Return the id of the generation built from these inputs."""

    def has(self, generation: str) -> bool:
        """Return whether a generation is stored and undamaged."""

    def stage(self, identity: Identity, contents: Contents) -> Manifest:
        """Write a complete generation without publishing it, and return the manifest."""

    def staged(self) -> OpenReader:
        """Open the staged generation so that it can be checked."""

    def commit(self) -> Manifest:
        """Publish the staged generation in one atomic step."""

    def publish(self, generation: str) -> Manifest:
        """Publish a generation that is already stored."""

    def rollback(self) -> Manifest:
        """Publish the previous generation again."""

    def withdraw(self) -> None:
        """Unpublish the index and delete every generation."""


class Engine(Protocol):
    """Storage of index generations; open it with `kb.index.engine.open_engine`."""

    def current(self) -> str:
        """Return the id of the published generation; raise IndexMissingError if there is none."""

    def is_published(self) -> bool:
        """Return whether a generation is published."""

    def revision(self) -> object:
        """Return a value that changes with each publication; None if nothing is published."""

    def verify(self) -> Manifest:
        """Check every file of the published generation and return its manifest."""

    def reader(self, generation: str | None = None) -> OpenReader:
        """Open a generation, by default the published one.

        Raise IndexMismatchError if its files are damaged.
        """

    def writer(self) -> Writer:
        """Return the writer of this engine."""

    def locked(
        self, waiting: Callable[[], object], wait: bool = True
    ) -> AbstractContextManager[None]:
        """Return a context manager that holds the write lock; see `kb.locks.locked`."""

    def imports(self) -> "Engine":
        """Return the engine for the index that also contains imported documents."""

    def searched(self) -> "Engine":
        """Return the engine for the index with imported documents if published, else this one."""
