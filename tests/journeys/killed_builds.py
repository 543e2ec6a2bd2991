"""Kill builds at each step that changes the disk, and after some milliseconds.

    python -m tests.journeys.killed_builds CORPUS BASE TARGETS

Every build starts from a copy of the index BASE, as TARGETS/NAME, and is killed by SIGKILL.
Children are forked before any thread is started, so one start of Python serves them all.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from indexer.steps.version import builder_version
from tests.builders import make_index
from tests.fakes import HashEncoder
from tests.journeys.kills import after, at_step, killed

STEPS = ("fsync", "rename", "replace", "mkdir", "rmdir", "unlink")
MOST_STEPS = 200
DELAYS = (2, 5, 10, 15, 20, 25, 30, 40, 50, 60)  # ms; a whole build takes some 60


def main(corpus: Path, base: Path, targets: Path) -> None:
    """Kill builds at step 1, 2, ... until one ends before its step; then one after each delay."""
    builder_version()  # computed once, before the children that are killed
    for step in range(1, MOST_STEPS):
        if not _killed(corpus, base, targets / f"step-{step}", lambda: at_step(step, STEPS)):  # noqa: B023 - called at once
            break
    for delay in DELAYS:
        _killed(corpus, base, targets / f"delay-{delay}", lambda: after(delay / 1000))  # noqa: B023


def _killed(corpus: Path, base: Path, target: Path, arm: Callable[[], None]) -> bool:
    shutil.copytree(base, target)
    return killed(arm, lambda: make_index(target, corpus, HashEncoder()))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
