"""The results page: documents in rank order, each with its best record and a few others."""

from collections.abc import Iterable

from kb.domain.base import Noun
from kb.domain.results import Hit, Results


class Work(Noun):
    """A document among the results: its best hit, the others shown with it, and how many remain."""

    best: Hit
    others: tuple[Hit, ...]
    more: int


def works(answer: Results) -> list[Work]:
    """Return the documents of a page of grouped results, in rank order."""
    by_id = {hit.id: hit for hit in answer.hits}
    found = []
    for one in answer.groups:
        best, *others = (by_id[id] for id in one.hits)
        found.append(Work.model_construct(best=best, others=tuple(others), more=one.more))
    return found


def alone(hits: Iterable[Hit]) -> list[Work]:
    """Return each hit as a result of its own, as in a list of all that matches the filters."""
    return [Work.model_construct(best=hit, others=(), more=0) for hit in hits]
