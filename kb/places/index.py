"""Look up places of the world by name, and find the place names in a query."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from kb.domain.places import Place
from kb.places.table import Row, rows
from kb.text.analysis import Token, name_key, words
from kb.text.prefixes import LAST

MAX_NAME_WORDS = 6  # longer names are not searched for in a query
MAX_WORDS = 40  # only the first words of a query are searched for places
# Cities with at least this many people are recognized in a query without their state or country.
WELL_KNOWN, WELL_KNOWN_ABROAD, WELL_KNOWN_ALONE = 100_000, 500_000, 25_000
MIN_TYPED, MAX_BEGINNING = 2, 20  # least characters typed, and most places returned for them
SPELLED = {"saint": "st", "ft": "fort", "mt": "mount"}
BETWEEN = frozenset({"in", "en", "de", "of"})  # words between a place and its state
COUNTRY = "us"


class Match(NamedTuple):
    """A place name in a query: the ids it may mean, likeliest first, and its span of words."""

    ids: tuple[str, ...]
    start: int  # number of the first word
    end: int  # number of the first word after the name


class PlaceIndex:
    """An index, by name, of the places in the table of the world's places."""

    def __init__(self, table: Mapping[str, Row]) -> None:
        self.rows = table
        found: dict[str, list[str]] = {}
        self._areas: dict[str, str] = {}  # states and countries by name
        self.codes: dict[str, str] = {}  # states by postal abbreviation
        for row in table.values():
            for name in row.names:
                key = _key(name)
                found.setdefault(key, []).append(row.id)
                if row.level in {"state", "national"}:
                    self._areas.setdefault(key, row.id)
            if row.level == "state":
                self.codes[row.id.rpartition("-")[2]] = row.id
        self._ids = {key: self._by_size(ids) for key, ids in found.items()}

    def _by_size(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return place ids without duplicates: countries, states, then others by population."""
        if len(ids) == 1:
            return tuple(ids)
        large = {"national": 0, "state": 1}
        return tuple(
            sorted(
                dict.fromkeys(ids),
                key=lambda id: (large.get(self.rows[id].level, 2), -self.rows[id].people, id),
            )
        )

    def get(self, place_id: str) -> Place | None:
        """Return the place with an id, or None if the id is unknown."""
        row = self.rows.get(place_id)
        return row.place if row else None

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids of the places with a name or id, likeliest first; empty if there are none.

        Countries come first, then states, then other places by population. If the name ends with a
        state or country, only places in that area are returned.

        >>> index().find("Toledo")[0], index().find("Springfield MA"), index().find("Atlantis")
        ('us-oh-toledo', ('us-ma-springfield',), ())
        """
        if name in self.rows:
            return (name,)
        tokens = _spelled(name_key(name).split())[: MAX_NAME_WORDS * 2]
        found = self._ids.get(" ".join(tokens))
        if found:
            return found
        for at in range(len(tokens) - 1, 0, -1):
            area = self._area(tokens[at:], codes=True)
            head = tokens[:at]
            inside = self._within(head[:-1] if head[-1] in BETWEEN else head, area) if area else ()
            if inside:  # otherwise a longer name may follow: West Virginia, New Mexico
                return inside
        return ()

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._ids)

    def beginning(self, typed: str, limit: int = MAX_BEGINNING) -> list[str]:
        """Return the ids of at most `limit` places whose names begin with a text, likeliest first.

        If there are none, return the places that `find` returns for the text.

        >>> index().beginning("toled")[:2], index().beginning("toledo, oh")
        (['us-oh-toledo', 'ph-toledo'], ['us-oh-toledo'])
        """
        key = " ".join(_spelled(name_key(typed).split()))
        if len(key) < MIN_TYPED:
            return []
        start = bisect_left(self._sorted, key)
        end = bisect_left(self._sorted, key + LAST, start)
        ids = [id for name in self._sorted[start:end] for id in self._ids[name]]
        return list(self._by_size(ids)[:limit]) or list(self.find(typed))[:limit]

    def _area(self, tokens: Sequence[str], codes: bool) -> str | None:
        key = " ".join(tokens)
        return self._areas.get(key) or (self.codes.get(key) if codes else None)

    def _within(self, tokens: Sequence[str], area: str) -> tuple[str, ...]:
        """Return the ids of the places with a name that are in a state or country."""
        found = self._ids.get(" ".join(tokens), ())
        return tuple(one for one in found if self.is_within(one, area) and one != area)

    def is_within(self, place_id: str, area: str) -> bool:
        """Return whether a place is the area itself or lies in it; False if its id is unknown."""
        next_id = place_id
        while next_id in self.rows:
            if next_id == area:
                return True
            next_id = self.rows[next_id].parent
        return False

    def qualified(self, text: str, tokens: Sequence[Token]) -> Iterator[Match]:
        """Yield the place names in a query that their state or country follows, longest first.

        A postal abbreviation must be in capitals. If the place name is also an ordinary word, a
        comma must follow it.
        """
        plain = _spelled(one.word for one in tokens)
        for at, size in _spans(len(tokens)):
            head, after = plain[at : at + size], at + size
            ids = self._ids.get(" ".join(head))
            if not ids:
                continue
            area, end = self._area_after(text, tokens, plain, after)
            inside = self._within(head, area) if area else ()
            comma = "," in text[tokens[after - 1].end : tokens[after].start] if inside else False
            if inside and (comma or not self.rows[inside[0]].ordinary):
                yield Match(inside, at, end)

    def _area_after(
        self, text: str, tokens: Sequence[Token], plain: Sequence[str], start: int
    ) -> tuple[str | None, int]:
        """Return the state or country whose name begins at a word, or None, and the name's end."""
        if start < len(plain) and plain[start] in BETWEEN:
            found = self._area_after(text, tokens, plain, start + 1)
            if found[0]:
                return found
        for end in range(min(len(plain), start + 4), start, -1):
            typed = text[tokens[start].start : tokens[end - 1].end]
            area = self._area(plain[start:end], codes=typed.isupper())
            if area:
                return area, end
        return None, start

    def well_known(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Yield the place names that are clear without a state or country, longest first.

        Names that are also ordinary words or names of people are left out.
        """
        plain = _spelled(one.word for one in tokens)
        for at, size in _spans(len(tokens)):
            ids = self._ids.get(" ".join(plain[at : at + size]))
            if ids and self._is_well_known(ids):
                yield Match(ids, at, at + size)

    def _is_well_known(self, ids: Sequence[str]) -> bool:
        first = self.rows[ids[0]]
        if first.ordinary:
            return False
        if first.level == "city":
            of_us = first.id.startswith(f"{COUNTRY}-")
            alone = of_us and len(ids) == 1 and first.people >= WELL_KNOWN_ALONE
            return alone or first.people >= (WELL_KNOWN if of_us else WELL_KNOWN_ABROAD)
        return first.level in {"state", "national"} or len(ids) == 1


def _spans(size: int) -> Iterator[tuple[int, int]]:
    """Yield (start, length) of every span of up to MAX_NAME_WORDS words, longest first."""
    for length in range(min(MAX_NAME_WORDS, size), 0, -1):
        for start in range(size - length + 1):
            yield start, length


def tokens_of(text: str) -> list[Token]:
    """Return the first MAX_WORDS words of a text as tokens."""
    return words(text)[:MAX_WORDS]


def _key(name: str) -> str:
    """Return the lookup key of a name: its folded words, with SPELLED applied."""
    plain = name.replace(" ", "")
    key = name.lower() if plain.isascii() and plain.isalpha() else name_key(name)
    return " ".join(_spelled(key.split()))


def _spelled(folded: Iterable[str]) -> list[str]:
    """Return folded words, each replaced by its spelling in SPELLED if it has one."""
    return [SPELLED.get(word, word) for word in folded]


@cache
def index() -> PlaceIndex:
    """Return the index of the world's places, which is built once per process."""
    return PlaceIndex(rows())
