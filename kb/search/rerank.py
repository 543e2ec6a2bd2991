"""Rerank results: adjust scores, apply a cross-encoder, and move named passages first."""

from collections.abc import Iterable, Sequence

import numpy as np

from kb.domain.rankings import Keys
from kb.encoders.cross_encoder import Reranker
from kb.index.contract import Reader
from kb.search.fuse import Fusion

HEADING_FACTOR = 0.7
SUMMARY_SHARE = 0.3
# Passages of a document, and the share of the mean of their scores that each of its passages gets.
DOCUMENT_PASSAGES, DOCUMENT_SHARE = 3, 0.1
MAX_RERANKED = 30  # passages; a cross-encoder takes milliseconds for each


def names_first(fused: Fusion, named: Iterable[int], allowed: Keys) -> Fusion:
    """Move passages that the query names to the front, in catalog order.

    `named` are the keys of these passages. They are included even if no retriever found them, but
    only if they are in `allowed`, the passages that the filters and excluded phrases leave.
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
    """Multiply the scores of demands known only by a heading by HEADING_FACTOR, and sort again.

    This puts them below passages that match nearly as well, but not below all others.
    """
    scores = fused.scores * np.where(np.isin(fused.keys, headings), HEADING_FACTOR, 1.0)
    order = np.argsort(-scores, kind="stable")
    return fused.reordered(fused.keys[order], scores[order])


def summaries_higher(fused: Fusion, documents: Sequence[str], summaries: Keys) -> Fusion:
    """Raise the score of each summary by a share of the best score of its document's records.

    The share is SUMMARY_SHARE. Without it, summaries rank too low, because they are shorter and
    more general than records. `documents` has the document id of each passage.
    """
    is_summary = np.isin(fused.keys, summaries)
    number = {document: at for at, document in enumerate(dict.fromkeys(documents))}
    owner = np.array([number[document] for document in documents], dtype=np.int64)
    best = np.zeros(len(number))
    np.maximum.at(best, owner[~is_summary], fused.scores[~is_summary])
    scores = fused.scores + SUMMARY_SHARE * best[owner] * is_summary
    order = np.argsort(-scores, kind="stable")
    return fused.reordered(fused.keys[order], scores[order])


def good_documents_higher(fused: Fusion, documents: Sequence[str]) -> Fusion:
    """Raise the score of each passage by a share of the mean of its document's best scores.

    The share is DOCUMENT_SHARE, and the mean is over the best DOCUMENT_PASSAGES scores, where a
    missing passage counts as 0. So of two passages that match equally well, the one whose document
    answers the query in several places comes first. `documents` has the document id of each
    passage. If every document is one passage, the order is unchanged.
    """
    rank, totals = dict.fromkeys(documents, 0), dict.fromkeys(documents, 0.0)
    for document, score in zip(documents, fused.scores.tolist(), strict=True):
        if rank[document] < DOCUMENT_PASSAGES:
            rank[document] += 1
            totals[document] += score
    means = np.array([totals[document] for document in documents]) / DOCUMENT_PASSAGES
    scores = fused.scores + DOCUMENT_SHARE * means
    order = np.argsort(-scores, kind="stable")
    return fused.reordered(fused.keys[order], scores[order])


def by_cross_encoder(fused: Fusion, question: str, reranker: Reranker, reader: Reader) -> Fusion:
    """Rerank the first MAX_RERANKED passages with a cross-encoder.

    The fused scores stay in place while the passages move, because scores from a cross-encoder are
    not comparable with those of the other passages.
    """
    first = fused.keys[:MAX_RERANKED]
    if not len(first):
        return fused
    entries = reader.fetch(first.tolist())
    texts = [f"{entry.title}\n{entry.text}" for entry in entries]
    order = np.argsort(-reranker.scores(question, texts), kind="stable")
    return fused.reordered(np.concatenate([first[order], fused.keys[MAX_RERANKED:]]), fused.scores)
