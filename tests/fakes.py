"""Test doubles that satisfy the contracts of the classes they replace."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from kb.encoders.base import EncoderIdentity, Vectors
from kb.encoders.tokens import TokenLimit
from kb.text.analysis import stem, words

DIMENSION = 64


class HashEncoder:
    """Encodes a text as a bag of hashed stems: texts that share words are near.

    It needs no model.
    """

    def __init__(self, name: str = "hash-64") -> None:
        self.identity = EncoderIdentity(
            name=name, checksum=hashlib.sha256(name.encode()).hexdigest()
        )
        self.tokens = TokenLimit()
        self.encoded: list[str] = []  # every text that was asked for, in order

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return (n, 64) float32 unit rows, in the order of the texts."""
        self.encoded += texts
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 0.1  # so that a text without words has a direction too
            for token in words(text):
                digest = hashlib.sha256(stem(token.word).encode()).digest()
                row[digest[0] % DIMENSION] += 1.0 if digest[1] % 2 else -1.0
            row /= np.linalg.norm(row) or 1.0
        if progress:
            progress(len(texts))
        return vectors

    def question(self, text: str) -> Vectors:
        """Return the (64,) float32 unit vector of a question."""
        vector: Vectors = self.encode([text])[0]
        return vector
