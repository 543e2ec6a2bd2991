"""Read the manifest and the spine (reading order) of an EPUB."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from indexer.importers.office.safe_xml import tree
from indexer.importers.shared.zip_archive import Archive

CONTAINER = "META-INF/container.xml"
_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_TEXT = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_TEXT_NAMES = (".xhtml", ".html", ".htm", ".xml")


class Item(NamedTuple):
    """A manifest item."""

    path: str
    kind: str  # media type
    properties: frozenset[str]


def root(archive: Archive) -> str:
    """Return the path of the package document; UnreadableError if there is none."""
    for one in tree(archive, CONTAINER).iter(_ROOTFILE):
        path = one.get("full-path", "")
        if path in archive:
            return str(path)
    raise archive.wrong(CONTAINER, "names no package document", "a whole book; download it again")


def items(package: etree._Element, home: str) -> dict[str, Item]:
    """Return the files by id; `home` is the folder of the package document."""
    return {
        one.get("id", ""): Item(
            resolved(home, one.get("href", "")),
            one.get("media-type", ""),
            frozenset(one.get("properties", "").split()),
        )
        for one in package.iter("{*}item")
    }


def resolved(home: str, address: str) -> str:
    """Resolve a relative address to a path in the book, without its fragment."""
    return posixpath.normpath(posixpath.join(home, unquote(urlsplit(address).path)))


def spine(package: etree._Element, listed: dict[str, Item]) -> Iterator[Item]:
    """Return the text files in reading order, then those not in the spine: they may hold notes."""
    for one in package.iter("{*}itemref"):
        item = listed.get(one.get("idref", ""))
        if item and (item.kind in _TEXT or item.path.endswith(_TEXT_NAMES)):
            yield item
