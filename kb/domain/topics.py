"""Topics of the thesaurus, with field names from SKOS."""

from collections.abc import Iterable, Iterator

from pydantic import ConfigDict, Field

from kb.domain.base import Noun
from kb.domain.places import Label


class AltLabels(Noun):
    """Alternative labels of a topic, by language."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, tuple[str, ...]] = Field(init=False)

    en: tuple[str, ...] = Field((), description="Labels in English.")

    @property
    def by_language(self) -> dict[str, tuple[str, ...]]:
        """Return the labels by language, English first."""
        return {"en": self.en, **self.__pydantic_extra__}


class Topic(Noun):
    """A concept in the thesaurus (SKOS Concept)."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Permanent id, a slug.")
    prefLabel: Label = Field(description="Displayed label.")  # noqa: N815 - SKOS's name
    definition: Label | None = Field(
        None, description="Definition in one plain sentence, by language."
    )
    altLabel: AltLabels = Field(  # noqa: N815 - SKOS's name
        AltLabels(),
        description="Other labels: jargon, acronyms, slang, synonyms and opponents' terms.",
    )
    broader: tuple[str, ...] = Field((), description="Ids of the broader topics.")
    related: tuple[str, ...] = Field((), description="Ids of related topics.")

    @property
    def labels(self) -> tuple[str, ...]:
        """Return all labels in all languages, preferred labels first."""
        return tuple(label for _, label in self.labels_by_language)

    @property
    def labels_by_language(self) -> tuple[tuple[str, str], ...]:
        """Return (language, label) pairs for all labels, preferred labels first."""
        others = self.altLabel.by_language.items()
        return (
            *self.prefLabel.by_language.items(),
            *((language, label) for language, labels in others for label in labels),
        )


class Thesaurus:
    """All topics of the thesaurus, by id."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.by_id = {topic.id: topic for topic in topics}

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.by_id.values())

    def ancestors(self, topic_id: str) -> tuple[str, ...]:
        """Return the topic and all broader topics, nearest first, without unknown ids."""
        found: list[str] = []
        queue = [topic_id]
        while queue:
            current = queue.pop(0)
            if current in self.by_id and current not in found:
                found.append(current)
                queue.extend(self.by_id[current].broader)
        return tuple(found)
