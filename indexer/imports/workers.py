"""Read files in separate processes with resource limits, so that no file affects the others.

`python -m indexer.imports.workers MEGABYTES` runs a worker: it reads one job per line from
standard input and writes one result per line. Output from libraries is discarded.
"""

import ctypes
import json
import os
import queue
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from indexer.imports.job import ExtractionResult, Job, run_job
from kb.errors import (
    FULL_DISK,
    CorpusError,
    KbError,
    Problem,
    StorageError,
    UnreadableError,
    storage_error,
)

MAX_SECONDS = 600  # for one file; 5,000 pages take about one minute
MAX_MEGABYTES = 1536  # for one worker and, separately, for each program that it starts
MAX_JOBS = 200  # after which a worker is replaced, because libraries leak memory
MAX_FAULT_CHARACTERS = 300  # of the message of an unexpected exception
_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>: send a signal to this process when its parent dies


class KilledError(UnreadableError):
    """Error for a file whose worker crashed, exceeded a limit or had an internal error."""


class Limits(NamedTuple):
    """Limits for reading one file."""

    seconds: float = MAX_SECONDS
    megabytes: int = MAX_MEGABYTES


class Worker:
    """A worker process, started on demand and restarted after it was killed."""

    def __init__(self, limits: Limits, scratch: Path) -> None:
        self._limits, self._scratch = limits, scratch
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self.closed = False

    def run(self, job: Job) -> ExtractionResult:
        """Run a job. Raise UnreadableError, CorpusError or, if the disk is full, StorageError."""
        answer = self._ask(job)
        if answer is None or "memory" in answer:
            return self._retry(job)
        if "fault" in answer:
            raise KilledError(
                job.info.name,
                f"an internal error occurred ({answer['fault']})",
                "a file that can be read. Next: report it, with the file if you may share it",
            )
        self._done += 1
        if self._done >= MAX_JOBS:
            self.stop()
        return _result(answer)

    def _retry(self, job: Job) -> ExtractionResult:
        """Retry a file in a new process, because earlier files may have left memory in use."""
        self.stop()
        if self._done and not self.closed:
            self._done = 0
            return self.run(job)
        raise KilledError(
            job.info.name,
            f"reading it crashed, or took more than {self._limits.megabytes} MB of memory",
            "an intact file. Next: open it in the program that made it, and save it as PDF",
        )

    def _ask(self, job: Job) -> dict[str, Any] | None:
        """Send a job to the process and return its answer, or None if it ended without one."""
        process = self._running()
        assert process.stdin  # noqa: S101 - Popen was given pipes
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
                job.info.name,
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
            command = [sys.executable, "-m", "indexer.imports.workers", str(self._limits.megabytes)]
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"TMPDIR": str(self._scratch), "OMP_NUM_THREADS": "1"},
                start_new_session=True,  # so that its children can be killed with it
            )
        return self._process

    def stop(self) -> None:
        """Kill the process and all its children."""
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


def _result(answer: dict[str, Any]) -> ExtractionResult:
    """Return the result in an answer, or raise the error that it describes."""
    if "storage" in answer:
        raise StorageError(answer["storage"])
    if "unreadable" in answer:
        raise UnreadableError(*answer["unreadable"])
    if "problems" in answer:
        raise CorpusError([Problem(*problem) for problem in answer["problems"]])
    return ExtractionResult.model_validate(answer["result"])


def run_jobs(
    jobs: Sequence[Job], processes: int, scratch: Path, limits: Limits
) -> Iterator[tuple[Job, ExtractionResult | KbError]]:
    """Run jobs in `processes` workers; yield each job with its result or error when it is done."""
    workers = [Worker(limits, scratch / f"worker-{one}") for one in range(max(1, processes))]
    free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    for worker in workers:
        free.put(worker)
    with ThreadPoolExecutor(len(workers)) as threads:
        try:
            waiting = {threads.submit(_run_with, free, job): job for job in jobs}
            for done in as_completed(waiting):
                yield waiting[done], done.result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.closed = True  # an interrupted job is not retried
                worker.stop()


def _run_with(free: "queue.SimpleQueue[Worker]", job: Job) -> ExtractionResult | KbError:
    worker = free.get()
    try:
        return worker.run(job)
    except (UnreadableError, CorpusError, StorageError) as error:
        return error
    finally:
        free.put(worker)


def main() -> None:
    """Run the jobs on standard input until it ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    set_limits(int(sys.argv[1]) << 20)
    for line in sys.stdin:
        json.dump(_answer(Job.model_validate_json(line)), answers)
        answers.write("\n")
        answers.flush()


def set_limits(memory: int) -> None:
    """Limit this process and each child to `memory` bytes, and end it when its parent dies.

    RLIMIT_DATA counts writable memory on Linux 4.7 and later; elsewhere, time is the only limit.
    RLIMIT_AS would also count the vast address space that pandoc reserves.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _answer(job: Job) -> dict[str, Any]:
    try:
        return {"result": run_job(job).model_dump(mode="json")}
    except UnreadableError as error:
        return {"unreadable": (error.name, error.wrong, error.expected, error.place)}
    except CorpusError as error:
        return {"problems": [list(problem) for problem in error.problems]}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # noqa: BLE001 - a bug that one file triggers stops no other file
        if isinstance(error, OSError) and error.errno in FULL_DISK:
            return {"storage": str(storage_error(error))}
        return {"fault": f"{type(error).__name__}: {error}"[:MAX_FAULT_CHARACTERS]}


if __name__ == "__main__":
    main()
