"""Workers: processes that can be killed, so that no file can take the time and memory of others."""

import json
import os
import queue
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from indexer.imports.job import Job, Made
from kb.errors import CorpusError, KbError, Problem, UnreadableError

SECONDS = 600  # for one file; 5,000 pages take about one minute
MEGABYTES = 1536  # for one worker and, apart from it, each program that it starts
JOBS = 200  # after which a worker is replaced: libraries leak


class KilledError(UnreadableError):
    """The worker that read a file died, or was killed for what it took."""


class Limits(NamedTuple):
    """What one file may take."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES


class Worker:
    """One process, started when it is needed and again when it was killed."""

    def __init__(self, limits: Limits, scratch: Path) -> None:
        self._limits, self._scratch = limits, scratch
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self.closed = False

    def run(self, job: Job) -> Made:
        """What it made; UnreadableError or CorpusError where it made nothing."""
        answer = self._ask(job)
        if answer is None or "memory" in answer:
            self.stop()
            if (
                self._done and not self.closed
            ):  # others may have left memory taken: once more, alone
                self._done = 0
                return self.run(job)
            raise KilledError(
                job.asked.name,
                f"reading it ended the program, or took more than {self._limits.megabytes} MB",
                "a file that is whole. Next: open it in its own program and save it as PDF",
            )
        if "fault" in answer:
            raise KilledError(
                job.asked.name,
                f"this program has a fault that it meets ({answer['fault']})",
                "a file that it can read. Next: tell the makers, with the file if you may",
            )
        self._done += 1
        if self._done >= JOBS:
            self.stop()
        if "unreadable" in answer:
            raise UnreadableError(*answer["unreadable"])
        if "told" in answer:
            raise CorpusError([Problem(*problem) for problem in answer["told"]])
        return Made.model_validate(answer["made"])

    def _ask(self, job: Job) -> dict[str, Any] | None:
        """The answer; None where the process ended without one."""
        process = self._running()
        assert process.stdin  # noqa: S101 - pipes were asked for
        assert process.stdout  # noqa: S101
        try:
            process.stdin.write(job.model_dump_json().encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            return None
        ready, _, _ = select.select([process.stdout], [], [], self._limits.seconds)
        if not ready:
            self.stop()
            raise KilledError(
                job.asked.name,
                f"reading it took more than {self._limits.seconds:g} seconds",
                "a smaller file. Next: split it, and import the parts",
            )
        line = process.stdout.readline()
        answer: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._done = 0
            self._scratch.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, "-m", "indexer.imports.worker", str(self._limits.megabytes)]
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"TMPDIR": str(self._scratch), "OMP_NUM_THREADS": "1"},
                start_new_session=True,  # its children end with it
            )
        return self._process

    def stop(self) -> None:
        """End the process and everything that it started."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


class Pool:
    """So many workers."""

    def __init__(self, processes: int, scratch: Path, limits: Limits) -> None:
        self._workers = [Worker(limits, scratch / f"worker-{one}") for one in range(processes)]

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Made | KbError]]:
        """Each job with what came of it, as they are done."""
        free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._workers:
            free.put(worker)
        with ThreadPoolExecutor(len(self._workers)) as threads:
            try:
                waiting = {threads.submit(_with_one, free, job): job for job in jobs}
                for done in as_completed(waiting):
                    yield waiting[done], done.result()
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
                for worker in self._workers:
                    worker.closed = True  # what was cut off is not tried again
                    worker.stop()


def _with_one(free: "queue.SimpleQueue[Worker]", job: Job) -> Made | KbError:
    worker: Worker = free.get()
    try:
        return worker.run(job)
    except (UnreadableError, CorpusError) as error:
        return error
    finally:
        free.put(worker)
