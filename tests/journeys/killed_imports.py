"""Kill imports at steps that change the disk, and after some milliseconds.

    python -m tests.journeys.killed_imports PAPERS TARGETS EVERY

Of the steps of an import, one in EVERY is a kill, of imports with one worker and with two in turn.
Every import goes to shelves of its own, TARGETS/NAME, and is ended by SIGKILL; its workers end with
it. Printed is how many documents each had stored, as JSON.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from indexer.imports.store import ShelfStore
from tests.imports.places import bring_in, place
from tests.journeys.kills import after, at_step, killed

STEPS = ("fsync", "rename", "mkdir", "replace")
MOST_STEPS = 400
DELAYS = (200, 500, 800, 1000, 1200, 1500)  # ms; a whole import takes some 2000


def main(papers: Path, targets: Path, every: int) -> None:
    """Kill an import at every `every`th step until one ends before its step; then after delays."""
    stored: dict[str, int] = {}
    for step in range(1, MOST_STEPS, every):
        home = targets / f"step-{step}"
        arm = partial(at_step, step, STEPS)
        if not _killed(papers, home, arm, processes=1 + len(stored) % 2):
            break
        stored[home.name] = len(ShelfStore(home / "shelves").documents())
    for delay in DELAYS:
        home = targets / f"delay-{delay}"
        _killed(papers, home, partial(after, delay / 1000), processes=2)
        stored[home.name] = len(ShelfStore(home / "shelves").documents())
    sys.stdout.write(json.dumps(stored))


def _killed(papers: Path, home: Path, arm: Callable[[], None], processes: int) -> bool:
    home.mkdir(parents=True)
    at = place(home)
    return killed(arm, lambda: bring_in(at, papers, processes=processes))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
