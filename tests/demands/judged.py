"""Suggestions in labelled texts are matched with their labels and counted.

A suggestion is right if it shares more than half of its characters with a label. The controls are
texts of the corpus in our own words that contain no demand.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np

from indexer.corpus import read as corpora
from indexer.demands.suggest import suggest
from indexer.importers.base import Block
from kb.domain.base import Noun
from kb.domain.documents import Document
from kb.domain.imports import Confidence, How, Suggestion
from kb.domain.quantities import Quantity
from kb.evaluation.measures import Interval
from kb.text.analysis import name_key
from tests.demands.sample import Label, Sample, read_samples

MIN_SHARED = 0.5  # of the characters of a suggestion and its label together
BETA = 0.5  # precision counts twice as much as recall
ROUNDS, SEED = 10_000, 20_160_801  # of the bootstrap over texts
CONTROLS = ("writing", "report")  # kinds of documents in our own words, without demands


class Row(Noun):
    """Counts of the suggestions of one kind and of the labels of that kind."""

    name: str
    suggested: int
    right: int
    labelled: int
    found: int


class Split(Noun):
    """The counts of one half of the sample."""

    name: str
    texts: int
    spanish: int
    others: int  # sentences without a demand
    f: Interval
    rows: tuple[Row, ...]
    fields: dict[str, tuple[int, int]]  # right and all, of the suggestions that are demands


class Control(Noun):
    """How many passages without a demand have a suggestion."""

    name: str
    passages: int
    suggested: int


class Judged(NamedTuple):
    """A text and its suggestions, each with its label or None."""

    sample: Sample
    suggestions: tuple[tuple[Suggestion, Label | None], ...]

    @property
    def misses(self) -> list[str]:
        """Return a line for each suggestion that is no demand and each demand not suggested."""
        found = {label for _, label in self.suggestions}
        wrong = [one for one, label in self.suggestions if label is None]
        missed = [label for label in self.sample.labels if label not in found]
        return [
            *(f"{self.sample.name}: wrong: {self.words(one)}" for one in wrong),
            *(f"{self.sample.name}: missed: {self.words(one)}" for one in missed),
        ]

    def words(self, place: Suggestion | Label) -> str:
        """Return the words of a suggestion or a label."""
        return self.sample.blocks[place.block].text[place.start : place.end]


def judge(sample: Sample) -> Judged:
    """Match the suggestions of a text with its labels; a label matches one suggestion at most."""
    left = list(sample.labels)
    pairs: list[tuple[Suggestion, Label | None]] = []
    for one in suggest(sample.blocks, sample.language):
        label = next((label for label in left if _same(one, label)), None)
        if label:
            left.remove(label)
        pairs.append((one, label))
    return Judged(sample, tuple(pairs))


def _same(one: Suggestion, label: Label) -> bool:
    shared = min(one.end, label.end) - max(one.start, label.start)
    together = max(one.end, label.end) - min(one.start, label.start)
    return one.block == label.block and shared > MIN_SHARED * together


def measure_split(folder: Path) -> Split:
    """Count one half of the sample by language, form and confidence."""
    judged = [judge(sample) for sample in read_samples(folder)]
    return Split(
        name=folder.name,
        texts=len(judged),
        spanish=sum(one.sample.language == "es" for one in judged),
        others=sum(one.sample.others for one in judged),
        f=_interval(judged),
        rows=tuple(_rows(judged)),
        fields=_fields([pair for one in judged for pair in one.suggestions]),
    )


def measure_controls(corpus: Path) -> tuple[Control, ...]:
    """Count suggestions in our own descriptions of writings and reports, one block a document."""
    documents = corpora.read(corpus).documents
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


def _rows(judged: Sequence[Judged]) -> Iterator[Row]:
    yield _row("all", judged, lambda _: True, lambda _: True)
    for code, language in (("en", "English"), ("es", "Spanish")):
        some = [one for one in judged if one.sample.language == code]
        yield _row(language, some, lambda _: True, lambda _: True)
    for how in get_args(How):
        yield _row(how, judged, _of_form(how), _labelled(how))
    for confidence in get_args(Confidence):
        yield _row(confidence, judged, _of_confidence(confidence), lambda _: False)


def _of_form(how: str) -> Callable[[Suggestion], bool]:
    return lambda one: one.how == how


def _labelled(form: str) -> Callable[[Label], bool]:
    return lambda label: label.form == form


def _of_confidence(confidence: str) -> Callable[[Suggestion], bool]:
    return lambda one: one.confidence == confidence


def _row(
    name: str,
    judged: Sequence[Judged],
    is_one: Callable[[Suggestion], bool],
    is_label: Callable[[Label], bool],
) -> Row:
    pairs = [pair for one in judged for pair in one.suggestions]
    labels = [label for one in judged for label in one.sample.labels if is_label(label)]
    found = [label for _, label in pairs if label and is_label(label)]
    return Row(
        name=name,
        suggested=sum(is_one(one) for one, _ in pairs),
        right=sum(is_one(one) for one, label in pairs if label),
        labelled=len(labels),
        found=len(found),
    )


def _fields(pairs: Sequence[tuple[Suggestion, Label | None]]) -> dict[str, tuple[int, int]]:
    """Return for each field in how many of the matched pairs it is equal, and their number."""
    known = [(one, label) for one, label in pairs if label]
    same: dict[str, Callable[[Suggestion, Label], bool]] = {
        "action": lambda one, label: one.action == label.action,
        "target": lambda one, label: _name(one.target) == _name(label.target),
        "level": lambda one, label: one.level == label.level,
        "amount": lambda one, label: _sum(one.amount) == _sum(label.amount),
    }
    return {name: (sum(test(*pair) for pair in known), len(known)) for name, test in same.items()}


def _name(target: str | None) -> str:
    return name_key(target or "")


def _sum(amount: Quantity | None) -> tuple[object, ...]:
    """Return the parts of an amount that must agree: number, currency, percent and `per`."""
    if amount is None:
        return ()
    return amount.value, amount.is_money and amount.unit, amount.unit == "percent", amount.per


def _interval(judged: Sequence[Judged]) -> Interval:
    """Return F with percentiles of a bootstrap over texts, as sentences of a text are alike."""
    counts = np.array(
        [
            (sum(label is not None for _, label in one.suggestions), len(one.suggestions),
             len(one.sample.labels))
            for one in judged
        ]
    )  # fmt: skip
    random = np.random.default_rng(SEED)
    drawn = counts[random.integers(len(counts), size=(ROUNDS, len(counts)))].sum(axis=1)
    low, high = np.percentile([_f(*one) for one in drawn.tolist()], [2.5, 97.5])
    return Interval(mean=_f(*counts.sum(axis=0).tolist()), low=float(low), high=float(high))


def _f(right: int, suggested: int, labelled: int) -> float:
    weighted = suggested + BETA**2 * labelled
    return (1 + BETA**2) * right / weighted if weighted else 0.0
