"""Compute the numbers that Word prints before paragraphs, such as 1.1, (a) or Article IV."""

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from indexer.importers.office.docx_styles import OFF, VAL, Styles, W, value, whole
from indexer.importers.shared.numerals import NUMERALS, ordinal

_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "lowerLetter": NUMERALS["a"],
    "upperLetter": NUMERALS["A"],
    "lowerRoman": NUMERALS["i"],
    "upperRoman": NUMERALS["I"],
    "ordinal": ordinal,
    "none": lambda _: "",
}
_PLACE = re.compile(r"%([1-9])")


class Level(NamedTuple):
    """The numbering of one level of a list."""

    start: int
    form: str
    text: str  # a template: in "%1.%2", the numbers of the first and second level
    legal: bool  # whether all numbers are decimal, regardless of the format of their levels
    restarts: int  # numbering restarts after a number at any level before this one


class _List(NamedTuple):
    """A list, made from a `w:num`; lists with the same `abstract` share their counters."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int]  # start number of this list, by level
    styles: dict[str, int]  # level of the paragraphs in a style, by style id


_Place = tuple[str, int]  # id of a list, and a level in it


class Numbers:
    """Counters for the numbered paragraphs of a document, which must be passed in order."""

    def __init__(self, numbering: etree._Element | None, styles: Styles) -> None:
        self._lists = _lists(numbering) if numbering is not None else {}
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[_Place] = set()

    def next(self, paragraph: etree._Element) -> str | None:
        """Return the printed number of a paragraph, or None if it has none or has a bullet."""
        place = self._place(paragraph)
        listed = self._lists.get(place[0]) if place else None
        if place is None or listed is None or place[1] not in listed.levels:
            return None
        at = place[1]
        counts = self._counts.setdefault(listed.abstract, {})
        counts[at] = self._count(place, listed, counts)
        for higher in range(at):  # a level that was skipped counts as begun
            if higher in listed.levels:
                counts.setdefault(higher, listed.levels[higher].start)
        for lower in [one for one in counts if one > at]:
            if lower not in listed.levels or at < listed.levels[lower].restarts:
                del counts[lower]
        return _label(listed.levels, at, counts)

    def _count(self, place: _Place, listed: _List, counts: dict[int, int]) -> int:
        at, first = place[1], place not in self._begun
        self._begun.add(place)
        if first and at in listed.restarts:
            return listed.restarts[at]
        return counts.get(at, listed.levels[at].start - 1) + 1

    def _place(self, paragraph: etree._Element) -> _Place | None:
        number = self._styles.stated(paragraph, "pPr/numPr/numId")
        level = self._styles.stated(paragraph, "pPr/numPr/ilvl")
        if not number or number == "0":
            return None
        if not level:
            style, listed = value(paragraph, "pPr/pStyle"), self._lists.get(number)
            return number, listed.styles.get(style or "", 0) if listed else 0
        return number, whole(level, 0)


def _label(levels: dict[int, Level], at: int, counts: dict[int, int]) -> str | None:
    level = levels[at]
    if level.form == "bullet":
        return None
    places = [int(one) - 1 for one in _PLACE.findall(level.text)]
    if any(one not in levels or levels[one].form not in _FORMS for one in places):
        return None

    def printed(match: re.Match[str]) -> str:
        one = int(match[1]) - 1
        form = "decimal" if level.legal else levels[one].form
        return _FORMS[form](counts.get(one, levels[one].start))

    return " ".join(_PLACE.sub(printed, level.text).split()) or None


def _lists(root: etree._Element) -> dict[str, _List]:
    abstracts = {one.get(f"{W}abstractNumId", ""): one for one in root.iter(f"{W}abstractNum")}
    homes = {value(one, "styleLink"): key for key, one in abstracts.items()}  # by style name
    found = {}
    for number in root.iter(f"{W}num"):
        key = value(number, "abstractNumId") or ""
        linked = value(abstracts[key], "numStyleLink") if key in abstracts else None
        key = homes.get(linked, key) if linked else key
        if key in abstracts:
            found[number.get(f"{W}numId", "")] = _list(key, abstracts[key], number)
    return found


def _list(key: str, abstract: etree._Element, number: etree._Element) -> _List:
    levels = {whole(one.get(f"{W}ilvl"), 0): one for one in abstract.iterfind(f"{W}lvl")}
    restarts = {}
    for override in number.iterfind(f"{W}lvlOverride"):
        at, own = whole(override.get(f"{W}ilvl"), 0), override.find(f"{W}lvl")
        if own is not None:
            levels[at] = own
        if (start := value(override, "startOverride")) is not None:
            restarts[at] = whole(start, 1)
    styles = {style: at for at, one in levels.items() if (style := value(one, "pStyle"))}
    return _List(key, {at: _level(one, at) for at, one in levels.items()}, restarts, styles)


def _level(level: etree._Element, at: int) -> Level:
    legal = level.find(f"{W}isLgl")
    return Level(
        start=whole(value(level, "start"), 0),
        form=value(level, "numFmt") or "decimal",
        text=value(level, "lvlText") or "",
        legal=legal is not None and legal.get(VAL) not in OFF,
        restarts=whole(value(level, "lvlRestart"), at),
    )
