"""The table of the world's places: a file written by `python -m indexer.places.make`.

Each line of the file is a place: id, names, level, parent, population, and `word` if the
name is also an ordinary word or a person's name. Lines that begin with `#` say where the data is
from. The first name is English, the second Spanish; a single name is used in both languages.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

from kb.domain.places import Label, Level, Place

FILE = "places.tsv"
ORDINARY = "word"
BETWEEN_NAMES = "|"


class Row(NamedTuple):
    """A place in the table."""

    id: str
    names: tuple[str, ...]  # English, Spanish, then others
    level: Level
    parent: str
    people: int  # 0 if unknown
    ordinary: bool = False  # whether the name is also an ordinary word or a person's name

    @property
    def place(self) -> Place:
        """Return the row as a Place, as gazetteers hold it."""
        english, *others = self.names
        label = Label.model_validate({"en": english, "es": others[0] if others else english})
        return Place(
            id=self.id,
            name=label,
            level=self.level,
            parent=self.parent,
            aliases=tuple(others[1:]),
        )


def read(lines: Iterable[str]) -> Iterator[Row]:
    """Yield a row for each line of a table, except lines that begin with `#`."""
    for line in lines:
        if not line.startswith("#"):
            id, names, level, parent, people, word = line.rstrip("\n").split("\t")
            yield Row(
                id,
                tuple(names.split(BETWEEN_NAMES)),
                cast("Level", level),
                parent,
                int(people or 0),
                word == ORDINARY,
            )


def written(row: Row) -> str:
    """Return a row as a line of the table, without a line break."""
    word = ORDINARY if row.ordinary else ""
    names = BETWEEN_NAMES.join(row.names)
    return "\t".join((row.id, names, row.level, row.parent, str(row.people or ""), word))


def people(place_id: str) -> int:
    """Return the population of a place, or 0 if it is unknown."""
    row = rows().get(place_id)
    return row.people if row else 0


@cache
def rows() -> dict[str, Row]:
    """Return the rows by place id, in the order of the file, which is read once per process."""
    text = (files("kb.places") / FILE).read_text("utf-8")
    return {row.id: row for row in read(text.splitlines())}
