"""Read the table of contents of an EPUB 3 or 2: a title for each file."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from indexer.importers.office.epub_items import Item, resolved
from indexer.importers.office.safe_xml import tree
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.zip_archive import Archive

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
    """Return the entries that refer to a whole file, by path."""
    found: dict[str, list[Entry]] = {}
    for home, entry in _entries(archive, items):
        found.setdefault(resolved(home, entry.address), []).append(entry)
    return {
        path: several[0]
        for path, several in found.items()
        if len(several) == 1 or "#" not in several[0].address
    }


def _entries(archive: Archive, items: dict[str, Item]) -> Iterator[tuple[str, Entry]]:
    """Return the entries, with the folder that their addresses are relative to."""
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
