"""Results of a query: hits with explanations, facets, coverage and notices."""

from typing import Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.documents import Relation
from kb.domain.passages import Card, Entry
from kb.domain.queries import Mode

NoticeCode = Literal[
    "quotes-not-found", "undated-left-out", "thin", "empty", "weak", "no-dense", "guess",
    "respelled", "operators", "prefers-outcome", "prefers-objection", "prefers-form",
    "place-taken", "place-thin", "place-other",
]  # fmt: skip
IntentCode = Literal["outcome", "objection", "form"]


class Standing(Noun):
    """The rank and score of a hit in the ranking of one retriever."""

    rank: int = Field(ge=1, description="Rank, from 1.")
    score: float = Field(description="Score that the retriever gave.")


class Expansion(Noun):
    """A thesaurus label found in the query; the search adds the other labels of its topic."""

    label: str = Field(description="Label found in the query.")
    topic: str = Field(description="Id of its topic.")


class Correction(Noun):
    """A spelling correction: an unknown word and the indexed word used instead."""

    word: str = Field(description="The typed word, without case and accents.")
    to: str = Field(description="The corrected word.")


class Explanation(Noun):
    """The reasons why a hit was found."""

    lexical: Standing | None = Field(None, description="Rank and BM25 score; null if not found.")
    dense: Standing | None = Field(None, description="Rank and cosine; null if not found.")
    matched: tuple[str, ...] = Field((), description="Query words that the passage contains.")
    corrections: tuple[Correction, ...] = Field(
        (), description="Words that match only after a spelling correction."
    )
    expansions: tuple[Expansion, ...] = Field((), description="Thesaurus expansions that match.")
    named: str | None = Field(None, description="Id, title or organization that the query names.")
    phrase: str | None = Field(
        None, description="Matching search phrase that we added; the source does not contain it."
    )


class Highlights(Noun):
    """Spans of matched words: [start, end) in characters of the stored text."""

    title: tuple[tuple[int, int], ...] = Field((), description="Spans of the title.")
    text: tuple[tuple[int, int], ...] = Field((), description="Spans of the text.")


class Hit(Entry):
    """A passage that matches a query, with its rank, score and explanation."""

    rank: int = Field(ge=1, description="Rank in all results, from 1.")
    score: float = Field(description="Fused score; comparable only within one search.")
    highlights: Highlights = Field(Highlights(), description="Spans of matched words.")
    explanation: Explanation = Field(Explanation(), description="Why the passage was found.")


class Group(Noun):
    """The hits in one document, best first."""

    document: Card = Field(description="Summary of the document.")
    rank: int = Field(ge=1, description="Rank of its best hit.")
    hits: tuple[str, ...] = Field(description="Ids of its best hits.")
    more: int = Field(ge=0, description="Number of further passages found in the document.")


class FacetValue(Noun):
    """A value of a facet and its number of passages."""

    value: str = Field(description="Value for the filter.")
    label: str = Field(description="Displayed value.")
    count: int = Field(description="Number of passages with the value.")


class Facets(Noun):
    """Counts of the values of each filter in a set of passages."""

    of: str = Field(description="Description of the counted set.")
    size: int = Field(description="Number of passages in the set.")
    fields: dict[str, tuple[FacetValue, ...]] = Field({}, description="Values of each filter.")


class Nearby(Noun):
    """A nearby place, topic or year, or a city size, with its number of passages or documents."""

    field: str = Field(description="Filter: place, topic, year or size.")
    value: str = Field(description="Value for the filter.")
    label: str = Field(description="Displayed value.")
    count: int = Field(description="Number of passages.")


class AskedPlace(Noun):
    """A place that a query asks for, with larger areas and similar cities that have documents."""

    value: str = Field(description="Id of the place.")
    label: str = Field(description="Displayed name.")
    documents: int = Field(description="Number of documents from the place.")
    others: tuple[str, ...] = Field(
        (), description="Other places with the same name, most people first."
    )
    near: tuple[Nearby, ...] = Field(
        (),
        description="Its county, state and country, and cities of its size, with their numbers of "
        "documents; `field` is `place` or `size`.",
    )


class Coverage(Noun):
    """Counts of the documents and passages that match the filters.

    A gap in the corpus does not mean that no precedent exists.
    """

    of: str = Field(description="Description of the counted set.")
    documents: int = Field(description="Number of documents.")
    passages: int = Field(description="Number of passages.")
    by_kind: dict[str, int] = Field({}, description="Number of passages of each kind.")
    first_year: int | None = Field(None, description="Earliest year of a source.")
    last_year: int | None = Field(None, description="Latest year of a source.")
    undated: int = Field(0, description="Documents without a date; year filters exclude them.")
    without_locator: int = Field(0, description="Records with no known place in their source.")
    near: tuple[Nearby, ...] = Field(
        (), description="Nearby places, topics and years that have passages."
    )


class Notice(Noun):
    """A notice about the results, for example that quoted words were not found."""

    code: NoticeCode = Field(description="Code of the notice, for programs.")
    text: str = Field(description="Text of the notice, for people.")


class Results(Noun):
    """The results of a query: a page of hits, with facets, coverage and notices."""

    mode: Mode = Field(description="Mode of the search.")
    hits: tuple[Hit, ...] = Field(description="Hits, best first.")
    groups: tuple[Group, ...] = Field(description="The same hits, grouped by document.")
    facets: Facets = Field(description="Counts over all passages found.")
    coverage: Coverage | None = Field(
        None, description="Present if there are few hits or no good match."
    )
    notices: tuple[Notice, ...] = Field((), description="Notices about the results.")
    places: tuple[AskedPlace, ...] = Field(
        (), description="Places asked for, if a notice is about them."
    )
    intent: IntentCode | None = Field(
        None, description="Kind of answer that the query asks for, which is preferred."
    )
    answered: bool = Field(description="False if nothing indexed seems to answer the query.")
    total: int = Field(description="Number of passages on all pages.")
    total_documents: int = Field(description="Number of documents that contain these passages.")
    generation: str = Field(description="Id of the index generation.")
    took_ms: float = Field(description="Duration in milliseconds, including encoding.")


class Tie(Noun):
    """A relation between a document and another source."""

    relation: Relation = Field(description="Relation of the referring document to the other.")
    direction: Literal["to", "from"] = Field(
        description="`to`: this document refers to the other; `from`: the other refers to this one."
    )
    title: str = Field(description="Title of the other source.")
    document: Card | None = Field(description="The other document, if it is in the corpus.")
