"""Sections of the results page: hits grouped by kind, then by source."""

from collections.abc import Sequence

from kb.domain.base import Noun
from kb.domain.passages import Entry
from kb.domain.results import Hit
from kb.search.verbatim import MIN_QUOTATION_WORDS, RUN_WORDS
from kb.text.query import folded_words

BEST_OF_SOURCE = 2  # records of one source shown at first; a click shows the others


class Source(Noun):
    """The hits from one source in a section: those shown at first, and those shown on a click."""

    shown: tuple[Hit, ...]
    more: tuple[Hit, ...]


class Part(Noun):
    """A section of the results page: hits of one kind, by source."""

    kind: str
    sources: tuple[Source, ...]
    size: int


# Sections in order, with their kinds: quotations, named documents, demands, findings, ideas,
# suggested demands, and texts of sources.
PARTS = {"quoted": (), "named": (), "demand": ("demand",), "finding": ("finding",),
         "idea": ("idea",), "suggestion": ("suggestion",),
         "source": ("summary", "text")}  # fmt: skip


def parts(hits: Sequence[Hit], question: str) -> list[Part]:
    """Group hits into sections, in the order of PARTS, each with the best source first."""
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
    """Group the hits of one kind by source; without a kind, each hit is its own group."""
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
    """Return whether a passage contains a run of query words long enough for a quotation."""
    asked = folded_words(question)
    if len(asked) < MIN_QUOTATION_WORDS:
        return False
    held, size = _joined(folded_words(entry.text)), min(RUN_WORDS, len(asked))
    starts = range(len(asked) - size + 1)
    return any(_joined(asked[at : at + size]) in held for at in starts)


def _joined(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "
