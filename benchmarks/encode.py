"""Compare the speed of our ONNX export with `SentenceTransformer.encode`, on the same weights.

Both encode the same passages of our corpus in turn, `ROUNDS` times; the medians and the vectors
are compared.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.machine import machine
from benchmarks.quiet import Others, wait_for_quiet
from benchmarks.results import Encode, write
from benchmarks.tables import encode_table
from kb.encoders.base import Vectors
from kb.encoders.open import MIN_BULK_PASSAGES, for_many, make_encoder
from kb.encoders.sentence_transformers import Encoder
from kb.errors import KbError
from kb.index.engine import open_engine
from kb.settings import BUNDLED, Settings

PASSAGES, ROUNDS = 1000, 5
PACKAGES = ("precedent", "onnxruntime", "torch", "sentence-transformers", "numpy")


def measure() -> Encode:
    """Measure both encoders in turn on the passages of the published index."""
    settings = Settings.from_environment()
    reader = open_engine(settings.index).reader()
    step = max(1, reader.manifest.passages // PASSAGES)
    entries = reader.fetch(range(0, reader.manifest.passages, step))[:PASSAGES]
    texts = [f"{entry.own_title}\n{entry.text}\n{entry.context}" for entry in entries]
    fast = for_many(make_encoder(BUNDLED, settings.index), MIN_BULK_PASSAGES)
    model = Encoder(BUNDLED).loaded

    def slow(some: Sequence[str]) -> Vectors:
        found = model.encode(list(some), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    ours, theirs = fast.encode(texts), slow(texts)  # loads both, and gives the vectors to compare
    wait_for_quiet()
    others = Others()
    took = [(_seconds(fast.encode, texts), _seconds(slow, texts)) for _ in range(ROUNDS)]
    ours_s, theirs_s = np.median(took, axis=0).round(3).tolist()
    return Encode(
        machine=machine(PACKAGES),
        passages=len(texts),
        rounds=ROUNDS,
        ours_s=ours_s,
        sentence_transformers_s=theirs_s,
        least_cosine=round(float((ours * theirs).sum(axis=1).min()), 6),
        others_cores=others.cores(),
    )


def _seconds(encode: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    started = time.perf_counter()
    encode(texts)
    return time.perf_counter() - started


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store the result and print its table; return the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.encode", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the result")
    arguments = parser.parse_args(argv)
    try:
        result = measure()
    except KbError as error:
        print(f"benchmarks.encode: {error}", file=sys.stderr)
        return error.exit_code
    if arguments.json:
        write(arguments.json, result)
    print(encode_table([result]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
