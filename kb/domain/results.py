"""Answers: hits with their reasons, facets, coverage and notices."""

from typing import Literal

from pydantic import Field

from kb.domain.documents import Relation
from kb.domain.noun import Noun
from kb.domain.passages import Card, Entry
from kb.domain.queries import Mode

NoticeCode = Literal[
    "quotes-not-found", "undated-left-out", "thin", "empty", "weak", "no-dense", "guess"
]  # fmt: skip


class Standing(Noun):
    """Where one retriever put a hit."""

    rank: int = Field(ge=1, description="Its rank, from 1.")
    score: float = Field(description="Its score, by the measure of the retriever.")


class Expansion(Noun):
    """A word of the question that the thesaurus widened."""

    label: str = Field(description="The label that was recognised.")
    topic: str = Field(description="The topic it names.")


class Correction(Noun):
    """A word of the question that occurs nowhere, and the indexed word found in its place."""

    word: str = Field(description="The word as it was typed, without case and accents.")
    to: str = Field(description="The word that it was taken for.")


class Explanation(Noun):
    """Why a hit is there."""

    lexical: Standing | None = Field(None, description="Rank and BM25 score; null if not found so.")
    dense: Standing | None = Field(None, description="Rank and cosine; null if not found so.")
    matched: tuple[str, ...] = Field((), description="Words of the question that it holds.")
    corrections: tuple[Correction, ...] = Field(
        (), description="Matched words that it holds in another spelling only."
    )
    expansions: tuple[Expansion, ...] = Field((), description="Thesaurus entries that led here.")
    named: str | None = Field(None, description="The id, title or organization that was asked for.")


class Highlights(Noun):
    """Spans of matched words: [start, end) in characters of the stored text."""

    title: tuple[tuple[int, int], ...] = Field((), description="Spans of the title.")
    text: tuple[tuple[int, int], ...] = Field((), description="Spans of the text.")


class Hit(Entry):
    """A passage in an answer."""

    rank: int = Field(ge=1, description="Rank in the whole answer, from 1.")
    score: float = Field(description="Fused score; comparable within one answer only.")
    highlights: Highlights = Field(Highlights(), description="Where matched words stand.")
    explanation: Explanation = Field(Explanation(), description="Why it is there.")


class Group(Noun):
    """The hits of one document, best first."""

    document: Card = Field(description="The document, in a line.")
    rank: int = Field(ge=1, description="Rank of its best hit.")
    hits: tuple[str, ...] = Field(description="Ids of its best hits.")
    more: int = Field(ge=0, description="How many more of its passages were found.")


class FacetValue(Noun):
    """One value and how many passages of the counted set have it."""

    value: str = Field(description="The value, as a filter takes it.")
    label: str = Field(description="The value, as a reader knows it.")
    count: int = Field(description="How many passages of the counted set have it.")


class Facets(Noun):
    """Counts for each filter, and the set that they count."""

    of: str = Field(description="Which set is counted, in words.")
    size: int = Field(description="How many passages the set holds.")
    fields: dict[str, tuple[FacetValue, ...]] = Field({}, description="Values of each filter.")


class Nearby(Noun):
    """Something indexed next to what was asked for."""

    field: str = Field(description="The filter that finds it: place, topic or year.")
    value: str = Field(description="The value, as the filter takes it.")
    label: str = Field(description="The value, as a reader knows it.")
    count: int = Field(description="How many passages it holds.")


class Coverage(Noun):
    """What is indexed for a place, topics and years; silence is never read as «no precedent»."""

    of: str = Field(description="The set that is described, in words.")
    documents: int = Field(description="Documents indexed there.")
    passages: int = Field(description="Passages indexed there.")
    by_kind: dict[str, int] = Field({}, description="Passages of each kind.")
    first_year: int | None = Field(None, description="The earliest year of a source there.")
    last_year: int | None = Field(None, description="The latest year of a source there.")
    undated: int = Field(0, description="Documents without a date; a year filter leaves them out.")
    without_locator: int = Field(0, description="Records with no known place in their source.")
    near: tuple[Nearby, ...] = Field((), description="What is indexed next to it.")


class Notice(Noun):
    """Something that the reader must know about an answer."""

    code: NoticeCode = Field(description="What it is about, for programs.")
    text: str = Field(description="What it says, for people.")


class Results(Noun):
    """An answer."""

    mode: Mode = Field(description="How it was searched.")
    hits: tuple[Hit, ...] = Field(description="What was found, best first.")
    groups: tuple[Group, ...] = Field(description="The same hits by document.")
    facets: Facets = Field(description="Counts over everything that was found.")
    coverage: Coverage | None = Field(None, description="Given when the answer is thin or empty.")
    notices: tuple[Notice, ...] = Field((), description="What the reader must know.")
    answered: bool = Field(description="False where nothing indexed seems to answer.")
    total: int = Field(description="How many passages can be paged through.")
    generation: str = Field(description="The index generation that answered.")
    took_ms: float = Field(description="Milliseconds, encoding included.")


class Tie(Noun):
    """A tie between a document and another source."""

    relation: Relation = Field(description="How the one that names is tied to the other.")
    direction: Literal["to", "from"] = Field(
        description="`to`: this document names the other; `from`: the other names this one."
    )
    title: str = Field(description="Title of the other.")
    document: Card | None = Field(description="The other, where it is in the corpus.")
