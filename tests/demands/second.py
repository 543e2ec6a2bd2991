"""Counts of suggestions in sentences of real documents that a second reader labelled.

The labels (second_labels.tsv) contain no words of the documents, which belong to others: a line
names a file of ../shared/documents, the block, the place and the SHA-256 of the sentence's words.
If an importer now splits a file into other blocks, the sentence is found by this digest; the block
only decides between two sentences of the same words.

The reader chose 150 sentences by a fixed rule before reading any rule of indexer/demands: 55 of the
paper on democracy, all 18 of the paper on housing, 25 of the auditor's report and 52 of all other
files, each time those with the smallest SHA-256 of `FILE<tab>BLOCK<tab>START`.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from indexer.demands.suggest import suggest
from indexer.importers.base import Block, SourceInfo
from indexer.importers.extract import extract
from kb.domain.base import Noun
from kb.domain.imports import Suggestion
from kb.text.sentences import sentences

LABELS = Path(__file__).parent / "second_labels.tsv"
DOCUMENTS = Path(__file__).parents[3] / "shared" / "documents"
MIN_COVERED = 0.5  # of the sentence or of the suggestion, whichever is shorter
LANGUAGE = "en"  # of every labelled file


class SecondLabel(NamedTuple):
    """A sentence that the second reader labelled, with its file and place."""

    file: str
    block: int
    start: int
    end: int
    sha256: str
    is_demand: bool


class SecondRow(Noun):
    """The counts of one file, or of all files together."""

    name: str
    sentences: int
    demands: int
    suggested: int
    right: int


class Second(Noun):
    """The counts of all files, then of each, and the number of sentences not found again."""

    rows: tuple[SecondRow, ...]
    lost: int


def read_second_labels() -> list[SecondLabel]:
    """Read the labels in the order of the file."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return [
            SecondLabel(
                row["file"], int(row["block"]), int(row["start"]), int(row["end"]), row["sha256"],
                row["label"] == "demand",
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]  # fmt: skip


def measure_second(folder: Path = DOCUMENTS) -> Second:
    """Count what is suggested among the labelled sentences of each file in the folder."""
    labels = read_second_labels()
    rows, lost = [], 0
    for name in dict.fromkeys(label.file for label in labels):
        row, missing = _measure_file(folder / name, [one for one in labels if one.file == name])
        rows.append(row)
        lost += missing
    return Second(rows=(_total(rows), *rows), lost=lost)


def words_digest(text: str) -> str:
    """Return the SHA-256 of the words in lower case, joined by single spaces."""
    return hashlib.sha256(" ".join(re.findall(r"\w+", text.casefold())).encode()).hexdigest()


def _measure_file(path: Path, labels: Sequence[SecondLabel]) -> tuple[SecondRow, int]:
    blocks = extract(path, SourceInfo(name=path.name)).blocks
    suggestions = suggest(blocks, LANGUAGE)
    places = {label: _place(label, blocks) for label in labels}
    suggested = {
        label: place is not None and any(_covers(one, place) for one in suggestions)
        for label, place in places.items()
    }
    row = SecondRow(
        name=path.name,
        sentences=len(labels),
        demands=sum(label.is_demand for label in labels),
        suggested=sum(suggested.values()),
        right=sum(yes and label.is_demand for label, yes in suggested.items()),
    )
    return row, sum(place is None for place in places.values())


def _place(label: SecondLabel, blocks: Sequence[Block]) -> tuple[int, int, int] | None:
    """Return block, start and end of a labelled sentence, or None; of several, the nearest."""
    found = [place for place, digest in _digests(blocks) if digest == label.sha256]
    return min(found, key=lambda place: abs(place[0] - label.block), default=None)


def _digests(blocks: Sequence[Block]) -> Iterator[tuple[tuple[int, int, int], str]]:
    for number, block in enumerate(blocks):
        for start, end in sentences(block.text, LANGUAGE):
            yield (number, start, end), words_digest(block.text[start:end])


def _covers(one: Suggestion, place: tuple[int, int, int]) -> bool:
    block, start, end = place
    shared = min(one.end, end) - max(one.start, start)
    return one.block == block and shared > MIN_COVERED * min(one.end - one.start, end - start)


def _total(rows: Sequence[SecondRow]) -> SecondRow:
    return SecondRow(
        name="all",
        sentences=sum(row.sentences for row in rows),
        demands=sum(row.demands for row in rows),
        suggested=sum(row.suggested for row in rows),
        right=sum(row.right for row in rows),
    )
