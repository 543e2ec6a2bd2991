"""Encode texts in batches of similar length, to keep padding small."""

from collections.abc import Callable, Sequence

import numpy as np

from kb.encoders.base import Vectors

Rows = Sequence[Sequence[int]]  # the token ids of each text


def encode_in_batches(
    tokens: Rows,
    dimension: int,
    most: int,
    run: Callable[[Rows], Vectors],
    progress: Callable[[int], object] | None = None,
) -> Vectors:
    """Return the (n, dimension) float32 vectors of n tokenized texts, in the order of the texts.

    `run` returns the vectors of one batch, whose last text is its longest. With padding, a batch
    has at most `most` tokens, unless its only text has more. `progress` receives batch sizes.
    """
    vectors = np.zeros((len(tokens), dimension), dtype=np.float32)
    order = sorted(range(len(tokens)), key=lambda index: (len(tokens[index]), tuple(tokens[index])))
    while order:
        width = len(tokens[order[-1]])
        batch = order[-max(1, most // max(1, width)) :]
        del order[-len(batch) :]
        vectors[batch] = run([tokens[index] for index in batch])
        if progress:
            progress(len(batch))
    return vectors
