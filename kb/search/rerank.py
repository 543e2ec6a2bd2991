"""What a question names comes first; a cross-encoder, where one is asked for, before that."""

from collections.abc import Iterable

import numpy as np

from kb.domain.rankings import Keys
from kb.encoders.cross_encoder import Reranker
from kb.index.contract import Reader
from kb.search.fuse import Fusion

RERANKED = 30  # passages that a cross-encoder reads; each takes milliseconds


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


def by_cross_encoder(fused: Fusion, question: str, reranker: Reranker, reader: Reader) -> Fusion:
    """The first passages in the order of a cross-encoder, the rest as they were.

    The scores stay those of the fusion, in falling order, for a cross-encoder's cannot be
    compared with the ones of the passages that it did not read.
    """
    first = fused.keys[:RERANKED]
    if not len(first):
        return fused
    entries = reader.fetch(first.tolist())
    texts = [f"{entry.title}\n{entry.text}" for entry in entries]
    order = np.argsort(-reranker.scores(question, texts), kind="stable")
    return fused.reordered(np.concatenate([first[order], fused.keys[RERANKED:]]), fused.scores)
