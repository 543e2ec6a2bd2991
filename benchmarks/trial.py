"""One system in a process of its own: build, one question to warm up, then every question.

`python -m benchmarks.trial TASK.json`, started by `benchmarks.peers`; the answer goes to a file,
for libraries print what they like.
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
from benchmarks.quiet import MOST_CORES, Others, wait_for_quiet
from benchmarks.systems import ENCODING, SYSTEMS, Place, make
from benchmarks.work import Text, read_work

WARM = "what did other movements ask for"
ENCODED = 200  # questions that are encoded once more, alone, to know what of a search that takes
WINDOW_S = 0.5  # of questions that count or do not count together
PATIENCE_S = 120.0  # spent waiting for others in all

# Nothing is asked of a network, and nothing is reported over it.
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Task(NamedTuple):
    """What to try, and where the files lie."""

    system: str
    work: str
    home: str
    answer: str
    vectors: str | None
    depth: int
    only_build: bool = False
    last: bool = True  # whether to go on after a disturbed build


class Trial(NamedTuple):
    """What was measured."""

    build_s: float
    peak_mb: float
    resident_mb: float
    search_ms: list[float]
    encode_ms: list[float]
    rankings: dict[str, list[tuple[str, float]]]
    others_build: float  # cores that other processes used meanwhile
    quiet: int = 0  # questions whose times count, for others were quiet; 0: all times are shown


def run(task: Task) -> Trial:
    """Build and ask; the rankings are kept in the order of the system."""
    work = read_work(Path(task.work))
    about = SYSTEMS.get(task.system, ENCODING)
    vectors = np.load(task.vectors) if task.vectors else None
    others, started = Others(), time.perf_counter()
    system = make(about, Place(work, Path(task.home), vectors))
    system.build()
    built, building = time.perf_counter() - started, others.cores()
    if task.only_build or (building > MOST_CORES and not task.last):
        return Trial(built, memory_mb(peak=True), memory_mb(), [], [], {}, building)
    system.search(WARM, task.depth)
    rankings = {}

    def search(query: Text) -> None:
        rankings[query.id] = system.search(query.text, task.depth)

    searching = timed(search, work.queries)
    resident = memory_mb()
    encodes = system.encode(WARM) is not None
    encoding = timed(lambda query: system.encode(query.text), work.queries[:ENCODED])
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
    """Milliseconds, apart by whether others were quiet meanwhile."""

    quiet: list[float]
    disturbed: list[float]


def timed(ask: Callable[[Text], object], queries: Sequence[Text]) -> Times:
    """Every question once; after a disturbed window of time it waits for the others to end."""
    found, patience = Times([], []), PATIENCE_S
    window: list[float] = []
    others = Others()
    for number, query in enumerate(queries, start=1):
        started = time.perf_counter()
        ask(query)
        window.append((time.perf_counter() - started) * 1000)
        if others.seconds < WINDOW_S and number < len(queries):
            continue
        disturbed = others.cores() > MOST_CORES
        (found.disturbed if disturbed else found.quiet).extend(window)
        if disturbed:
            patience -= wait_for_quiet(patience)
        window, others = [], Others()
    return found


def main() -> None:
    """Read the task, write the answer."""
    os.environ.update(QUIET)
    task = Task(*json.loads(Path(sys.argv[1]).read_text("utf-8")))
    Path(task.answer).write_text(json.dumps(run(task)), "utf-8")


if __name__ == "__main__":
    main()
