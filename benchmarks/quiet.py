"""Whether anything else was running while something was measured.

On a small machine a neighbour's process makes a question forty times slower in one system and
hardly touches the next: PyTorch's threads wait for each other actively. A figure that was taken
then says nothing. So what others used is measured too: times count that were taken while all else
was quiet, and which ones do is decided by what others used alone, never by the times themselves.
"""

import os
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
IDLE = (3, 4)  # columns of /proc/stat: idle, and waiting for a disk
USED = slice(11, 13)  # columns of a process's own stat after its name: user and system
GUEST = 8  # columns from here on are counted in the first ones already
MOST_CORES = 0.1  # of all cores together, above which what is measured counts as disturbed
SLACK_S = 0.03  # three ticks of the kernel's clock: shorter times cannot be told from none
SAMPLE_S = 2.0
WAIT_S = 120.0  # for the others to end, before what is to be measured begins anyway


class Others:
    """How many cores everything but this process and its ended children used since it was made."""

    def __init__(self) -> None:
        self._started, self._all, self._own = time.perf_counter(), _all(), _own()

    @property
    def seconds(self) -> float:
        """How long ago that was."""
        return time.perf_counter() - self._started

    def cores(self, known_s: float = 0.0) -> float:
        """The mean since then, less the seconds of processes that are known."""
        used = (_all() - self._all) - (_own() - self._own) - known_s - SLACK_S
        return round(max(0.0, used / max(self.seconds, SLACK_S)), 3)


def wait_for_quiet(most_s: float = WAIT_S) -> float:
    """Wait until others use little, at most so long; returns how long that took."""
    started = time.perf_counter()
    while (passed := time.perf_counter() - started) < most_s:
        others = Others()
        time.sleep(SAMPLE_S)
        if others.cores() <= MOST_CORES:
            break
    return passed


def _all() -> float:
    """Seconds that all cores together were busy, or were withheld by the host."""
    first = Path("/proc/stat").read_text("utf-8").splitlines()[0].split()[1:]
    return sum(int(one) for i, one in enumerate(first[:GUEST]) if i not in IDLE) / TICKS


def used_s(pid: int) -> float:
    """Seconds of processor that a process used so far; 0 for one that has ended."""
    try:
        text = (Path("/proc") / str(pid) / "stat").read_text("utf-8")
    except OSError:
        return 0.0
    columns = text.rpartition(")")[2].split()  # the name before may hold blanks
    return sum(int(one) for one in columns[USED]) / TICKS


def _own() -> float:
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system
