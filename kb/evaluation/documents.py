"""Measures of a ranking of documents, each ranked by its first passage.

A document's grade is the best grade of its judged passages.
"""

from collections.abc import Sequence

import numpy as np

from kb.evaluation.judgments import Judgments, Qrel, Ranking, Run, Scored, Topic
from kb.evaluation.measures import MAIN, UNDEFINED, Values, per_query

FIRST = 10  # passages on a page, and documents on a page of documents

NDCG = f"{MAIN} of documents"
DOCUMENTS = f"documents in {FIRST} passages"
RELEVANT = f"relevant documents in {FIRST} passages"
PAGE = f"relevant documents of {FIRST}"
NAMES = (NDCG, DOCUMENTS, RELEVANT, PAGE)


def document_of(passage_id: str) -> str:
    """Return the id of a passage's document.

    >>> document_of("m4bl-vision-2016#abolish-death-penalty")
    'm4bl-vision-2016'
    """
    return passage_id.partition("#")[0]


def of_documents(judgments: Judgments) -> Judgments:
    """Return judgments of documents: per query, the best grade of each document's passages."""
    best: dict[tuple[str, str], int] = {}
    for qrel in judgments.qrels:
        pair = (qrel.query_id, document_of(qrel.doc_id))
        best[pair] = max(qrel.relevance, best.get(pair, qrel.relevance))
    return judgments._replace(qrels=tuple(Qrel(*pair, grade) for pair, grade in best.items()))


def ranked_documents(ranking: Ranking) -> Ranking:
    """Return the documents of a ranking of passages, in the order of their first passages."""
    first: dict[str, Scored] = {}
    for one in ranking:
        first.setdefault(document_of(one.doc_id), one)
    return tuple(one._replace(doc_id=name) for name, one in first.items())


def per_query_documents(
    judgments: Judgments, topics: Sequence[Topic], run: Run
) -> dict[str, Values]:
    """Return the value of each measure in NAMES for each topic, in the order of the topics.

    NDCG is nDCG@10 of the ranked documents. The others count documents: all those of the first ten
    passages, the relevant ones of these, and the relevant ones of the first ten documents. A
    document is relevant from grade `judgments.relevant_from`; counts of relevant documents are
    UNDEFINED for a topic without any.
    """
    documents = of_documents(judgments)
    rankings = {query: ranked_documents(ranking) for query, ranking in run.rankings.items()}
    found = {name: np.zeros(len(topics)) for name in NAMES}
    found[NDCG] = per_query(documents, topics, Run(run.tag, rankings))[MAIN]
    grades = documents.grades()
    for index, topic in enumerate(topics):
        known = grades.get(topic.query_id, {})
        relevant = {name for name, grade in known.items() if grade >= judgments.relevant_from}
        passages = run.rankings.get(topic.query_id, ())[:FIRST]
        shown = {document_of(one.doc_id) for one in passages}
        page = {one.doc_id for one in rankings.get(topic.query_id, ())[:FIRST]}
        found[DOCUMENTS][index] = len(shown)
        found[RELEVANT][index] = len(shown & relevant) if relevant else UNDEFINED
        found[PAGE][index] = len(page & relevant) if relevant else UNDEFINED
    return found
