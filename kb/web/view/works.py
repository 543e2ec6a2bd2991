"""The results page: documents in rank order, each with its best record and a few others."""

from collections.abc import Iterable

from kb.domain.base import Noun
from kb.domain.campaigns import Outcome
from kb.domain.passages import Entry
from kb.domain.results import Hit, Results
from kb.index.contract import Reader
from kb.search.case_files import first_outcome


class Work(Noun):
    """A document in the results: its best hit, other hits shown, and the number not shown."""

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


def own_first(found: Iterable[Work]) -> list[Work]:
    """Return a page of results with the reader's own documents first, otherwise in rank order."""
    return sorted(found, key=lambda work: work.best.document.shelf is None)


def outcomes_told(shown: Iterable[Entry], reader: Reader) -> dict[str, Outcome]:
    """Return outcomes to show with case file summaries, by document id.

    It is the outcome of the first demand in the case file that has one, even if it is pending.
    """
    found: dict[str, Outcome] = {}
    for entry in shown:
        if entry.kind == "summary" and entry.document.kind == "outcome":
            document = reader.document(entry.document_id)
            outcome = first_outcome(document) if document else None
            if outcome:
                found[entry.document_id] = outcome
    return found


def alone(hits: Iterable[Hit]) -> list[Work]:
    """Return each hit as a separate result, for lists without a query."""
    return [Work.model_construct(best=hit, others=(), more=0) for hit in hits]
