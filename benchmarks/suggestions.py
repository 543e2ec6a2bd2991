"""How many suggested demands are demands, and how many demands are suggested.

The sample is our own (tests/demands/labelled), in two halves: the rules were written while
looking at `development` alone. A suggestion is right where it shares more than half of its words
with a label. The control is what our corpus says in its own words of writings and reports: there
is nothing to suggest in it.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from scipy.stats import binomtest

from benchmarks.judged import Split, judge, measure_split
from benchmarks.labelled import read
from benchmarks.machine import ROOT, Machine, machine
from benchmarks.results import write
from indexer.corpus import read as corpora
from indexer.demands.suggest import suggest
from indexer.importers.base import Block
from kb.domain.documents import Document
from kb.domain.noun import Noun

SAMPLE = ROOT / "tests" / "shelves" / "suggestions"
SPLITS = ("development", "test")
PACKAGES = ("precedent", "sentencex")
CONTROLS = ("writing", "report")  # kinds of documents in our own words, without demands


class Control(Noun):
    """Texts in which there is nothing to suggest."""

    name: str
    passages: int
    suggested: int


class Measured(Noun):
    """Everything that one run says."""

    machine: Machine
    splits: tuple[Split, ...]
    controls: tuple[Control, ...]


def measure_controls() -> tuple[Control, ...]:
    """Our own descriptions of writings and reports, each as a paragraph of one document."""
    documents = corpora.read(ROOT / "corpus").documents
    return tuple(_control(kind, documents) for kind in CONTROLS)


def _control(kind: str, documents: Sequence[Document]) -> Control:
    passages = suggested = 0
    for document in documents:
        texts = [one.text for one in document.records if one.kind != "demand"]
        if document.kind == kind and texts:
            blocks = [Block(kind="paragraph", text=" ".join(text.split())) for text in texts]
            passages += len(blocks)
            suggested += len({one.block for one in suggest(blocks, document.language)})
    return Control(name=kind, passages=passages, suggested=suggested)


def suggestions_table(result: Measured) -> str:
    """Both halves, a line each kind; then the fields, then the controls."""
    return "\n\n".join(
        [*(_split_table(one) for one in result.splits), _control_line(result.controls)]
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
    told = ", ".join(f"{name} {right} of {of}" for name, (right, of) in split.fields.items())
    return "\n".join([head, "", *lines, "", f"Of the demands that were found: {told} as labelled."])


def _share(part: int, whole: int) -> str:
    """A share with Wilson's interval; empty where there is nothing."""
    if not whole:
        return ""
    ends = binomtest(part, whole).proportion_ci(method="wilson")
    return f"{part / whole:.3f} [{ends.low:.3f}, {ends.high:.3f}]"


def _control_line(controls: Sequence[Control]) -> str:
    told = " and ".join(f"{one.suggested} of {one.passages} in {one.name}s" for one in controls)
    return f"Control, findings and ideas of the corpus in which nothing is to be suggested: {told}."


def measure() -> Measured:
    """Both halves and the controls."""
    return Measured(
        machine=machine(PACKAGES),
        splits=tuple(measure_split(SAMPLE / name) for name in SPLITS),
        controls=measure_controls(),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.suggestions", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the result")
    parser.add_argument("--misses", choices=SPLITS, help="print what was wrong and missed in one")
    arguments = parser.parse_args(argv)
    if arguments.misses:
        for one in map(judge, read(SAMPLE / arguments.misses)):
            for told in one.misses:
                print(told)
        return 0
    result = measure()
    if arguments.json:
        write(arguments.json, result)
    print(suggestions_table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
