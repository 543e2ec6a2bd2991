"""A program that kills builds: at each step that changes the disk, and after some milliseconds.

    python -m tests.journeys.killed_builds CORPUS BASE TARGETS

Every build starts from a copy of the index BASE, as TARGETS/NAME, and is ended by SIGKILL. Children
are forked before any thread is started, so one start of Python serves them all.
"""

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.builders import make_index
from tests.fakes import HashEncoder

STEPS = ("fsync", "rename", "replace", "mkdir", "rmdir", "unlink")
MOST_STEPS = 200
DELAYS = (2, 5, 10, 15, 20, 25, 30, 40, 50, 60)  # ms; a whole build takes some 60


def main(corpus: Path, base: Path, targets: Path) -> None:
    """Kill at step 1, 2, ... until a build ends before its step; then after each delay."""
    for step in range(1, MOST_STEPS):
        if not _killed(corpus, base, targets / f"step-{step}", lambda: _at_step(step)):  # noqa: B023 - called at once
            break
    for delay in DELAYS:
        _killed(corpus, base, targets / f"delay-{delay}", lambda: _after(delay / 1000))  # noqa: B023


def _killed(corpus: Path, base: Path, target: Path, arm: Callable[[], None]) -> bool:
    shutil.copytree(base, target)
    child = os.fork()
    if child == 0:
        arm()
        make_index(target, corpus, HashEncoder())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _at_step(last: int) -> None:
    left = last

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def before(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                _die()
            return call(*given, **named)

        return before

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))


def _after(seconds: float) -> None:
    def wait() -> None:
        time.sleep(seconds)
        _die()

    threading.Thread(target=wait, daemon=True).start()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
