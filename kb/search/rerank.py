"""Rerank with a cross-encoder, and move passages that the query names to the front."""

from collections.abc import Iterable, Sequence

import numpy as np

from kb.domain.rankings import Keys
from kb.encoders.cross_encoder import Reranker
from kb.index.contract import Reader
from kb.search.fuse import Fusion

HEADING_FACTOR = 0.7
SUMMARY_SHARE = 0.3
MAX_RERANKED = 30  # passages; a cross-encoder takes milliseconds for each


def names_first(fused: Fusion, named: Iterable[int], allowed: Keys) -> Fusion:
    """Move passages that the query names to the front, in catalog order.

    A named passage is included even if no retriever found it, unless a filter or an excluded phrase
    rules it out.
    """
    first = np.intersect1d(np.fromiter(named, dtype=np.int64), allowed)
    rest = ~np.isin(fused.keys, first)
    # Scores must not increase along the ranking, so that clients can sort by them.
    top = fused.scores.max(initial=0.0)
    return fused.reordered(
        np.concatenate([first, fused.keys[rest]]),
        np.concatenate([np.full(len(first), top), fused.scores[rest]]),
    )


def headings_lower(fused: Fusion, headings: Keys) -> Fusion:
    """Lower the scores of demands known only by a heading, so that fuller ones come first.

    The factor moves a heading below passages that fit nearly as well, not below all others.
    """
    scores = fused.scores * np.where(np.isin(fused.keys, headings), HEADING_FACTOR, 1.0)
    order = np.argsort(-scores, kind="stable")
    return fused.reordered(fused.keys[order], scores[order])


def summaries_higher(fused: Fusion, documents: Sequence[str], summaries: Keys) -> Fusion:
    """Raise the summary of a work by SUMMARY_SHARE of the best score among its other passages.

    A work answers a question with all that it says, and its summary stands for the work; alone, it
    is shorter and more general than its records. `documents` has the document id of each passage.
    """
    is_summary = np.isin(fused.keys, summaries)
    number = {document: at for at, document in enumerate(dict.fromkeys(documents))}
    owner = np.array([number[document] for document in documents], dtype=np.int64)
    best = np.zeros(len(number))
    np.maximum.at(best, owner[~is_summary], fused.scores[~is_summary])
    scores = fused.scores + SUMMARY_SHARE * best[owner] * is_summary
    order = np.argsort(-scores, kind="stable")
    return fused.reordered(fused.keys[order], scores[order])


def by_cross_encoder(fused: Fusion, question: str, reranker: Reranker, reader: Reader) -> Fusion:
    """Rerank the first MAX_RERANKED passages with a cross-encoder.

    The descending scores of the fusion are kept, because scores from a cross-encoder are not
    comparable with those of the other passages.
    """
    first = fused.keys[:MAX_RERANKED]
    if not len(first):
        return fused
    entries = reader.fetch(first.tolist())
    texts = [f"{entry.title}\n{entry.text}" for entry in entries]
    order = np.argsort(-reranker.scores(question, texts), kind="stable")
    return fused.reordered(np.concatenate([first[order], fused.keys[MAX_RERANKED:]]), fused.scores)
