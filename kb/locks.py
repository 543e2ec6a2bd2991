"""Locks between processes: one file per folder that one program at a time may write."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import BusyError


@contextmanager
def locked(
    folder: Path, waiting: Callable[[], object], wait: bool = True, name: str = "lock"
) -> Iterator[None]:
    """Hold the lock of a folder, which is created if needed.

    Calls `waiting` once if another program holds the lock. Raises BusyError if it does and
    `wait` is false.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            waiting()
            if not wait:
                raise BusyError(f"{folder}: another build is running. Next: try again") from error
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
