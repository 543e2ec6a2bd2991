"""Measure one system in its own process: build, one query to warm up, then every query.

`benchmarks.peers` starts it as `python -m benchmarks.trial TASK.json`. The result is written to a
file, because libraries print to standard output.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.machine import memory_mb
from benchmarks.quiet import MAX_OTHER_CORES, Others, wait_for_quiet
from benchmarks.systems import ENCODING, SYSTEMS, Place, make
from benchmarks.work import Text, read_work

WARM_UP_QUERY = "what did other movements ask for"
ENCODED_QUERIES = 200  # encoded again, separately, to measure the share of encoding
WINDOW_S = 0.5  # of queries whose times count or not as a group
MAX_WAIT_S = 120.0  # for other programs, in total

# No network requests, no telemetry.
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Task(NamedTuple):
    """A system to measure, and the paths of its files."""

    system: str
    work: str
    home: str
    answer: str
    vectors: str | None
    depth: int
    only_build: bool = False
    last: bool = True  # whether to continue after a disturbed build


class Trial(NamedTuple):
    """Measurements of a system."""

    build_s: float
    peak_mb: float
    resident_mb: float
    search_ms: list[float]
    encode_ms: list[float]
    rankings: dict[str, list[tuple[str, float]]]
    others_build: float  # cores that other processes used meanwhile
    quiet: int = 0  # queries timed while others were quiet; if 0, all times are shown


def run(task: Task) -> Trial:
    """Build the index of a system, then time every query; rankings keep the system's order.

    Nothing is searched if only the build was requested, or if other programs disturbed the build
    and it can be attempted again.
    """
    work = read_work(Path(task.work))
    about = SYSTEMS.get(task.system, ENCODING)
    vectors = np.load(task.vectors) if task.vectors else None
    others, started = Others(), time.perf_counter()
    system = make(about, Place(work, Path(task.home), vectors))
    system.build()
    built, building = time.perf_counter() - started, others.cores()
    if task.only_build or (building > MAX_OTHER_CORES and not task.last):
        return Trial(built, memory_mb(peak=True), memory_mb(), [], [], {}, building)
    system.search(WARM_UP_QUERY, task.depth)
    rankings = {}

    def search(query: Text) -> None:
        rankings[query.id] = system.search(query.text, task.depth)

    searching = timed(search, work.queries)
    resident = memory_mb()
    encodes = system.encode(WARM_UP_QUERY) is not None
    encoding = timed(lambda query: system.encode(query.text), work.queries[:ENCODED_QUERIES])
    return Trial(
        build_s=built,
        peak_mb=memory_mb(peak=True),
        resident_mb=resident,
        search_ms=searching.quiet or searching.disturbed,
        encode_ms=(encoding.quiet or encoding.disturbed) if encodes else [],
        rankings=rankings,
        others_build=building,
        quiet=len(searching.quiet),
    )


class Times(NamedTuple):
    """Times in milliseconds, grouped by whether other programs were quiet."""

    quiet: list[float]
    disturbed: list[float]


def timed(ask: Callable[[Text], object], queries: Sequence[Text]) -> Times:
    """Time every query once, in groups of about WINDOW_S seconds.

    After a group that other programs disturbed, wait until they are quiet.
    """
    found, patience = Times([], []), MAX_WAIT_S
    window: list[float] = []
    others = Others()
    for number, query in enumerate(queries, start=1):
        started = time.perf_counter()
        ask(query)
        window.append((time.perf_counter() - started) * 1000)
        if others.seconds < WINDOW_S and number < len(queries):
            continue
        disturbed = others.cores() > MAX_OTHER_CORES
        (found.disturbed if disturbed else found.quiet).extend(window)
        if disturbed:
            patience -= wait_for_quiet(patience)
        window, others = [], Others()
    return found


def main() -> None:
    """Run the trial that a task file describes, and write its result."""
    os.environ.update(QUIET)
    task = Task(*json.loads(Path(sys.argv[1]).read_text("utf-8")))
    Path(task.answer).write_text(json.dumps(run(task)), "utf-8")


if __name__ == "__main__":
    main()
