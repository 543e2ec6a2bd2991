"""The measures, computed by ir-measures, with intervals and a paired test."""

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, Judged, R, nDCG

from kb.domain.noun import Noun
from kb.evaluation.judgments import Judgments, Run, Topic

DEPTH = 100  # ranks that are looked at
MAIN = str(nDCG @ 10)  # what modes are compared by, and what queries are called worst by

SAMPLES = 10_000  # of the bootstrap and of the permutation test: p and ends stand to about 0.01
SEED = 20_160_801  # any number, always the same, so that a table can be made again
BATCH_CELLS = 4_000_000  # random numbers at once: 32 MB
LEVEL = 95  # percent of the intervals
ROUNDING = 1e-12  # two means that differ by less are one mean

Values = npt.NDArray[np.float64]


class Interval(Noun):
    """A mean over queries with the ends of its 95 % interval."""

    mean: float
    low: float
    high: float


def measures(relevant_from: int) -> tuple[ir_measures.Measure, ...]:
    """nDCG@10, RR@10, R@100 and Judged@10; RR and R count documents from that grade on.

    Sources: Järvelin and Kekäläinen, TOIS 20 (2002) for nDCG, gains are the grades; Kantor and
    Voorhees, Information Retrieval 2 (2000) for RR; R and Judged as in TREC.

    >>> [str(measure) for measure in measures(2)]
    ['nDCG@10', 'RR(rel=2)@10', 'R(rel=2)@100', 'Judged@10']
    """
    if relevant_from == 1:
        return nDCG @ 10, RR @ 10, R @ DEPTH, Judged @ 10
    return nDCG @ 10, RR(rel=relevant_from) @ 10, R(rel=relevant_from) @ DEPTH, Judged @ 10


def per_query(judgments: Judgments, topics: Sequence[Topic], run: Run) -> dict[str, Values]:
    """The value of each measure for each of the topics, in their order; no ranking counts 0.

    Scores are replaced by ranks, so that no library breaks ties in another order.
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
    if ranked:  # the libraries take no empty run
        for metric in ir_measures.iter_calc(chosen, judged, ranked):
            found[str(metric.measure)][place[metric.query_id]] = metric.value
    return found


def interval(values: Values) -> Interval:
    """The mean of n > 0 values with its interval: percentiles of the bootstrap over queries.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    random = np.random.default_rng(SEED)
    size = len(values)
    means = np.concatenate(
        [values[random.integers(size, size=(rows, size))].mean(axis=1) for rows in _batches(size)]
    )
    low, high = np.percentile(means, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return Interval(mean=float(values.mean()), low=float(low), high=float(high))


def paired_test(one: Values, other: Values) -> float:
    """The two-sided p of the paired randomization test on the mean difference of n > 0 queries.

    Signs of the differences are drawn at random; the drawing that was seen counts as one more,
    so that p is never 0.

    Source: Smucker, Allan and Carterette, A Comparison of Statistical Significance Tests for
    Information Retrieval Evaluation, CIKM 2007.
    """
    random = np.random.default_rng(SEED)
    differences = one - other
    seen = abs(differences.mean()) - ROUNDING
    as_far = 0
    for rows in _batches(len(differences)):
        signs = random.integers(2, size=(rows, len(differences)), dtype=np.int8) * 2 - 1
        as_far += int((np.abs(signs @ differences) / len(differences) >= seen).sum())
    return (as_far + 1) / (SAMPLES + 1)


def _batches(size: int) -> list[int]:
    """Rows of each batch of samples."""
    rows = max(1, min(SAMPLES, BATCH_CELLS // max(1, size)))
    return [rows] * (SAMPLES // rows) + ([SAMPLES % rows] if SAMPLES % rows else [])


def means(values: Mapping[str, Values]) -> dict[str, Interval]:
    """The mean and interval of each measure; none where there is no query."""
    return {name: interval(found) for name, found in values.items() if len(found)}
