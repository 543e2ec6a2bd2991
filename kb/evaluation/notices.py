"""Notices that say which queries and judgments an evaluation ignores, and why."""

from collections.abc import Iterator

from kb.evaluation.judgments import Judgments
from kb.evaluation.measures import MAIN, measures


def notices(judgments: Judgments) -> Iterator[str]:
    """Yield a sentence for each group of queries or judgments that a measure ignores.

    A last sentence says if grade 1 counts as relevant although some queries have higher grades.
    """
    yield from judgments.notices
    total, measured = len(judgments.topics), judgments.measured()
    judged = {qrel.query_id for qrel in judgments.qrels}
    unjudged = sum(topic.query_id not in judged for topic in judgments.topics)
    if unjudged:
        yield (
            f"{unjudged} of {total} queries have no judgment and are left out of all means; "
            "each query id of queries.jsonl should occur in qrels.tsv"
        )
    ungraded = total - len(measured) - unjudged
    if ungraded:
        yield (
            f"{ungraded} of {total} queries have no positive grade and are left out of all means: "
            "every ranking would score 0"
        )
    least = judgments.relevant_from
    _, reciprocal, recall, _ = measures(least)
    unfindable = len(measured) - len(judgments.answerable())
    if unfindable:
        yield (
            f"{unfindable} of {len(measured)} queries with a positive grade have no grade of "
            f"{least} or more: {MAIN} counts them, {reciprocal} and {recall} do not"
        )
    graded = len(judgments.with_grade(2))
    if least == 1 and graded:
        yield (
            f"only {graded} of {len(measured)} queries have a grade above 1, so documents are "
            "relevant from grade 1"
        )
