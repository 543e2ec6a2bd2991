"""Run one step of `benchmarks.scale` in its own process: prepare, build or search one size.

`benchmarks.scale` starts it as `python -m benchmarks.at_size STEP HOME SIZE ANSWER`, and reads the
measured values from the file ANSWER.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.drawn import Base, Drawn, draw_vectors
from benchmarks.figures import Latency, latency
from benchmarks.machine import ROOT, memory_mb
from benchmarks.questions import seeds
from benchmarks.quiet import Others
from indexer.build import CACHE
from indexer.steps.embed import embed
from indexer.steps.publish import publish
from kb.domain.queries import Mode, Query
from kb.encoders.base import EncoderIdentity, Vectors
from kb.encoders.open import make_encoder
from kb.encoders.tokens import TokenLimit
from kb.encoders.vector_spaces import MAIN, vector_spaces
from kb.index.contract import Contents, Identity
from kb.index.engine import open_engine
from kb.search.searcher import Searcher
from kb.settings import BUNDLED, Settings
from kb.text.query import QueryTree

BASE = 2000  # real passages that synthetic ones are made from
QUESTIONS = 200
QUERIES = ROOT / "tests" / "relevance" / "queries.jsonl"
DEPTH = 100
BLOCK = 50_000  # rows compared at once in the exact search
ROUNDING = 1e-5  # scores that differ by less are equal
GIVEN = EncoderIdentity(name="given vectors", checksum="drawn")
INDEX, DRAWN, REAL, TEXTS, ASKED = "index", "drawn.npy", "base.npy", "texts.json", "asked.npy"
MODES: tuple[Mode, ...] = ("hybrid", "lexical", "dense")
Values = dict[str, object]


class Given:
    """Encoder that returns precomputed vectors of the queries."""

    def __init__(self, vectors: dict[str, Vectors]) -> None:
        self._vectors = vectors

    @property
    def identity(self) -> EncoderIdentity:
        """Identity that the index was built with."""
        return GIVEN

    @property
    def tokens(self) -> TokenLimit:
        """Token limit; not used, because nothing is split here."""
        return TokenLimit()

    def load(self) -> None:
        """Do nothing: there is no model."""

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return the precomputed vectors of these texts, one row each."""
        if progress:
            progress(len(texts))
        return np.stack([self._vectors[text] for text in texts])

    def question(self, text: str) -> Vectors:
        """Return the precomputed vector of a query."""
        return self._vectors[text]


class Texts(NamedTuple):
    """Texts of the real passages and of the queries."""

    base: list[str]
    asked: list[str]


def prepare(home: Path, _size: int) -> Values:
    """Write real passages, queries and the vectors of both; return the number of each.

    The passages are every n-th passage of our own published index.
    """
    settings = Settings.from_environment()
    reader = open_engine(settings.index).reader()
    keys = reader.select(QueryTree(), ())
    chosen = np.sort(keys)[:: max(1, len(keys) // BASE)][:BASE].tolist()
    entries = reader.fetch(chosen)
    base = [f"{entry.own_title}\n{entry.text}".strip() for entry in entries]
    asked = seeds(QUERIES, settings.corpus)
    asked = asked[:: max(1, len(asked) // QUESTIONS)][:QUESTIONS]
    encoder = make_encoder(BUNDLED, settings.index)
    for name, texts in ((REAL, base), (ASKED, asked)):
        vectors, _ = embed(texts, encoder, home / CACHE, lambda _: None)
        np.save(home / name, vectors)
    (home / TEXTS).write_text(json.dumps(Texts(base, asked)), "utf-8")
    return {"base": len(base), "queries": len(asked)}


def build(home: Path, size: int) -> Values:
    """Build and publish an index of one size; the time includes making the synthetic texts."""
    texts = Texts(*json.loads((home / TEXTS).read_text("utf-8")))
    shutil.rmtree(home / INDEX, ignore_errors=True)  # of the previous size
    base = Base(texts.base, np.load(home / REAL))
    vectors = draw_vectors(base, size, home / DRAWN)
    others, started = Others(), time.perf_counter()
    contents = Contents((), Drawn(base, size), {MAIN: vectors})
    identity = Identity(f"drawn {size}", {MAIN: GIVEN})
    publish(open_engine(home / INDEX).writer(), identity, contents)
    return {
        "build_s": round(time.perf_counter() - started, 2),
        "build_peak_mb": memory_mb(peak=True),
        "disk_mb": _disk_mb(home / INDEX),
        "others_build": others.cores(),
    }


def _disk_mb(folder: Path) -> float:
    return round(sum(path.stat().st_size for path in folder.rglob("*")) / 2**20, 1)


def search(home: Path, _size: int) -> Values:
    """Open the index of one size, and run every query in each mode."""
    texts = Texts(*json.loads((home / TEXTS).read_text("utf-8")))
    asked = np.load(home / ASKED)
    started = time.perf_counter()
    reader = open_engine(home / INDEX).reader()
    opened, others = time.perf_counter() - started, Others()
    given = Given(dict(zip(texts.asked, asked, strict=True)))
    searcher = Searcher(reader, vector_spaces(given), ("en",))
    found: Values = {mode: _times(searcher, texts.asked, mode).model_dump() for mode in MODES}
    resident, used = memory_mb(), others.cores()
    recall = _recall(searcher, texts.asked, asked, np.load(home / DRAWN, mmap_mode="r"))
    return found | {
        "open_s": round(opened, 2),
        "resident_mb": resident,
        "recall": recall,
        "others_search": used,
    }


def _times(searcher: Searcher, texts: Sequence[str], mode: Mode) -> Latency:
    took = []
    searcher.rank(Query(text=texts[0], mode=mode, k=DEPTH))
    for text in texts:
        started = time.perf_counter()
        searcher.rank(Query(text=text, mode=mode, k=DEPTH))
        took.append((time.perf_counter() - started) * 1000)
    return latency(took)


def _recall(searcher: Searcher, texts: Sequence[str], asked: Vectors, rows: Vectors) -> float:
    """Return the recall of the exact nearest neighbors; a tie with the last one counts as found."""
    found = np.zeros(len(texts))
    threshold = _threshold(asked, rows)
    for place, text in enumerate(texts):
        ranked = searcher.rank(Query(text=text, mode="dense", k=DEPTH))
        near = rows[[int(name.rpartition("-")[2]) for name, _ in ranked]] @ asked[place]
        found[place] = np.count_nonzero(near >= threshold[place] - ROUNDING) / min(DEPTH, len(rows))
    return round(float(found.mean()), 5)


def _threshold(asked: Vectors, rows: Vectors) -> Vectors:
    """Return, for each query, the score of its last exact nearest neighbor, by brute force."""
    best = np.full((len(asked), 0), 0, dtype=np.float32)
    for start in range(0, len(rows), BLOCK):
        scores = np.concatenate([best, asked @ rows[start : start + BLOCK].T], axis=1)
        keep = min(DEPTH, scores.shape[1])
        best = np.partition(scores, -keep, axis=1)[:, -keep:]
    return np.asarray(best.min(axis=1), dtype=np.float32)


STEPS: dict[str, Callable[[Path, int], Values]] = {
    "prepare": prepare,
    "build": build,
    "search": search,
}


def main() -> None:
    """Run the step that the arguments name, and write its values to a file as JSON."""
    step, home, size, answer = sys.argv[1:]
    Path(answer).write_text(json.dumps(STEPS[step](Path(home), int(size))), "utf-8")


if __name__ == "__main__":
    main()
