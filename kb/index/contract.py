"""The seam: what the search asks of any engine, and what a build gives it."""

from collections.abc import Iterable, Mapping, Sequence
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
from kb.index.local.vectors import Structure
from kb.text.query import QueryTree, Term


class FileSum(Noun):
    """A file of a generation."""

    bytes: int
    sha256: str


class Manifest(Noun):
    """What built a generation; opening checks all of it."""

    generation: str
    format: int
    chunker: int
    corpus: str
    encoder: EncoderIdentity
    multilingual: EncoderIdentity | None = None  # of the second set of vectors
    dimension: int
    vectors: Mapping[str, Structure]  # of each file of vectors
    built: str
    documents: int
    passages: int
    files: Mapping[str, FileSum]
    sum: str = ""  # SHA-256 of this manifest written without it


class Identity(NamedTuple):
    """What a build is made from; the same identity is the same generation."""

    corpus: str  # digest of every corpus file
    encoder: EncoderIdentity
    multilingual: EncoderIdentity | None = None
    processor: str = ""  # of citations; empty where none are made


class Contents(NamedTuple):
    """Everything that goes into a generation; row i of the vectors belongs to unit i."""

    documents: Sequence[Document]
    units: Sequence[Unit]
    vectors: Vectors
    topics: Sequence[Topic] = ()
    places: Sequence[Place] = ()
    # Of the same passages, by the multilingual encoder; rows of other languages are no unit rows.
    multilingual: Vectors | None = None
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
        self,
        vector: Vectors,
        tree: QueryTree,
        clauses: Clauses,
        k: int,
        multilingual: bool = False,
    ) -> Candidates:
        """The k nearest by cosine that hold the tree's must and no must_not, best first.

        The vector is of the main encoder or of the multilingual one.
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

    def neighbours(
        self, key: int, clauses: Clauses, k: int, multilingual: bool = False
    ) -> Candidates:
        """The k passages nearest to one, itself left out."""

    def vector(self, key: int, multilingual: bool = False) -> Vectors:
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


class Writer(Protocol):
    """Publishes generations, one at a time."""

    def stage(self, identity: Identity, contents: Contents) -> Manifest:
        """Write a whole generation where no reader sees it, and verify it."""

    def commit(self) -> Manifest:
        """Publish what was staged, by one atomic step."""

    def rollback(self) -> Manifest:
        """Publish the generation before the current one."""
