"""Summarize times as percentiles."""

from collections.abc import Sequence

import numpy as np

from kb.domain.base import Noun


class Latency(Noun):
    """Percentiles of times, in milliseconds."""

    p50: float
    p95: float
    p99: float


def latency(milliseconds: Sequence[float]) -> Latency:
    """Return the percentiles of at least one time, rounded to a microsecond.

    >>> latency([1.0, 2.0, 3.0]).p50
    2.0
    """
    p50, p95, p99 = np.percentile(milliseconds, [50, 95, 99]).round(3).tolist()
    return Latency(p50=p50, p95=p95, p99=p99)
