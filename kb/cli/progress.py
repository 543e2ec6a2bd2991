"""Progress bars on standard error."""

import sys
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

from kb.cli.terminal import say


class Bars:
    """Progress bars, one per step; call the object with (step, increment, total)."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._step = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._close()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Advance the bar of a step by `done`; if `total` is 0, only print the name of the step."""
        if not total:
            say(f"{step} ...", sys.stderr)
            return
        if step != self._step:
            self._close()
            self._bar = tqdm(total=total, desc=f"{step:10}", unit="", file=sys.stderr)
            self._step = step
        if self._bar is not None:
            self._bar.update(done)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar, self._step = None, ""
