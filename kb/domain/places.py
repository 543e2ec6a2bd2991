"""Places: entries of the gazetteer, in a tree whose root is the world."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import ConfigDict, Field

from kb.domain.base import Noun

Level = Literal["city", "county", "school-district", "state", "national", "international"]


class Label(Noun):
    """A text in English and optionally in other languages, by BCP 47 tag."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str] = Field(init=False)

    en: str = Field(description="Text in English.")

    @property
    def by_language(self) -> dict[str, str]:
        """Return the text by language, English first."""
        return {"en": self.en, **self.__pydantic_extra__}

    def in_language(self, language: str) -> str:
        """Return the text in a language, or in English if there is none.

        >>> label = Label(en="World", es="Mundo")
        >>> label.in_language("es"), label.in_language("fr")
        ('Mundo', 'World')
        """
        return self.__pydantic_extra__.get(language, self.en)


class Place(Noun):
    """A place in the gazetteer."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Permanent id, a slug.")
    name: Label = Field(description="Displayed name.")
    level: Level = Field(description="City, county, school district, state, nation or beyond.")
    iso3166: str | None = Field(
        None, description="ISO 3166 code of the place, or of the state or country that contains it."
    )
    parent: str | None = Field(None, description="Id of the place that contains this one.")
    aliases: tuple[str, ...] = Field((), description="Other names that people type.")


class Gazetteer:
    """All places, by id."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id = {place.id: place for place in places}

    def __iter__(self) -> Iterator[Place]:
        return iter(self.by_id.values())

    def path(self, place_id: str) -> tuple[Place, ...]:
        """Return the place and all places that contain it, innermost first."""
        found: list[Place] = []
        next_id: str | None = place_id
        while next_id and next_id in self.by_id and len(found) < len(self.by_id):
            found.append(self.by_id[next_id])
            next_id = found[-1].parent
        return tuple(found)

    def names(self, place: Place) -> tuple[str, ...]:
        """Return all names of a place, including its id."""
        return (place.id, *place.name.by_language.values(), *place.aliases)
