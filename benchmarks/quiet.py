"""Measure how much processor time other programs use during a measurement.

On a small machine, another process can make one system forty times slower and hardly affect the
next, because PyTorch's threads busy-wait. So times count only if other programs were quiet while
they were taken. The processor use of those programs decides this, never the measured times.
"""

import os
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
IDLE = (3, 4)  # columns of /proc/stat: idle, and waiting for a disk
USED = slice(11, 13)  # columns of a process's own stat after its name: user and system
GUEST = 8  # columns from here on are counted in the first ones already
MAX_OTHER_CORES = 0.1  # cores used by others, summed; above this, a measurement counts as disturbed
SLACK_S = 0.03  # three ticks of the kernel's clock: shorter times are indistinguishable from zero
SAMPLE_S = 2.0
WAIT_S = 120.0  # for other programs to end before a measurement begins anyway


class Others:
    """Counter of the cores in use by processes other than this one and its finished children."""

    def __init__(self) -> None:
        self._started, self._all, self._own = time.perf_counter(), _all(), _own()

    @property
    def seconds(self) -> float:
        """Seconds since this object was made."""
        return time.perf_counter() - self._started

    def cores(self, known_s: float = 0.0) -> float:
        """Return the mean number of cores in use since this object was made.

        `known_s` seconds of processor time, used by processes that are known, are not counted.
        """
        used = (_all() - self._all) - (_own() - self._own) - known_s - SLACK_S
        return round(max(0.0, used / max(self.seconds, SLACK_S)), 3)


def wait_for_quiet(most_s: float = WAIT_S) -> float:
    """Wait until other programs are quiet, at most `most_s` seconds; return the seconds waited."""
    started = time.perf_counter()
    while (passed := time.perf_counter() - started) < most_s:
        others = Others()
        time.sleep(SAMPLE_S)
        if others.cores() <= MAX_OTHER_CORES:
            break
    return passed


def _all() -> float:
    """Return the processor seconds, summed over all cores, that were used or stolen by the host."""
    first = Path("/proc/stat").read_text("utf-8").splitlines()[0].split()[1:]
    return sum(int(one) for i, one in enumerate(first[:GUEST]) if i not in IDLE) / TICKS


def used_s(pid: int) -> float:
    """Return the processor seconds that a process has used; 0 if it has ended."""
    try:
        text = (Path("/proc") / str(pid) / "stat").read_text("utf-8")
    except OSError:
        return 0.0
    columns = text.rpartition(")")[2].split()  # the process name may contain spaces
    return sum(int(one) for one in columns[USED]) / TICKS


def _own() -> float:
    found = os.times()
    return found.user + found.system + found.children_user + found.children_system
