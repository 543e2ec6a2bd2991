"""An answer in parts: the hits of each kind together, and within a part those of each source."""

from collections.abc import Sequence

from kb.domain.noun import Noun
from kb.domain.passages import Entry
from kb.domain.results import Hit
from kb.search.verbatim import MIN_QUOTATION_WORDS, RUN_WORDS
from kb.text.query import folded_words

BEST_OF_SOURCE = 2  # records of one source that are shown at once; the others are a tap away


class Source(Noun):
    """The hits of one source within a part of the answer: what is shown, and what is a tap away."""

    shown: tuple[Hit, ...]
    more: tuple[Hit, ...]


class Part(Noun):
    """Hits of one kind."""

    kind: str
    sources: tuple[Source, ...]
    size: int


# The words of a quotation stand above all; then precedents: what was asked, known and argued, what
# a program takes for a demand, and what was written.
PARTS = {"quoted": (), "named": (), "demand": ("demand",), "finding": ("finding",),
         "idea": ("idea",), "suggestion": ("suggestion",),
         "source": ("summary", "text")}  # fmt: skip


def parts(hits: Sequence[Hit], question: str) -> list[Part]:
    """The hits by kind, in the order of PARTS; within a part the best first, source by source."""
    by_part: dict[str, list[Hit]] = {kind: [] for kind in PARTS}
    for hit in hits:
        by_part[_part_of(hit, question)].append(hit)
    return [part(kind, some) for kind, some in by_part.items() if some]


def _part_of(hit: Hit, question: str) -> str:
    if holds(hit, question):
        return "quoted"
    if hit.explanation.named:
        return "named"
    return next(kind for kind, some in PARTS.items() if hit.kind in some)


def part(kind: str, hits: Sequence[Hit]) -> Part:
    """Hits of one kind by their sources; without a kind each stands alone."""
    by_source: dict[str, list[Hit]] = {}
    for hit in hits:
        by_source.setdefault(hit.document_id if kind else hit.id, []).append(hit)
    sources = tuple(
        Source.model_construct(
            shown=tuple(some[:BEST_OF_SOURCE]), more=tuple(some[BEST_OF_SOURCE:])
        )
        for some in by_source.values()
    )
    return Part.model_construct(kind=kind, sources=sources, size=len(hits))


def holds(entry: Entry, question: str) -> bool:
    """Whether a passage holds a run of the question's words so long that it is somebody's own."""
    asked = folded_words(question)
    if len(asked) < MIN_QUOTATION_WORDS:
        return False
    held, size = _joined(folded_words(entry.text)), min(RUN_WORDS, len(asked))
    starts = range(len(asked) - size + 1)
    return any(_joined(asked[at : at + size]) in held for at in starts)


def _joined(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "
