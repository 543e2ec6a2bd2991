"""Measure our index at several sizes, on synthetic passages (see `benchmarks.drawn`).

Each size is built in one process and searched in another, so that the memory of each is measured
on its own. The vectors of the queries are precomputed, because encoding does not depend on the
size.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import drawn
from benchmarks.at_size import DEPTH, Values
from benchmarks.machine import ROOT, machine
from benchmarks.quiet import wait_for_quiet
from benchmarks.results import Scale, Size, write
from benchmarks.tables import scale_table
from benchmarks.trial import QUIET

SIZES = (10_000, 100_000)
PACKAGES = ("precedent", "tantivy", "faiss-cpu", "numpy")


def measure(sizes: Sequence[int]) -> Scale:
    """Measure each size in turn; each index replaces the previous one."""
    found = []
    with tempfile.TemporaryDirectory(prefix="kb-scale-") as name:
        counts = _step("prepare", Path(name), 0)
        for size in sizes:
            wait_for_quiet()
            values = {"passages": size} | _step("build", Path(name), size)
            print(f"{size:,} built in {values['build_s']} s", file=sys.stderr)
            found.append(Size.model_validate(values | _step("search", Path(name), size)))
    return Scale.model_validate(
        counts
        | {
            "machine": machine(PACKAGES),
            "noise": drawn.NOISE,
            "swapped": drawn.SWAPPED,
            "depth": DEPTH,
            "sizes": found,
        }
    )


def _step(step: str, home: Path, size: int) -> Values:
    """Run one step in its own process, show its output and return the measured values."""
    answer = home / "answer.json"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.at_size", step, str(home), str(size), str(answer)],
        cwd=ROOT, env=os.environ | QUIET, check=True,
    )  # fmt: skip
    values: Values = json.loads(answer.read_text("utf-8"))
    return values


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store the result and print its table; return the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", type=_numbers, default=SIZES, metavar="N,...")
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the result")
    arguments = parser.parse_args(argv)
    result = measure(arguments.sizes)
    if arguments.json:
        write(arguments.json, result)
    print(scale_table(result))
    return 0


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
