"""API response models, which add fields for counts and cursors to the domain models."""

from typing import Literal

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.completions import Completion
from kb.domain.documents import Document
from kb.domain.passages import Card, Entry
from kb.domain.places import Place
from kb.domain.results import Coverage, Hit, Results, Tie
from kb.domain.topics import Topic

_GENERATION = "Index generation that the response comes from."
_NEXT = "Cursor of the next page; null after the last one."


class SearchPage(Results):
    """One page of search results."""

    next: str | None = Field(description=_NEXT)


class CompletionView(Completion):
    """A completion of a query, with the path of its page."""

    path: str | None = Field(
        description="Path of the page on this server; null for a `phrase`, which has no page."
    )


class CompletionList(Noun):
    """Completions of the query typed so far."""

    items: tuple[CompletionView, ...] = Field(
        description="The completions, best first, without duplicate texts or pages."
    )
    generation: str = Field(description=_GENERATION)


class PassagePage(Noun):
    """One page of a list of passages, newest document first."""

    items: tuple[Entry, ...] = Field(description="The passages.")
    total: int = Field(description="Number of passages that match the filters.")
    next: str | None = Field(description=_NEXT)
    generation: str = Field(description=_GENERATION)


class FoundDocument(Entry):
    """A document that matches the filters, represented by its summary passage."""

    found: int = Field(ge=1, description="Number of its passages that match the filters.")


class DocumentPage(Noun):
    """One page of a list of documents, newest first."""

    items: tuple[FoundDocument, ...] = Field(description="The documents.")
    total: int = Field(description="Number of documents that match the filters.")
    next: str | None = Field(description=_NEXT)
    generation: str = Field(description=_GENERATION)


class DocumentView(Document):
    """A whole document, with its relations to other sources."""

    card: Card = Field(description="Short description of the document.")
    citation: str = Field(description="Citation in one line: who, what, when, where.")
    ties: tuple[Tie, ...] = Field(description="Relations to other sources, in both directions.")
    generation: str = Field(description=_GENERATION)


class RecordView(Entry):
    """A record, its document's relations to other sources, and the demands most similar to it."""

    ties: tuple[Tie, ...] = Field(description="Relations of its document, in both directions.")
    nearest: tuple[Hit, ...] = Field(description="The demands most similar in meaning.")
    generation: str = Field(description=_GENERATION)


class CountedTopic(Topic):
    """A topic, with the numbers of records and documents on it or on a narrower topic."""

    narrower: tuple[str, ...] = Field(description="Ids of its narrower topics.")
    records: int = Field(description="Number of records on it.")
    documents: int = Field(description="Number of documents with a passage on it.")


class TopicList(Noun):
    """All topics in the thesaurus."""

    items: tuple[CountedTopic, ...] = Field(
        description="All topics, in the order of the thesaurus."
    )
    generation: str = Field(description=_GENERATION)


class CountedPlace(Place):
    """A place, with the numbers of records and documents about it or about a place within it."""

    within: tuple[str, ...] = Field(
        description="Ids of the places that contain it, innermost first."
    )
    contains: tuple[str, ...] = Field(description="Ids of the places directly within it.")
    records: int = Field(description="Number of records about it.")
    documents: int = Field(description="Number of documents with a passage about it.")


class PlaceList(Noun):
    """All places in the gazetteer."""

    items: tuple[CountedPlace, ...] = Field(
        description="All places, in the order of the gazetteer."
    )
    generation: str = Field(description=_GENERATION)


class CoverageView(Coverage):
    """Counts of the documents and passages that match the filters, with the index generation."""

    generation: str = Field(description=_GENERATION)


class Health(Noun):
    """The state of the server and its index."""

    status: Literal["ok", "stale"] = Field(
        description="`stale`: a newer generation is published but cannot be opened."
    )
    generation: str = Field(description="Index generation being served.")
    built: str = Field(description="Build date of the index.")
    documents: int = Field(description="Number of documents.")
    passages: int = Field(description="Number of passages.")
    trouble: str | None = Field(description="Why a newer generation is not served, or null.")
