"""Embed texts with a cache keyed by model and text, so that only changed texts are embedded."""

import hashlib
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from indexer.steps.cache import BuildCache
from kb.encoders.base import TextEncoder, Vectors
from kb.encoders.open import for_many

SAVE_EVERY = 256  # texts; a killed build loses at most this many vectors


def embed(
    texts: Sequence[str], encoder: TextEncoder, cache: Path, progress: Callable[[int], object]
) -> tuple[Vectors, int]:
    """Return (n, d) float32 rows of unit length, one per text, and the number newly computed."""
    keys = [_key(encoder, text) for text in texts]
    width = encoder.encode([]).shape[1]
    with BuildCache(cache) as stored:
        known = {key: row for key, row in stored.get(keys).items() if _is_unit(row, width)}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        progress(len(keys) - len(missing))
        fresh = sorted(missing.items(), key=lambda item: (len(item[1]), item[1]))
        encoder = for_many(encoder, len(fresh))
        for start in range(0, len(fresh), SAVE_EVERY):
            batch = fresh[start : start + SAVE_EVERY]
            rows = encoder.encode([text for _, text in batch], progress)
            values = [(key, row.tobytes()) for (key, _), row in zip(batch, rows, strict=True)]
            stored.put(values)
            known.update(values)
    return np.stack([np.frombuffer(known[key], dtype=np.float32) for key in keys]), len(fresh)


def _is_unit(row: bytes, width: int) -> bool:
    """Return whether a cached row is a finite unit vector; in a damaged file it may not be.

    The tolerance allows for vectors computed in half precision.
    """
    if len(row) != width * np.dtype(np.float32).itemsize:
        return False
    norm = float(np.linalg.norm(np.frombuffer(row, dtype=np.float32)))
    return math.isclose(norm, 1.0, abs_tol=1e-2)  # False for NaN and infinity


def _key(encoder: TextEncoder, text: str) -> bytes:
    return hashlib.sha256(f"{encoder.identity.checksum}\0{text}".encode()).digest()
