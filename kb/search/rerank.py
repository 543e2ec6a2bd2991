"""What a question names comes first."""

from collections.abc import Iterable

import numpy as np

from kb.domain.candidates import Keys
from kb.search.fuse import Fusion


def names_first(fused: Fusion, named: Iterable[int], allowed: Keys) -> Fusion:
    """Passages that the question names, in catalogue order, then the rest as they were.

    A named passage is shown even where no retriever found it, unless filters or exclusions
    leave it out.
    """
    first = np.intersect1d(np.fromiter(named, dtype=np.int64), allowed)
    rest = ~np.isin(fused.keys, first)
    # A score never falls below that of a later hit, so that clients may sort by it.
    top = fused.scores.max(initial=0.0)
    return fused.reordered(
        np.concatenate([first, fused.keys[rest]]),
        np.concatenate([np.full(len(first), top), fused.scores[rest]]),
    )
