"""The process that reads files: one job a line in, one answer a line out, within limits.

`python -m indexer.imports.worker MEGABYTES`. Whatever a library prints goes nowhere.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any

from indexer.imports.job import Job, run
from kb.errors import CorpusError, UnreadableError

LONGEST_FAULT = 300  # characters of an exception that are told
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>: a signal for this process when its parent ends


def main() -> None:
    """Answer until there are no more jobs."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    limit(int(sys.argv[1]) << 20)
    for line in sys.stdin:
        json.dump(_answer(Job.model_validate_json(line)), answers)
        answers.write("\n")
        answers.flush()


def limit(memory: int) -> None:
    """Bound what this process and its children may take.

    RLIMIT_DATA counts what can be written to (Linux 4.7 and later; elsewhere time alone bounds);
    pandoc reserves addresses without end, which RLIMIT_AS would count.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _answer(job: Job) -> dict[str, Any]:
    try:
        return {"made": run(job).model_dump(mode="json")}
    except UnreadableError as error:
        parts = (error.name, error.wrong, error.expected, error.place)
        return {"unreadable": parts}
    except CorpusError as error:
        return {"told": [list(problem) for problem in error.problems]}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # noqa: BLE001 - a fault of ours in one file stops no other file
        return {"fault": f"{type(error).__name__}: {error}"[:LONGEST_FAULT]}


if __name__ == "__main__":
    main()
