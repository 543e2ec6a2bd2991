"""Read the manifest, reading order and table of contents of an EPUB."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from indexer.importers.office.safe_xml import tree
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.zip_archive import Archive

CONTAINER = "META-INF/container.xml"
_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_TEXT = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_TEXT_NAMES = (".xhtml", ".html", ".htm", ".xml")


class Item(NamedTuple):
    """A file listed in the manifest."""

    path: str
    kind: str  # media type
    properties: frozenset[str]


def root(archive: Archive) -> str:
    """Return the path of the package document. Raise UnreadableError if there is none."""
    for one in tree(archive, CONTAINER).iter(_ROOTFILE):
        path = one.get("full-path", "")
        if path in archive:
            return str(path)
    expected = "a complete book. Next: download it again"
    raise archive.wrong(CONTAINER, "names no package document", expected)


def items(package: etree._Element, home: str) -> dict[str, Item]:
    """Return the manifest items by id; `home` is the folder of the package document."""
    return {
        one.get("id", ""): Item(
            resolved(home, one.get("href", "")),
            one.get("media-type", ""),
            frozenset(one.get("properties", "").split()),
        )
        for one in package.iter("{*}item")
    }


def resolved(home: str, address: str) -> str:
    """Resolve a relative URL to a path in the book, without its fragment."""
    return posixpath.normpath(posixpath.join(home, unquote(urlsplit(address).path)))


def spine(package: etree._Element, listed: dict[str, Item]) -> Iterator[Item]:
    """Yield the text files in the order of the spine."""
    for one in package.iter("{*}itemref"):
        item = listed.get(one.get("idref", ""))
        if item and (item.kind in _TEXT or item.path.endswith(_TEXT_NAMES)):
            yield item


_XHTML = "{http://www.w3.org/1999/xhtml}"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_NCX_KIND = "application/x-dtbncx+xml"


class Entry(NamedTuple):
    """An entry of the table of contents."""

    title: str
    level: int  # 1 to 6
    address: str


def titles(archive: Archive, items: dict[str, Item]) -> dict[str, Entry]:
    """Return the entry in the table of contents that is the title of each file, by path.

    A file with several entries has no title unless the first is for the whole file.
    """
    found: dict[str, list[Entry]] = {}
    for home, entry in _entries(archive, items):
        found.setdefault(resolved(home, entry.address), []).append(entry)
    return {
        path: several[0]
        for path, several in found.items()
        if len(several) == 1 or "#" not in several[0].address
    }


def _entries(archive: Archive, items: dict[str, Item]) -> Iterator[tuple[str, Entry]]:
    """Yield the folder that relative URLs start from, with each entry in the table of contents."""
    for item in items.values():
        if item.path not in archive:
            continue
        read = _nav if "nav" in item.properties else _ncx if item.kind == _NCX_KIND else None
        if read is not None:
            contents = list(read(tree(archive, item.path, recover=True)))
            yield from ((posixpath.dirname(item.path), entry) for entry in contents if entry.title)
            if contents:
                return


def _nav(root: etree._Element) -> Iterator[Entry]:
    for nav in root.iter(f"{_XHTML}nav"):
        if "toc" in nav.get(_TYPE, "toc").split():
            for link in nav.iter(f"{_XHTML}a"):
                depth = sum(1 for _ in link.iterancestors(f"{_XHTML}ol"))
                text = one_line("".join(link.itertext()))
                yield Entry(text, min(max(depth, 1), 6), link.get("href", ""))


def _ncx(root: etree._Element) -> Iterator[Entry]:
    for point in root.iter(f"{_NCX}navPoint"):
        depth = 1 + sum(1 for _ in point.iterancestors(f"{_NCX}navPoint"))
        content = point.find(f"{_NCX}content")
        text = one_line(point.findtext(f"{_NCX}navLabel/{_NCX}text") or "")
        if content is not None:
            yield Entry(text, min(depth, 6), content.get("src", ""))
