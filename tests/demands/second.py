"""Sentences of real documents that a second reader labelled -> how many the suggester gets right.

The labels (second_labels.tsv) hold no words of the documents, which are other people's: a line
names a file of ../shared/documents, the block, the place and the SHA-256 of the sentence's words.
An importer that cuts a file into other blocks moves a sentence, so it is looked up by that digest;
the block only decides between two sentences of the same words.

The reader chose 150 sentences by a fixed rule before reading any rule of indexer/demands: 55 of
the paper on democracy, all 18 of the paper on housing, 25 of the auditor's report and 52 of all the
other files, each time those with the smallest SHA-256 of `FILE<tab>BLOCK<tab>START`.
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
    """One labelled sentence."""

    file: str
    block: int
    start: int
    end: int
    sha256: str
    is_demand: bool


class SecondRow(Noun):
    """The counts of one file, or of all of them together."""

    name: str
    sentences: int
    demands: int
    suggested: int
    right: int


class Second(Noun):
    """The counts by file, all files first, and how many labelled sentences were not found again."""

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
    """Count what is suggested among the labelled sentences of each file."""
    labels = read_second_labels()
    rows, lost = [], 0
    for name in dict.fromkeys(label.file for label in labels):
        row, missing = _measure_file(folder / name, [one for one in labels if one.file == name])
        rows.append(row)
        lost += missing
    return Second(rows=(_total(rows), *rows), lost=lost)


def words_digest(text: str) -> str:
    """Return the SHA-256 of the words, in small letters and a space apart."""
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
    """Find the block, start and end of a labelled sentence; the nearest block of several."""
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
