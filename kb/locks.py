"""Locks between processes: only one program at a time may write to a folder."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import BusyError


@contextmanager
def locked(
    folder: Path, waiting: Callable[[], object], wait: bool = True, name: str = "lock"
) -> Iterator[None]:
    """Hold an exclusive lock on the file `name` in a folder, creating both if needed.

    If another program holds the lock, call `waiting` once, then wait for the lock or, if `wait` is
    false, raise BusyError.
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
