"""Look up places and topics by any of their names, and labels by id."""

from collections.abc import Iterable
from difflib import get_close_matches

from kb.domain.places import Gazetteer, Place
from kb.domain.queries import Filters
from kb.domain.topics import Thesaurus, Topic
from kb.errors import NotFoundError
from kb.text.analysis import name_key, words

MAX_PLACE_NAME_WORDS = 6  # longer place names are not searched for in a query


class Names:
    """An index of places and topics by all of their names."""

    def __init__(self, topics: Iterable[Topic], places: Iterable[Place]) -> None:
        self.thesaurus, self.gazetteer = Thesaurus(topics), Gazetteer(places)
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

    def place(self, name: str) -> str:
        """Return the id of a place; raise NotFoundError with the nearest ids if it is unknown."""
        return _look_up("place", name, self._places)

    def topic(self, name: str) -> str:
        """Return the id of a topic; raise NotFoundError with the nearest ids if it is unknown."""
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
        """Return the ids of the places named in a text, longest names first."""
        tokens = [token.word for token in words(text)]
        found: dict[str, None] = {}
        used: set[int] = set()
        for size in range(min(MAX_PLACE_NAME_WORDS, len(tokens)), 0, -1):
            for start in range(len(tokens) - size + 1):
                span = set(range(start, start + size))
                place = self._places.get(" ".join(tokens[start : start + size]))
                if place and not span & used:
                    used |= span
                    found[place] = None
        return tuple(found)

    def label(self, field: str, value: str) -> str:
        """Return the English label of a facet value."""
        if field == "topic" and value in self.thesaurus.by_id:
            return self.thesaurus.by_id[value].prefLabel.en
        if field == "place" and value in self.gazetteer.by_id:
            return self.gazetteer.by_id[value].name.en
        return value.replace("-", " ") if field in {"outcome", "level"} else value


def _look_up(noun: str, name: str, table: dict[str, str]) -> str:
    found = table.get(name_key(name))
    if found is None:
        near = sorted({table[key] for key in get_close_matches(name_key(name), table, n=5)})
        hint = f"similar: {', '.join(near)}" if near else "nothing is similar"
        raise NotFoundError(f"{noun} '{name[:80]}' is not known; {hint}. Next: kb {noun}s")
    return found
