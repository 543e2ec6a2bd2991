"""Look up places and topics by any of their names, and their labels by id."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from kb.domain.places import Gazetteer, Place
from kb.domain.queries import Filters
from kb.domain.topics import Thesaurus, Topic
from kb.errors import NotFoundError
from kb.places.index import MAX_NAME_WORDS, Match, index, tokens_of
from kb.places.table import people
from kb.text.analysis import Token, name_key

SHORT = 2  # letters; names of this length or less are recognized only in capitals
MUCH_LARGER = 5  # ratio of populations; places that are smaller by more are not offered
MAX_OTHERS = 4  # other places with the same name that the results mention


class NamedPlace(NamedTuple):
    """The place that a name is taken to mean, and other places with that name, likeliest first."""

    id: str
    others: tuple[str, ...] = ()


class Names:
    """An index of places and topics by all of their names.

    Places are those of the corpus, then those of the table of the world's places.
    """

    def __init__(self, topics: Iterable[Topic], places: Iterable[Place]) -> None:
        self.thesaurus, self.gazetteer = Thesaurus(topics), Gazetteer(places, _beyond)
        self._places = {
            name_key(name): place.id
            for place in self.gazetteer
            for name in self.gazetteer.names(place)
        }
        self._topics: dict[str, str] = {}
        for topic in self.thesaurus:
            for label in (topic.id, *topic.labels):
                self._topics.setdefault(name_key(label), topic.id)
        self._topics |= {name_key(topic.id): topic.id for topic in self.thesaurus}

    def prepare(self) -> None:
        """Read the table of the world's places, so that the first query need not wait for it."""
        index()

    def place(self, name: str) -> str:
        """Return the id of a place; for an unknown name, raise NotFoundError with similar ids."""
        return self.named_place(name).id

    def is_place(self, name: str) -> bool:
        """Return whether a place has this name."""
        return name_key(name) in self._places or bool(index().find(name))

    def listed_place(self, name: str) -> str:
        """Return the id of a place that the corpus lists; raise NotFoundError if there is none."""
        return _look_up("place", name, self._places)

    def named_place(self, name: str) -> NamedPlace:
        """Return the place that a name most likely means; raise NotFoundError if it is unknown.

        A place of the corpus is preferred, then a country, then a state, then the place with the
        largest population.
        """
        listed = self._places.get(name_key(name))
        if listed == name:
            return NamedPlace(name)
        found = index().find(name)
        if listed is None and not found:
            return NamedPlace(self.listed_place(name))
        return self._taken(listed or found[0], found)

    def _taken(self, place_id: str, same: Iterable[str]) -> NamedPlace:
        """Return a place and the others in `same`, except those that are much smaller."""
        least = people(place_id) / MUCH_LARGER
        others = [one for one in same if one != place_id and people(one) >= least]
        return NamedPlace(place_id, tuple(others[:MAX_OTHERS]))

    def topic(self, name: str) -> str:
        """Return the id of a topic; for an unknown name, raise NotFoundError with similar ids."""
        return _look_up("topic", name, self._topics)

    def resolve(self, filters: Filters) -> Filters:
        """Return the filters with the names of places and topics replaced by their ids.

        Raise NotFoundError if a name is unknown.
        """
        return filters.model_copy(
            update={
                "place": tuple(self.place(name) for name in filters.place),
                "topic": tuple(self.topic(name) for name in filters.topic),
            }
        )

    def places_in(self, text: str) -> tuple[str, ...]:
        """Return the ids of the places named in a text."""
        return tuple(dict.fromkeys(one.id for one in self.named_places(text)))

    def named_places(self, text: str) -> tuple[NamedPlace, ...]:
        """Return the places named in a text.

        Places followed by their state or country come first, then places of the corpus, then
        well-known places of the world. Each word belongs to one name only.
        """
        tokens, known = tokens_of(text), index()
        found: list[NamedPlace] = []
        used: set[int] = set()
        for matches, exact in (
            (known.qualified(text, tokens), True),
            (self._listed(text, tokens), False),
            (known.well_known(tokens), False),
        ):
            for match in matches:
                span = set(range(match.start, match.end))
                if not span & used:
                    used |= span
                    found.append(self._taken(match.ids[0], () if exact else match.ids[1:]))
        return tuple(found)

    def _listed(self, text: str, tokens: list[Token]) -> Iterator[Match]:
        """Yield the names of the corpus's places in a text, longest names first.

        Names of two letters must be in capitals, because `la`, `us` and `de` are ordinary words.
        They are ignored if the whole text is in capitals.
        """
        capitals = not text.isupper()
        for size in range(min(MAX_NAME_WORDS, len(tokens)), 0, -1):
            for start in range(len(tokens) - size + 1):
                name = " ".join(token.word for token in tokens[start : start + size])
                place = self._places.get(name)
                short = len(name) <= SHORT and not (
                    capitals and _typed(text, tokens[start]).isupper()
                )
                if place and not short:
                    same = index().find(name)
                    ids = (place, *(one for one in same if one != place))
                    yield Match(ids, start, start + size)

    def label(self, field: str, value: str) -> str:
        """Return the English label of a facet value."""
        if field == "topic" and value in self.thesaurus.by_id:
            return self.thesaurus.by_id[value].prefLabel.en
        if field == "place":
            return self.place_label(value)
        return value.replace("-", " ") if field in {"outcome", "level"} else value

    def place_label(self, place_id: str, language: str = "en") -> str:
        """Return the name of a place; if the corpus does not list it, return its full label."""
        listed = self.gazetteer.by_id.get(place_id)
        return listed.name.in_language(language) if listed else self.full_label(place_id, language)

    def full_label(self, place_id: str, language: str = "en") -> str:
        """Return the name of a place; for a city or county, add its state or country."""
        path = self.gazetteer.path(place_id)
        if not path:
            return place_id
        wide = [one for one in path[1:] if one.level in {"state", "national"}]
        shown = [path[0], *(wide[:1] if path[0].level not in {"state", "national"} else ())]
        return ", ".join(one.name.in_language(language) for one in shown)


def _typed(text: str, token: Token) -> str:
    return text[token.start : token.end]


def _beyond(place_id: str) -> Place | None:
    """Return a place in the table of the world's places, or None if its id is unknown."""
    return index().get(place_id)


def _look_up(noun: str, name: str, table: dict[str, str]) -> str:
    found = table.get(name_key(name))
    if found is None:
        near = sorted({table[key] for key in get_close_matches(name_key(name), table, n=5)})
        hint = f"similar: {', '.join(near)}" if near else "nothing is similar"
        raise NotFoundError(f"{noun} '{name[:80]}' is not known; {hint}. Next: kb {noun}s")
    return found
