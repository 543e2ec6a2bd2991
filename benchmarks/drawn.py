"""Make any number of synthetic passages from real ones.

Each text is the text of a real passage of our corpus, in which a share of the words is replaced by
words drawn from all passages, so that frequent words stay frequent. Each vector is the vector of
the real passage plus Gaussian noise, normalized to unit length. The text of passage i depends only
on i, so that texts need not be kept in memory.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, overload

import numpy as np

from kb.domain.passages import Card, Entry, Unit
from kb.domain.sources import Rights, Source
from kb.encoders.base import Vectors

NOISE = 0.03  # standard deviation in each of 384 dimensions; the cosine becomes about 0.86
SWAPPED = 0.3  # share of the words
BLOCK = 10_000  # vectors drawn at once
SEED = 20_261_122  # arbitrary, but fixed


class Base(NamedTuple):
    """Texts and vectors of the real passages."""

    texts: Sequence[str]
    vectors: Vectors


class Drawn(Sequence[Unit]):
    """Sequence of synthetic passages, each made on access."""

    def __init__(self, base: Base, size: int) -> None:
        self._size = size
        self._words = [text.split() for text in base.texts]
        self._vocabulary = np.array([word for words in self._words for word in words])

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Unit]:
        return (self._unit(index) for index in range(self._size))

    @overload
    def __getitem__(self, index: int) -> Unit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Unit]: ...
    def __getitem__(self, index: int | slice) -> Unit | Sequence[Unit]:
        """Return the passage at an index, or a list of passages for a slice."""
        if isinstance(index, slice):
            return [self._unit(one) for one in range(*index.indices(self._size))]
        return self._unit(range(self._size)[index])

    def text(self, index: int) -> str:
        """Return the text of one passage."""
        words = np.array(self._words[index % len(self._words)])
        random = np.random.default_rng((SEED, index))
        chosen = random.random(len(words)) < SWAPPED
        return " ".join(np.where(chosen, random.choice(self._vocabulary, len(words)), words))

    def _unit(self, index: int) -> Unit:
        name = f"drawn-{index}"
        entry = Entry(
            id=name,
            document_id=name,
            kind="text",
            title="",
            text=self.text(index),
            document=Card(id=name, kind="writing", title=""),
            source=Source(type="document", title=name, rights=Rights(terms="none: drawn")),
            citation=name,
        )
        return Unit(entry, ("kind=text", f"document={name}", "language=en"))


def draw_vectors(base: Base, size: int, path: Path) -> Vectors:
    """Write noisy copies of the real vectors to a file; return them memory-mapped.

    They are (size, d) float32 rows of unit length.
    """
    dimension = base.vectors.shape[1]
    found = np.lib.format.open_memmap(path, "w+", np.float32, (size, dimension))
    for start in range(0, size, BLOCK):
        rows = np.arange(start, min(start + BLOCK, size))
        random = np.random.default_rng((SEED, start))
        noise = random.standard_normal((len(rows), dimension), dtype=np.float32)
        block = base.vectors[rows % len(base.vectors)] + NOISE * noise
        found[rows] = block / np.linalg.norm(block, axis=1, keepdims=True)
    found.flush()
    return found
