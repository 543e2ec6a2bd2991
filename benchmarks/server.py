"""Start our server as a user does, in separate processes, on this machine only."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.machine import ROOT, memory_mb
from benchmarks.quiet import used_s
from kb.settings import Settings

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
START_LINES = 20  # at most, printed before the address
STOP_S = 20
PROGRAM = "import sys; from kb.cli import main; sys.exit(main())"


class Server(NamedTuple):
    """A running server."""

    process: "subprocess.Popen[str]"
    port: int

    def memory_mb(self) -> float:
        """Return the resident memory of all its processes; shared pages count in each."""
        return sum(memory_mb(pid) for pid in _family(self.process.pid))

    def used_s(self) -> float:
        """Return the processor seconds that all its processes have used."""
        return sum(used_s(pid) for pid in _family(self.process.pid))


@contextmanager
def serving(settings: Settings, workers: int) -> Iterator[Server]:
    """Run a server on a free port until the context ends.

    Raise RuntimeError if the server does not print its address.
    """
    command = [
        sys.executable, "-u", "-c", PROGRAM, "serve", "--port", "0", "--workers", str(workers),
        "--index", str(settings.index), "--corpus", str(settings.corpus),
    ]  # fmt: skip
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Server(process, _port(process))
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _port(process: "subprocess.Popen[str]") -> int:
    if process.stdout:
        for _ in range(START_LINES):
            found = ADDRESS.search(process.stdout.readline())
            if found:
                return int(found[1])
    raise RuntimeError("the server did not print its address")


def _family(pid: int) -> Iterator[int]:
    """Yield the id of a process and of all its descendants."""
    yield pid
    for path in Path("/proc", str(pid), "task").glob("*/children"):
        try:
            children = path.read_text("utf-8").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))
