"""Places: entries of the gazetteer, in a tree whose root is the world."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from pydantic import ConfigDict, Field

from kb.domain.base import Noun

Size = Literal["under-10k", "10k-50k", "50k-250k", "250k-1m", "over-1m"]
Level = Literal["city", "county", "school-district", "state", "national", "international"]


_SIZES: tuple[tuple[int, Size], ...] = (
    (10_000, "under-10k"), (50_000, "10k-50k"), (250_000, "50k-250k"), (1_000_000, "250k-1m"),
)  # fmt: skip


def size_of(people: int) -> Size | None:
    """Return the size class of a city from its population, or None for 0, which means unknown.

    >>> size_of(9_999), size_of(542_107), size_of(0)
    ('under-10k', '250k-1m', None)
    """
    if not people:
        return None
    return next((size for most, size in _SIZES if people < most), "over-1m")


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
        """Return the text in the given language, or in English if there is no translation.

        >>> label = Label(en="World", es="Mundo")
        >>> label.in_language("es"), label.in_language("fr")
        ('Mundo', 'World')
        """
        return self.__pydantic_extra__.get(language, self.en)


class Place(Noun):
    """A place in the gazetteer."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Permanent id, a slug.")
    name: Label = Field(description="Displayed name.")
    level: Level = Field(
        description="City, county, school district, state, national or international."
    )
    iso3166: str | None = Field(
        None, description="ISO 3166 code of the place, or of the state or country that contains it."
    )
    parent: str | None = Field(None, description="Id of the place that contains this one.")
    aliases: tuple[str, ...] = Field((), description="Other names that people type.")


def _nothing(_: str) -> Place | None:
    return None


class Gazetteer:
    """All places of a corpus, by id; `beyond` looks up the ids of places not in the corpus."""

    def __init__(
        self, places: Iterable[Place], beyond: Callable[[str], Place | None] = _nothing
    ) -> None:
        self.by_id = {place.id: place for place in places}
        self._beyond = beyond

    def __iter__(self) -> Iterator[Place]:
        return iter(self.by_id.values())

    def get(self, place_id: str) -> Place | None:
        """Return the place with this id, from the corpus or from `beyond`, or None if unknown."""
        return self.by_id.get(place_id) or self._beyond(place_id)

    def path(self, place_id: str) -> tuple[Place, ...]:
        """Return the place and all places that contain it, innermost first; empty if unknown."""
        found: dict[str, Place] = {}
        place = self.get(place_id)
        while place and place.id not in found:
            found[place.id] = place
            place = self.get(place.parent) if place.parent else None
        return tuple(found.values())

    def names(self, place: Place) -> tuple[str, ...]:
        """Return all names of a place, including its id."""
        return (place.id, *place.name.by_language.values(), *place.aliases)
