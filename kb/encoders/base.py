"""The encoder interface used by the index and the search."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.domain.base import Noun
from kb.encoders.tokens import TokenLimit

Vectors = npt.NDArray[np.float32]


class EncoderIdentity(Noun):
    """An encoder's name and checksum; vectors are comparable only if both are equal."""

    name: str
    checksum: str


class TextEncoder(Protocol):
    """An encoder of passages and queries."""

    @property
    def identity(self) -> EncoderIdentity:
        """Return the name and checksum of the weights."""

    @property
    def tokens(self) -> TokenLimit:
        """Return the token limit per text."""

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return the (n, d) float32 unit vectors of passages; `progress` receives batch sizes."""

    def question(self, text: str) -> Vectors:
        """Return the (d,) float32 unit vector of a query."""
