"""Ranking measures from ir-measures, with confidence intervals and a paired test."""

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, Judged, R, nDCG

from kb.domain.base import Noun
from kb.evaluation.judgments import Judgments, Run, Topic

DEPTH = 100  # ranks that are evaluated
MAIN = str(nDCG @ 10)  # measure of comparisons and of the worst queries

SAMPLES = 10_000  # of the bootstrap and the randomization test; results are exact to about 0.01
SEED = 20_160_801  # arbitrary but fixed, so that tables are reproducible
BATCH_CELLS = 4_000_000  # random numbers per batch: 32 MB
LEVEL = 95  # confidence level of the intervals, in percent
ROUNDING = 1e-12  # smaller differences of means are rounding errors
UNDEFINED = np.nan  # the value of a measure for a query without relevant documents

Values = npt.NDArray[np.float64]


class Interval(Noun):
    """A mean over queries with its 95% confidence interval."""

    mean: float
    low: float
    high: float


def measures(relevant_from: int) -> tuple[ir_measures.Measure, ...]:
    """Return nDCG@10, RR@10, R@100 and Judged@10.

    For RR and R, documents are relevant from grade `relevant_from`.

    Sources: Järvelin and Kekäläinen, TOIS 20 (2002) for nDCG with grades as gains; Kantor and
    Voorhees, Information Retrieval 2 (2000) for RR; R and Judged as in TREC.

    >>> [str(measure) for measure in measures(2)]
    ['nDCG@10', 'RR(rel=2)@10', 'R(rel=2)@100', 'Judged@10']
    """
    if relevant_from == 1:
        return nDCG @ 10, RR @ 10, R @ DEPTH, Judged @ 10
    return nDCG @ 10, RR(rel=relevant_from) @ 10, R(rel=relevant_from) @ DEPTH, Judged @ 10


def per_query(judgments: Judgments, topics: Sequence[Topic], run: Run) -> dict[str, Values]:
    """Return the value of each measure for each topic, in order; 0 if a topic has no ranking.

    RR and R are UNDEFINED for a topic without a relevant document.
    Scores are replaced by ranks, so that all libraries break ties in the same way.
    """
    place = {topic.query_id: index for index, topic in enumerate(topics)}
    judged = [ir_measures.Qrel(*qrel) for qrel in judgments.qrels if qrel.query_id in place]
    ranked = [
        ir_measures.ScoredDoc(query, one.doc_id, float(-rank))
        for query, ranking in run.rankings.items()
        if query in place
        for rank, one in enumerate(ranking, start=1)
    ]
    chosen = measures(judgments.relevant_from)
    found = {str(measure): np.zeros(len(topics)) for measure in chosen}
    if ranked:  # the libraries reject empty runs
        for metric in ir_measures.iter_calc(chosen, judged, ranked):
            found[str(metric.measure)][place[metric.query_id]] = metric.value
    findable = {topic.query_id for topic in judgments.answerable()}
    unfindable = [topic.query_id not in findable for topic in topics]
    _, reciprocal, recall, _ = chosen
    for measure in (reciprocal, recall):
        found[str(measure)][unfindable] = UNDEFINED
    return found


def interval(values: Values) -> Interval:
    """Return the mean of the defined values with its bootstrap percentile interval.

    At least one value must not be UNDEFINED.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    random = np.random.default_rng(SEED)
    values = values[defined(values)]
    size = len(values)
    means = np.concatenate(
        [values[random.integers(size, size=(rows, size))].mean(axis=1) for rows in _batches(size)]
    )
    low, high = np.percentile(means, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return Interval(mean=float(values.mean()), low=float(low), high=float(high))


def paired_test(one: Values, other: Values) -> float:
    """Return the two-sided p-value of the paired randomization test.

    Pairs with an UNDEFINED value are left out; at least one must remain.
    The signs of the differences are drawn at random. The observed signs count as one more sample,
    so that p is never 0.

    Source: Smucker, Allan and Carterette, A Comparison of Statistical Significance Tests for
    Information Retrieval Evaluation, CIKM 2007.
    """
    random = np.random.default_rng(SEED)
    differences = one - other
    differences = differences[defined(differences)]
    observed = abs(differences.mean()) - ROUNDING
    extreme = 0
    for rows in _batches(len(differences)):
        signs = random.integers(2, size=(rows, len(differences)), dtype=np.int8) * 2 - 1
        extreme += int((np.abs(signs @ differences) / len(differences) >= observed).sum())
    return (extreme + 1) / (SAMPLES + 1)


def _batches(size: int) -> list[int]:
    """Return the number of samples in each batch, given the number of values in one sample."""
    rows = max(1, min(SAMPLES, BATCH_CELLS // max(1, size)))
    return [rows] * (SAMPLES // rows) + ([SAMPLES % rows] if SAMPLES % rows else [])


def means(values: Mapping[str, Values]) -> dict[str, Interval]:
    """Return the mean and interval of each measure, omitting measures that are never defined."""
    return {name: interval(found) for name, found in values.items() if defined(found).any()}


def defined(values: Values) -> npt.NDArray[np.bool_]:
    """Return a mask that is True for each value other than UNDEFINED."""
    found: npt.NDArray[np.bool_] = ~np.isnan(values)
    return found
