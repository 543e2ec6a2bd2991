"""References -> BibTeX, as biber, BibTeX and citation managers read it; in UTF-8.

It is written by hand on purpose: bibtexparser, which tests read it back with, escapes nothing,
and here no text of a source may become an instruction of TeX, a field or an entry.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kb.citations.item import Item
from kb.citations.reference import Reference, ends, one_line

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "classic": "book",
    "collection": "book",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "report": "techreport",
    "thesis": "phdthesis",
}
_OTHER = "misc"
_CONTAINER = {"article": "journal", "incollection": "booktitle"}
# Who brings out a report or hosts a page has a name of its own in BibTeX.
_PUBLISHER = {"techreport": "institution", "misc": "howpublished", "phdthesis": "school"}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Each character that TeX would read as an instruction, as TeX prints it. The braces are named
# by commands, for BibTeX counts braces and an escaped one too.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
# Addresses are read letter by letter, so they take no commands; these alone could end them.
_IN_ADDRESSES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
# A comma or the word «and» within a part would divide the name.
_TAKEN_APART = re.compile(r",|\band\b", re.IGNORECASE)
# The dates that biblatex reads: EDTF of level 1 with days, seasons, open ends and doubts.
_END = r"(?:\d{4}(?:-\d{2}(?:-(?:\d{2}|XX))?|-XX(?:-XX)?)?[?~%]?|\d{3}X|\d{2}XX)"
_BIBLATEX_DATE = re.compile(rf"{_END}(?:/(?:{_END}|\.\.)?)?|(?:\.\.)?/{_END}")
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9]+")


def bibtex(references: Sequence[Reference]) -> str:
    """An entry for each reference, each under a key of its own."""
    keys = _keys([str(reference.item["id"]) for reference in references])
    return "\n".join(map(_entry, keys, references))


def _keys(ids: Sequence[str]) -> list[str]:
    """Keys after the ids, unique without regard to case, as BibTeX compares them."""
    keys: dict[str, str] = {}
    for one in ids:
        key = plain = _NOT_IN_KEYS.sub("-", one).strip("-") or "reference"
        number = 1
        while key.casefold() in keys:
            number += 1
            key = f"{plain}-{number}"
        keys[key.casefold()] = key
    return list(keys.values())


def _entry(key: str, reference: Reference) -> str:
    kind = _TYPES.get(reference.item["type"], _OTHER)
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(kind, reference))
    return f"@{kind}{{{key},\n{fields}}}\n"


def _fields(kind: str, reference: Reference) -> Iterator[tuple[str, str]]:
    item = reference.item
    words = {
        # The second pair of braces keeps the title's capitals as they are.
        "title": f"{{{_words(item['title'])}}}",
        "author": " and ".join(map(_name, item.get("author", ()))),
        _CONTAINER.get(kind, "note"): _words(item.get("container-title", "")),
        _PUBLISHER.get(kind, "publisher"): _words(item.get("publisher", "")),
    }
    yield from ((name, f"{{{value}}}") for name, value in words.items() if value)
    yield from _dates(item, reference.issued)
    for name in ("URL", "DOI"):
        if address := one_line(item.get(name, "")):
            yield name.lower(), f"{{{address.translate(_IN_ADDRESSES)}}}"
    more = {
        "isbn": item.get("ISBN", ""),
        "language": item.get("language", ""),
        "keywords": ", ".join(reference.keywords),
        "abstract": reference.abstract,
        "annote": ". ".join(reference.notes),
    }
    yield from ((name, f"{{{value}}}") for name in more if (value := _words(more[name])))


def _words(value: Any) -> str:
    """Words on one line in which TeX sees no instruction."""
    return one_line(value).translate(_ESCAPES)


def _name(name: dict[str, str]) -> str:
    """`Family, Suffix, Given`; braces hold together a name that must not be taken apart."""
    if "literal" in name or "given" not in name:
        return f"{{{_words(name.get('literal') or name.get('family', ''))}}}"
    parts = [_words(name.get(part, "")) for part in ("family", "suffix", "given")]
    return ", ".join(f"{{{part}}}" if _TAKEN_APART.search(part) else part for part in parts if part)


def _dates(item: Item, edtf: str) -> Iterator[tuple[str, str]]:
    """Return year and month for BibTeX, then the whole date for biblatex and Zotero.

    Zotero joins year and month to a date that comes before them, and takes one that comes last.
    """
    issued = item.get("issued", {})
    dated = ends(issued)
    if year := "--".join(end[0] for end in dated) or _words(issued.get("literal", "")):
        yield "year", f"{{{year}}}"
    if len(dated) == 1 and len(dated[0]) > 1:
        yield "month", _MONTHS[int(dated[0][1]) - 1]
    if _BIBLATEX_DATE.fullmatch(edtf):
        yield "date", f"{{{edtf}}}"
    for seen in ends(item.get("accessed", {}))[:1]:
        yield "urldate", f"{{{'-'.join(seen)}}}"
