"""Topics: the thesaurus, in SKOS's terms, in English and Spanish."""

from collections.abc import Iterable, Iterator

from pydantic import Field

from kb.domain.noun import Noun
from kb.domain.places import Label


class AltLabels(Noun):
    """The other words that people use for a topic, by language."""

    en: tuple[str, ...] = Field((), description="Words in English.")
    es: tuple[str, ...] = Field((), description="Words in Spanish.")


class Topic(Noun):
    """One concept of the thesaurus (SKOS Concept)."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Slug, for ever.")
    prefLabel: Label = Field(description="The label that is shown.")  # noqa: N815 - SKOS's name
    definition: Label | None = Field(None, description="A plain sentence in both languages.")
    altLabel: AltLabels = Field(  # noqa: N815 - SKOS's name
        AltLabels(), description="Jargon, acronyms, slang, synonyms, opponents' terms."
    )
    broader: tuple[str, ...] = Field((), description="Ids of the topics that contain this one.")
    related: tuple[str, ...] = Field((), description="Ids of topics next to this one.")

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label in both languages, the preferred ones first."""
        return (self.prefLabel.en, self.prefLabel.es, *self.altLabel.en, *self.altLabel.es)


class Thesaurus:
    """Every topic, by id."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.by_id = {topic.id: topic for topic in topics}

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.by_id.values())

    def ancestors(self, topic_id: str) -> tuple[str, ...]:
        """The topic and every broader one, nearest first, without repeats."""
        found: list[str] = []
        queue = [topic_id]
        while queue:
            current = queue.pop(0)
            if current in self.by_id and current not in found:
                found.append(current)
                queue.extend(self.by_id[current].broader)
        return tuple(found)
