"""The seam between the product and its engines: what a search asks, and what a build gives."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from kb.domain.citations import Formatted
from kb.domain.documents import Document
from kb.domain.noun import Noun
from kb.domain.passages import Entry, Unit
from kb.domain.places import Place
from kb.domain.queries import Clauses, Fields
from kb.domain.rankings import Candidates, Keys
from kb.domain.topics import Topic
from kb.encoders.base import EncoderIdentity, Vectors
from kb.text.query import QueryTree, Term


class FileSum(Noun):
    """A file of a generation."""

    bytes: int
    sha256: str


class Structure(Noun):
    """How a set of vectors is searched, and what that costs in recall."""

    name: str  # as the engine names it
    cells_searched: int | None = None
    recall_at_100: float = 1.0  # against exact search


class VectorSet(Noun):
    """One set of vectors of a generation."""

    encoder: EncoderIdentity
    dimension: int
    structure: Structure


class Manifest(Noun):
    """What built a generation; opening checks all of it."""

    generation: str
    format: int
    builder: str
    corpus: str
    vectors: Mapping[str, VectorSet]  # by the name of their space
    built: str
    documents: int
    passages: int
    files: Mapping[str, FileSum]
    sum: str = ""  # SHA-256 of this manifest written without it


class Identity(NamedTuple):
    """What a build is made from; the same identity is the same generation."""

    corpus: str  # digest of every corpus file
    encoders: Mapping[str, EncoderIdentity]  # by the name of their space
    processor: str = ""  # of citations; empty where none are made
    builder: str = ""  # digest of the steps of the build


class Contents(NamedTuple):
    """Everything that goes into a generation; row i of each set of vectors belongs to unit i."""

    documents: Sequence[Document]
    units: Sequence[Unit]
    vectors: Mapping[str, Vectors]  # by the name of their space
    topics: Sequence[Topic] = ()
    places: Sequence[Place] = ()
    citations: Mapping[str, Sequence[Formatted]] = {}  # of each passage, by its id
    drawings: Mapping[str, str] = {}  # charts as SVG, by name and language
    former: Sequence[Entry] = ()  # passages of earlier versions: found by their id alone


class Reader(Protocol):
    """One generation, open. Keys are the engine's own numbers for passages."""

    @property
    def manifest(self) -> Manifest:
        """What built it."""

    def lexical(self, tree: QueryTree, clauses: Clauses, k: int) -> Candidates:
        """The k best by BM25, best first, ties by key."""

    def dense(
        self, space: str, vector: Vectors, tree: QueryTree, clauses: Clauses, k: int
    ) -> Candidates:
        """Return the k nearest of a space by cosine, best first.

        Only passages with the tree's must and without its must_not are returned.
        """

    def select(self, tree: QueryTree, clauses: Clauses) -> Keys:
        """Every passage that holds must, no must_not and the clauses, in catalogue order."""

    def counts(self, keys: Keys) -> Fields:
        """How many of the passages have each value of each field; what none has is absent."""

    def nearest(self, terms: Sequence[Term]) -> Mapping[str, tuple[str, ...]]:
        """Indexed words spelled nearly like each word that occurs nowhere, most frequent first."""

    def fetch(self, keys: Sequence[int]) -> list[Entry]:
        """The entries, in the order of the keys."""

    def ids(self, keys: Sequence[int]) -> list[str]:
        """The ids of the passages, in the order of the keys."""

    def keys(self, ids: Iterable[str]) -> dict[str, int]:
        """The key of each passage id that exists."""

    def named(self, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """The passages that each folded name asks for; unknown names are absent."""

    def neighbours(self, space: str, key: int, clauses: Clauses, k: int) -> Candidates:
        """The k passages nearest to one, itself left out."""

    def vector(self, space: str, key: int) -> Vectors:
        """The (d,) vector of a passage."""

    def document(self, document_id: str) -> Document | None:
        """A whole document."""

    def former(self, passage_id: str) -> Entry | None:
        """A passage of an earlier version of its document; None where there is none."""

    def citations(self, passage_id: str) -> Sequence[Formatted]:
        """The citations of a passage, one a style; none where the build made none."""

    def drawing(self, name: str) -> str | None:
        """A chart as SVG; None where the build made none of this name."""

    def topics(self) -> Sequence[Topic]:
        """The thesaurus of this generation."""

    def places(self) -> Sequence[Place]:
        """The gazetteer of this generation."""

    def related_to(self, document_id: str) -> Sequence[tuple[str, str]]:
        """(relation, document id) of the documents that name this one."""


class OpenReader(Reader, Protocol):
    """A reader that its owner closes."""

    def close(self) -> None:
        """Release what the reader holds open."""


class Writer(Protocol):
    """Publishes generations, one at a time; the caller holds the engine's lock."""

    def generation(self, identity: Identity) -> str:
        """Return the id of the generation that an identity builds."""

    def has(self, generation: str) -> bool:
        """Return whether a generation is stored and whole."""

    def stage(self, identity: Identity, contents: Contents) -> Manifest:
        """Write a whole generation where no reader sees it."""

    def staged(self) -> OpenReader:
        """Open what was staged, to try it."""

    def commit(self) -> Manifest:
        """Publish what was staged, by one atomic step."""

    def publish(self, generation: str) -> Manifest:
        """Publish a generation that is stored already."""

    def rollback(self) -> Manifest:
        """Publish the generation before the current one."""

    def withdraw(self) -> None:
        """Publish nothing any more, and delete every generation."""


class Engine(Protocol):
    """A place where generations are kept; `kb.index.engine.open_engine` opens it."""

    def current(self) -> str:
        """Return the id of the published generation; raise IndexMissingError without one."""

    def is_published(self) -> bool:
        """Return whether a generation was published here."""

    def revision(self) -> object:
        """Return a value that changes whenever a generation is published; None without one."""

    def verify(self) -> Manifest:
        """Check everything stored of the published generation and return its manifest."""

    def reader(self, generation: str | None = None) -> OpenReader:
        """Open a generation, the published one by default; raise IndexMismatchError if damaged."""

    def writer(self) -> Writer:
        """Return the writer of this engine."""

    def locked(
        self, waiting: Callable[[], object], wait: bool = True
    ) -> AbstractContextManager[None]:
        """Hold the lock under which generations are written; BusyError if `wait` is false."""

    def imports(self) -> "Engine":
        """Return the engine of the corpus together with what was imported on this machine."""

    def searched(self) -> "Engine":
        """Return the engine that searches of this machine use: that of imports if published."""
