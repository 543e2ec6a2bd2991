"""What the index and the search ask of any encoder."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.domain.noun import Noun
from kb.encoders.tokens import TokenLimit

Vectors = npt.NDArray[np.float32]


class EncoderIdentity(Noun):
    """What makes two vectors comparable: the same weights."""

    name: str
    checksum: str


class TextEncoder(Protocol):
    """What the index and the search ask of an encoder."""

    @property
    def identity(self) -> EncoderIdentity:
        """The weights, by name and checksum."""

    @property
    def tokens(self) -> TokenLimit:
        """How much of a text it reads."""

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return (n, d) float32, unit rows, in the order given: the vectors of passages."""

    def question(self, text: str) -> Vectors:
        """Return the (d,) float32 unit vector of a question."""
