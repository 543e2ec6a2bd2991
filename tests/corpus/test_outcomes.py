"""An outcome is dated by the event from which its status has held."""

from collections.abc import Sequence

import pytest

from indexer.corpus.outcomes import with_own_outcomes
from kb.domain.campaigns import Decision
from kb.domain.records import Demand
from tests.builders import make_demand, make_document, make_event


@pytest.mark.parametrize(
    ("statuses", "event"),
    [
        (["pending", "won", "won"], 1),
        (["won", "reversed", "won", "won"], 2),
        (["lost"], 0),
        (["pending", "pending"], 1),
    ],
)
def test_an_outcome_is_dated_by_the_event_since_which_it_holds(
    statuses: Sequence[str], event: int
) -> None:
    """An event that repeats a status gives neither date nor text, unless it is pending."""
    events = [
        make_event(f"e{place}", date=f"202{place}", text=f"Event {place}.",
                   decides=(Decision(demand="freeze-rents", status=status),))
        for place, status in enumerate(statuses)
    ]  # fmt: skip
    document = make_document(records=[make_demand()], events=tuple(events))

    record = with_own_outcomes(document).records[0]

    assert isinstance(record, Demand)
    assert record.outcome
    assert (record.outcome.status, record.outcome.date) == (statuses[-1], f"202{event}")
    assert record.outcome.text == f"Event {event}."
    assert len(record.outcome.events) == len(statuses)
