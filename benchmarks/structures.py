"""Compare index structures of faiss on synthetic vectors (see `benchmarks.drawn`).

`python -m benchmarks.structures` prints one table. Each structure is built once, and then searched
with the judged queries at increasing effort until its recall of the results of exact search reaches
`RECALL`.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import faiss
import numpy as np

from benchmarks.at_size import ASKED, REAL, TEXTS, Texts, prepare
from benchmarks.drawn import Base, draw_vectors
from kb.encoders.base import Vectors
from kb.index.local.vectors import DEPTH

SIZE = 100_000
# Names of faiss's index factory, and the parameter that is raised until the recall is reached.
STRUCTURES = {
    "Flat": "",
    "IVF1024,Flat": "nprobe",
    "IVF1024,SQfp16": "nprobe",
    "IVF1024,SQ8": "nprobe",
    "HNSW32,SQfp16": "efSearch",
}
RECALL = 0.98
EFFORTS = (1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024)


class Tried(NamedTuple):
    """Measurements of one structure."""

    name: str
    build_s: float
    bytes_each: float
    effort: int
    recall: float
    p50_ms: float


def measure(size: int) -> list[Tried]:
    """Measure every structure on `size` synthetic vectors."""
    with tempfile.TemporaryDirectory(prefix="kb-structures-") as name:
        home = Path(name)
        prepare(home, size)
        texts = Texts(*json.loads((home / TEXTS).read_text("utf-8")))
        vectors = draw_vectors(Base(texts.base, np.load(home / REAL)), size, home / "drawn.npy")
        rows, asked = np.array(vectors), np.load(home / ASKED)
        _, exact = faiss.knn(asked, rows, DEPTH, metric=faiss.METRIC_INNER_PRODUCT)
        return [_tried(about, rows, asked, exact) for about in STRUCTURES]


def _tried(name: str, rows: Vectors, asked: Vectors, exact: Any) -> Tried:
    print(name, file=sys.stderr)
    started = time.perf_counter()
    index: Any = faiss.index_factory(rows.shape[1], name, faiss.METRIC_INNER_PRODUCT)
    index.train(rows)
    index.add(rows)
    built = time.perf_counter() - started
    size = faiss.serialize_index(index).nbytes / len(rows)
    space = faiss.ParameterSpace()
    for effort in EFFORTS:
        if STRUCTURES[name]:
            space.set_index_parameter(index, STRUCTURES[name], effort)
        took, hits = [], []
        for one in asked:
            started = time.perf_counter()
            _, keys = index.search(one[None], DEPTH)
            took.append((time.perf_counter() - started) * 1000)
            hits.append(keys[0])
        pairs = zip(exact, hits, strict=True)
        recall = float(np.mean([len(np.intersect1d(*pair)) / DEPTH for pair in pairs]))
        if recall >= RECALL or not STRUCTURES[name]:
            break
    return Tried(name, built, size, effort, recall, float(np.median(took)))


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every structure and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.structures", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, metavar="N", help="vectors")
    arguments = parser.parse_args(argv)
    print("| structure | build s | bytes a vector | effort | recall@100 | p50 ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    for one in measure(arguments.size):
        print(
            f"| {one.name} | {one.build_s:.1f} | {one.bytes_each:,.0f} "
            f"| {one.effort if STRUCTURES[one.name] else 'all'} "
            f"| {one.recall:.3f} | {one.p50_ms:.2f} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
