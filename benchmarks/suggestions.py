"""Measure the precision and recall of suggested demands.

The first part uses sentences of real documents that a second reader labeled
(tests/demands/second.py); they are outside the repository, and the part is skipped without them.
The second part uses our own sample (tests/demands/labelled), whose halves are `development`, on
which the rules were developed, and `test`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import scipy

from benchmarks.machine import ROOT, Machine, machine
from benchmarks.results import write
from kb.domain.base import Noun
from tests.demands.judged import Control, Split, judge, measure_controls, measure_split
from tests.demands.sample import read_samples
from tests.demands.second import DOCUMENTS, Second, SecondRow, measure_second

SAMPLE = ROOT / "tests" / "demands" / "labelled"
SPLITS = ("development", "test")
PACKAGES = ("precedent", "sentencex")


class Measured(Noun):
    """Result of one run on the real documents, both halves of the sample and the controls."""

    machine: Machine
    second: Second | None  # None where the documents are absent
    splits: tuple[Split, ...]
    controls: tuple[Control, ...]


def suggestions_table(result: Measured) -> str:
    """Return the table of real documents, of each half of the sample, and the line of controls."""
    return "\n\n".join(
        [
            _second_table(result.second),
            *(_split_table(one) for one in result.splits),
            _control_line(result.controls),
        ]
    )


def _second_table(second: Second | None) -> str:
    if second is None:
        return "**real documents**: skipped, ../shared/documents is not beside this repository."
    every = second.rows[0]
    head = (
        f"**real documents**: {every.sentences} sentences of {len(second.rows) - 1} files, "
        f"{every.demands} of them demands; {second.lost} not found again."
    )
    lines = ["| | sentences | suggested | precision [95 %] | demands | recall [95 %] |"]
    lines += ["| --- " * 6 + "|", *(_second_line(row) for row in second.rows)]
    return "\n".join([head, "", *lines])


def _second_line(row: SecondRow) -> str:
    return (
        f"| {row.name} | {row.sentences} | {row.suggested} | {_share(row.right, row.suggested)} "
        f"| {row.demands} | {_share(row.right, row.demands)} |"
    )


def _split_table(split: Split) -> str:
    whole = split.rows[0]
    head = (
        f"**{split.name}**: {split.texts} texts, {split.spanish} of them Spanish; "
        f"{whole.labelled} demands, {split.others:,} sentences without one; "
        f"F0.5 {split.f.mean:.3f} [{split.f.low:.3f}, {split.f.high:.3f}]."
    )
    lines = ["| | suggested | precision [95 %] | demands | recall [95 %] |", "| --- " * 5 + "|"]
    lines += [
        f"| {row.name} | {row.suggested} | {_share(row.right, row.suggested)} "
        f"| {row.labelled or ''} | {_share(row.found, row.labelled)} |"
        for row in split.rows
    ]
    fields = ", ".join(f"{name} {right} of {of}" for name, (right, of) in split.fields.items())
    return "\n".join([head, "", *lines, "", f"Fields of the found demands as labeled: {fields}."])


def _share(part: int, whole: int) -> str:
    """Return a share with its 95 % Wilson interval, or "" if `whole` is 0."""
    if not whole:
        return ""
    ends = scipy.stats.binomtest(part, whole).proportion_ci(method="wilson")
    return f"{part / whole:.3f} [{ends.low:.3f}, {ends.high:.3f}]"


def _control_line(controls: Sequence[Control]) -> str:
    counts = " and ".join(f"{one.suggested} of {one.passages} in {one.name}s" for one in controls)
    return f"Controls, findings and ideas of the corpus without a demand: suggested {counts}."


def measure() -> Measured:
    """Measure real documents, both halves of the sample, and the controls."""
    return Measured(
        machine=machine(PACKAGES),
        second=measure_second() if DOCUMENTS.is_dir() else None,
        splits=tuple(measure_split(SAMPLE / name) for name in SPLITS),
        controls=measure_controls(ROOT / "corpus"),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store the result and print its tables; return the exit status.

    With `--misses`, print the wrong and the missed suggestions of one half, and store nothing.
    """
    parser = argparse.ArgumentParser(prog="benchmarks.suggestions", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the result")
    parser.add_argument(
        "--misses", choices=SPLITS, help="print the wrong and the missed suggestions of one half"
    )
    arguments = parser.parse_args(argv)
    if arguments.misses:
        for one in map(judge, read_samples(SAMPLE / arguments.misses)):
            for miss in one.misses:
                print(miss)
        return 0
    result = measure()
    if arguments.json:
        write(arguments.json, result)
    print(suggestions_table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
