"""What is answered, where it is more than a noun of the domain."""

from typing import Literal

from pydantic import Field

from kb.domain.documents import Document
from kb.domain.noun import Noun
from kb.domain.passages import Card, Entry
from kb.domain.places import Place
from kb.domain.results import Coverage, Hit, Results, Tie
from kb.domain.topics import Topic

_GENERATION = "The index generation that answered."
_NEXT = "Cursor of the next page; null after the last one."


class SearchPage(Results):
    """One page of an answer."""

    next: str | None = Field(description=_NEXT)


class PassagePage(Noun):
    """One page of a list of passages, newest document first."""

    items: tuple[Entry, ...] = Field(description="The passages.")
    total: int = Field(description="How many the filters leave.")
    next: str | None = Field(description=_NEXT)
    generation: str = Field(description=_GENERATION)


class FoundDocument(Entry):
    """A document by its summary."""

    found: int = Field(ge=1, description="How many of its passages the filters leave.")


class DocumentPage(Noun):
    """One page of a list of documents, newest first."""

    items: tuple[FoundDocument, ...] = Field(description="The documents.")
    total: int = Field(description="How many the filters leave.")
    next: str | None = Field(description=_NEXT)
    generation: str = Field(description=_GENERATION)


class DocumentView(Document):
    """A whole document, with what it is tied to."""

    card: Card = Field(description="The document in a line, its place by name.")
    citation: str = Field(description="One line that can be pasted: who, what, when, where.")
    ties: tuple[Tie, ...] = Field(description="Ties to other sources, in both directions.")
    generation: str = Field(description=_GENERATION)


class RecordView(Entry):
    """A record, with what its document is tied to and what is near it."""

    ties: tuple[Tie, ...] = Field(description="Ties of its document, in both directions.")
    nearest: tuple[Hit, ...] = Field(description="The demands that are nearest in meaning.")
    generation: str = Field(description=_GENERATION)


class CountedTopic(Topic):
    """A topic, with how much is filed under it and under its narrower topics."""

    narrower: tuple[str, ...] = Field(description="Ids of the topics that it contains.")
    records: int = Field(description="Records under it.")
    documents: int = Field(description="Documents with a passage under it.")


class TopicList(Noun):
    """The thesaurus."""

    items: tuple[CountedTopic, ...] = Field(description="Every topic, in the thesaurus' order.")
    generation: str = Field(description=_GENERATION)


class CountedPlace(Place):
    """A place, with how much is filed under it and under the places in it."""

    within: tuple[str, ...] = Field(description="Ids of what it lies in, innermost first.")
    contains: tuple[str, ...] = Field(description="Ids of the places right inside it.")
    records: int = Field(description="Records in it.")
    documents: int = Field(description="Documents in it.")


class PlaceList(Noun):
    """The gazetteer."""

    items: tuple[CountedPlace, ...] = Field(description="Every place, in the gazetteer's order.")
    generation: str = Field(description=_GENERATION)


class CoverageView(Coverage):
    """What is indexed where the filters look."""

    generation: str = Field(description=_GENERATION)


class Health(Noun):
    """What is served."""

    status: Literal["ok", "stale"] = Field(
        description="`stale`: a newer generation is published and cannot be opened."
    )
    generation: str = Field(description="The index generation that is served.")
    built: str = Field(description="The day on which it was built.")
    documents: int = Field(description="How many documents it holds.")
    passages: int = Field(description="How many passages it holds.")
    trouble: str | None = Field(description="Why a newer generation is not served.")
