"""Export references as RIS (Research Information Systems), for citation managers.

This module uses no library, because rispy, which the tests use to parse the output, keeps line
breaks in text, so that a line of the text may be parsed as a field.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from kb.citations.item import Item
from kb.citations.reference import Reference, ends, one_line

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "entry-encyclopedia": "ENCYC",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "pamphlet": "PAMP",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "regulation": "STAT",
    "report": "RPRT",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
_SEASONS = ("spring", "summer", "autumn", "winter")
_OTHER = "GEN"  # for types without a RIS type

_FIELDS = (
    ("TI", "title"),
    ("T2", "container-title"),
    ("PB", "publisher"),
    ("UR", "URL"),
    ("DO", "DOI"),
    ("SN", "ISBN"),
    ("LA", "language"),
)


def ris(references: Sequence[Reference]) -> str:
    """Return the references as RIS, each from a TY line to an ER line, with CRLF line endings."""
    return "".join(
        f"{tag}  - {value}\r\n" for reference in references for tag, value in _record(reference)
    )


def _record(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(reference.item["type"], _OTHER)
    for tag, value in _fields(reference):
        if words := one_line(value):
            yield tag, words
    yield "ER", ""


def _fields(reference: Reference) -> Iterator[tuple[str, Any]]:
    item = reference.item
    yield "ID", item["id"]
    for name in item.get("author", ()):
        yield "AU", _name(name)
    for tag, field in _FIELDS:
        yield tag, item.get(field, "")
    yield from _dates(item)
    for keyword in reference.keywords:
        yield "KW", keyword
    for note in reference.notes:
        yield "N1", note
    yield "AB", reference.abstract


def _name(name: dict[str, str]) -> str:
    """Return `Family, Given, Suffix`, or an organization's name unchanged."""
    parts = [name.get(part, "") for part in ("family", "given", "suffix")]
    return name.get("literal") or ", ".join(part for part in parts if part)


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    issued = item.get("issued", {})
    yield "PY", "".join(end[0] for end in ends(issued)[:1])
    yield "DA", _date(issued)
    yield "Y2", _date(item.get("accessed", {}))


def _date(date: Item) -> str:
    """Return `YYYY/MM/DD/` with unknown parts left empty; a literal follows the last `/`."""
    first, *last = ends(date) or [[]]
    words = [*(f"to {'-'.join(end)}" for end in last), date.get("literal", "")]
    words += [_SEASONS[date["season"] - 1]] if date.get("season") else []
    words += ["circa"] if date.get("circa") else []
    year, month, day = [*first, "", "", ""][:3]
    return "/".join([year, month, day, " ".join(filter(None, words))]) if date else ""
