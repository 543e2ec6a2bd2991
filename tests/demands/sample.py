"""Labelled texts of tests/demands/labelled, read as importers' blocks with their labels.

A file has a head (`genre:`, `language:`), an empty line, and one block a line: `# ` is a heading,
`- ` an item, `| a | b` a row, `> ` a note, anything else a paragraph. In a file with headings a
numbered line is an item. `[[words]]{form; action; target; level; amount}` labels a demand; a field
that the words do not give is `-` or left out.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.corpus.quantity import parse_quantity
from indexer.importers.base import Block
from kb.domain.places import Level
from kb.domain.quantities import Quantity
from kb.domain.records import Action
from kb.text.sentences import sentences

_LABEL = re.compile(r"\[\[(?P<words>.*?)\]\]\{(?P<fields>[^}]*)\}")
_NUMBERED = re.compile(r"^\(?(?:\d+(?:\.\d+)*|[a-z]|[IVX]+)[.)]\s")
_FIELDS = 5


class Label(NamedTuple):
    """A demand that a person labelled, with its place in a block."""

    block: int
    start: int
    end: int
    form: str
    action: Action
    target: str | None
    level: Level | None
    amount: Quantity | None


class Sample(NamedTuple):
    """One labelled text."""

    name: str
    genre: str
    language: str
    blocks: tuple[Block, ...]
    labels: tuple[Label, ...]

    @property
    def others(self) -> int:
        """Return the number of sentences without a demand."""
        return sum(
            not any(one.block == index and one.start < end and start < one.end
                    for one in self.labels)
            for index, block in enumerate(self.blocks)
            for start, end in sentences(block.text, self.language)
        )  # fmt: skip


def read_samples(folder: Path) -> list[Sample]:
    """Read every text of a folder, in the order of names."""
    return [_sample(path) for path in sorted(folder.glob("*.md"))]


def _sample(path: Path) -> Sample:
    head, _, body = path.read_text("utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    lines = [line for line in body.splitlines() if line.strip()]
    marked = any(line.startswith("#") for line in lines)
    blocks: list[Block] = []
    labels: list[Label] = []
    for index, line in enumerate(lines):
        kind, level, words = _kind(line, marked)
        text, found = _split_labels(index, words)
        blocks.append(Block(kind=kind, text=text, level=level))
        labels += found
    return Sample(path.stem, fields["genre"], fields["language"], tuple(blocks), tuple(labels))


def _kind(line: str, marked: bool) -> tuple[str, int, str]:
    if line.startswith("#"):
        marks, _, words = line.partition(" ")
        return "heading", len(marks), words
    for mark, kind in (("- ", "item"), ("* ", "item"), ("• ", "item"), ("> ", "note")):
        if line.startswith(mark):
            return kind, 0, line.removeprefix(mark)
    if line.startswith("| "):
        return "row", 0, line.removeprefix("| ")
    return ("item" if marked and _NUMBERED.match(line) else "paragraph"), 0, line


def _split_labels(block: int, words: str) -> tuple[str, list[Label]]:
    """Return the text without its labels, and the labels."""
    text, labels, place = "", [], 0
    for match in _LABEL.finditer(words):
        text += words[place : match.start()]
        start = len(text)
        text += match["words"]
        labels.append(_label(block, start, len(text), match["fields"]))
        place = match.end()
    return text + words[place:], labels


def _label(block: int, start: int, end: int, fields: str) -> Label:
    given = [part.strip() for part in fields.split(";", _FIELDS - 1)]
    form, action, target, level, amount = _filled(given)
    quantity = Quantity.model_validate(parse_quantity(amount)) if amount else None
    return Label(block, start, end, form or "", action, target, level, quantity)  # type: ignore[arg-type] # words of a file; scoring compares them


def _filled(given: list[str]) -> Iterator[str | None]:
    for place in range(_FIELDS):
        yield given[place] if place < len(given) and given[place] != "-" else None
