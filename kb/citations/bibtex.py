"""Export references as BibTeX in UTF-8, for biber, BibTeX and citation managers.

This module uses no library, because bibtexparser, which the tests use to parse the output, does not
escape text. Text from a source must not become a TeX command, a field or an entry.
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
# BibTeX has its own field name for the publisher of a report, web page or thesis.
_PUBLISHER = {"techreport": "institution", "misc": "howpublished", "phdthesis": "school"}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# TeX escapes of special characters. Braces become commands because BibTeX counts escaped
# braces too.
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
# URLs are verbatim fields without commands; only these characters could end them.
_URL_ESCAPES = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
# A comma or the word "and" within a name part would split the name.
_NAME_SEPARATOR = re.compile(r",|\band\b", re.IGNORECASE)
# Dates that biblatex parses: EDTF level 1 with seasons, open ranges and uncertainty.
_END = r"(?:\d{4}(?:-\d{2}(?:-(?:\d{2}|XX))?|-XX(?:-XX)?)?[?~%]?|\d{3}X|\d{2}XX)"
_BIBLATEX_DATE = re.compile(rf"{_END}(?:/(?:{_END}|\.\.)?)?|(?:\.\.)?/{_END}")
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9]+")


def bibtex(references: Sequence[Reference]) -> str:
    """Return the references as BibTeX, one entry each, with unique keys."""
    keys = _keys([str(reference.item["id"]) for reference in references])
    return "\n".join(map(_entry, keys, references))


def _keys(ids: Sequence[str]) -> list[str]:
    """Return a citation key for each id; no two keys differ only in case, which BibTeX ignores."""
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
    title = _words(item.get("title", ""))
    words = {
        "title": f"{{{title}}}" if title else "",  # a second pair of braces preserves its case
        "author": " and ".join(map(_name, item.get("author", ()))),
        _CONTAINER.get(kind, "note"): _words(item.get("container-title", "")),
        _PUBLISHER.get(kind, "publisher"): _words(item.get("publisher", "")),
    }
    yield from ((name, f"{{{value}}}") for name, value in words.items() if value)
    yield from _dates(item, reference.issued)
    for name in ("URL", "DOI"):
        if address := one_line(item.get(name, "")):
            yield name.lower(), f"{{{address.translate(_URL_ESCAPES)}}}"
    more = {
        "isbn": item.get("ISBN", ""),
        "language": item.get("language", ""),
        "keywords": ", ".join(reference.keywords),
        "abstract": reference.abstract,
        "annote": ". ".join(reference.notes),
    }
    yield from ((name, f"{{{value}}}") for name in more if (value := _words(more[name])))


def _words(value: Any) -> str:
    """Return the text on one line with TeX special characters escaped."""
    return one_line(value).translate(_ESCAPES)


def _name(name: dict[str, str]) -> str:
    """Return `Family, Suffix, Given`; braces protect a name that must not be split."""
    if "literal" in name or "given" not in name:
        return f"{{{_words(name.get('literal') or name.get('family', ''))}}}"
    parts = [_words(name.get(part, "")) for part in ("family", "suffix", "given")]
    return ", ".join(
        f"{{{part}}}" if _NAME_SEPARATOR.search(part) else part for part in parts if part
    )


def _dates(item: Item, edtf: str) -> Iterator[tuple[str, str]]:
    """Yield year and month for BibTeX, then the whole date for biblatex and Zotero.

    Zotero appends year and month to a date field before them, but a date field after them replaces
    them.
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
