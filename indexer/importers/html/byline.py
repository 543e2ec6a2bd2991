"""What a page does not state, but its markup and its first lines suggest: author, date, title."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import trafilatura
from lxml.html import HtmlElement

from indexer.importers.html.pieces import Piece
from indexer.importers.html.values import day, names
from indexer.importers.shared.titles import usable_title

DATE_LINE = 60  # characters of a line that gives place and date: `Madrid, 15 de mayo de 2021`
DATE_LINES = 6  # how many lines at the top of the text are looked at for it

# Two to five words with capitals, as persons are called; particles are small.
_PERSON = re.compile(
    r"[^\W\d_a-zß-ÿ][\w.'’-]*(?:\s(?:(?:de|del|la|las|los|y|da|dos|das|di|van|von|der|den|bin|al|el)"
    r"\s){0,2}[^\W\d_a-zß-ÿ][\w.'’-]*){1,4}"
)


class Seeming(NamedTuple):
    """Author and date, as the page looks; nothing where it shows none."""

    creator: tuple[str, ...]
    issued: str | None


def seeming(root: HtmlElement, main: Sequence[Piece], url: str | None) -> Seeming:
    """The author of a byline and the date of marked-up dates, by trafilatura; else a dated line."""
    document = trafilatura.extract_metadata(root, default_url=url, extensive=False)
    issued = document.date
    if issued and issued.endswith("-01-01"):  # what it makes of a year
        issued = issued[:4]
    host = re.sub(r"\W", "", (document.hostname or "").casefold())
    people = [
        name
        for name in names([document.author or ""])
        if _PERSON.fullmatch(name) and re.sub(r"\W", "", name.casefold()) != host
    ]
    return Seeming(tuple(people), issued or _date_line(main))


def is_person(name: str) -> bool:
    """Whether a name looks like a person's, and not like a word of a page's frame."""
    return _PERSON.fullmatch(name) is not None


def heading(main: Sequence[Piece]) -> str | None:
    """The first heading of the first level, else the first one that can be a title."""
    headings = [piece for piece in main if piece.kind == "heading"]
    ordered = sorted(headings, key=lambda piece: piece.level != 1)
    return next(filter(None, (usable_title(piece.text) for piece in ordered)), None)


def _date_line(main: Sequence[Piece]) -> str | None:
    """The day of a line near the top or at the end that gives little more than a date."""
    for piece in (*main[:DATE_LINES], *main[-2:]):
        if piece.kind == "paragraph" and len(piece.text) <= DATE_LINE:
            found = day(piece.text)
            if found and len(found) == len("2021-05-15"):
                return found
    return None
