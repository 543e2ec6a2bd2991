"""The tables of relevance list every measure that became worse."""

from pathlib import Path

import pytest

from benchmarks.machine import machine
from benchmarks.relevance_tables import former
from benchmarks.results import Relevance
from kb.evaluation.collect import evaluate
from kb.evaluation.experiments import Found, Measured, Options
from kb.evaluation.judgments import Run, Scored, read_judgments
from tests.evaluation.builders import make_collection

QUERIES = [
    {"_id": "q1", "text": "rent", "kind": "demand"},
    {"_id": "q2", "text": "jail", "kind": "outcome"},
]
QRELS = [("q1", "a", 3), ("q2", "b", 3)]


def run(tag: str, **rankings: str) -> Run:
    """Return a run whose document ids are single letters."""
    ranked = {query: tuple(Scored(one, 1.0) for one in ids) for query, ids in rankings.items()}
    return Run(tag, ranked)


def compared(folder: Path, today: Run, other: Run) -> Relevance:
    """Return the stored comparison of two runs over our own index."""
    options = Options(make_collection(folder, None, QUERIES, QRELS))
    judgments = read_judgments(options.folder)
    return Relevance(
        name="relevance",
        passages=2,
        open_s=0.0,
        search_s=0.0,
        others_cores=0.0,
        machine=machine(()),
        report=evaluate(judgments, options, Found((Measured(today),), {}), other),
    )


@pytest.mark.parametrize(
    ("q1", "q2", "listed"),
    [
        ("a", "xb", ["relevance, outcome, nDCG@10: -0.369, 1 query"]),
        ("a", "b", ["nothing"]),
    ],
)
def test_every_loss_is_listed(tmp_path: Path, q1: str, q2: str, listed: list[str]) -> None:
    """A kind that lost is listed even if the mean of all queries rose; without a loss none is."""
    today, other = run("hybrid", q1=q1, q2=q2), run("former", q1="", q2="b")

    lines = former([compared(tmp_path, today, other)]).splitlines()

    assert "| relevance | nDCG@10 | 2 | 0.500 |" in "\n".join(lines)
    found = [line[2:] for line in lines if line.startswith("- ") and "documents" not in line]
    assert [line for line in found if "RR" not in line] == listed
