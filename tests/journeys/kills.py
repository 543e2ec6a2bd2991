"""Ways to kill a process by SIGKILL: at a step that changes the disk, or after some seconds."""

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any


def killed(arm: Callable[[], None], work: Callable[[], object]) -> bool:
    """Call `arm` and `work` in a forked child; return whether it was killed before it was done."""
    child = os.fork()
    if child == 0:
        arm()
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def at_step(last: int, steps: Sequence[str]) -> None:
    """Kill this process before the `last`th call of any of these functions of `os`."""
    left = last

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def before(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                _die()
            return call(*given, **named)

        return before

    for name in steps:
        setattr(os, name, counted(getattr(os, name)))


def after(seconds: float) -> None:
    """Kill this process after some seconds."""

    def wait() -> None:
        time.sleep(seconds)
        _die()

    threading.Thread(target=wait, daemon=True).start()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
