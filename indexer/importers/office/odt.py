"""Prepare an OpenDocument text for pandoc: rewrite text that pandoc would ignore."""

from pathlib import Path

from lxml import etree

from indexer.importers.office import metadata
from indexer.importers.office.metadata import Prepared
from indexer.importers.office.safe_xml import in_utf8, tree
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.titles import usable_title
from indexer.importers.shared.zip_archive import Archive, write

_CONTENT, _STYLES, _LIST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_LOCK = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT = f"{{{_OASIS}text:1.0}}"
TABLE = f"{{{_OASIS}table:1.0}}"
DRAW = f"{{{_OASIS}drawing:1.0}}"
OFFICE = f"{{{_OASIS}office:1.0}}"
STYLE = f"{{{_OASIS}style:1.0}}"

_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_LINES = (f"{STYLE}text-line-through-style", f"{STYLE}text-line-through-type")
_FAMILY = f"{STYLE}family"
_MADE = "madeStruck"
_TITLE = "Title"
# Elements that pandoc reads within a paragraph; the others are fields, marks and form controls.
_READ = {
    f"{TEXT}{name}"
    for name in (
        "p h span s tab line-break a note note-body note-citation bibliography-mark bookmark"
        " bookmark-start reference-mark-start bookmark-ref reference-ref sequence list list-item"
        " list-header section"
    ).split()
}
# Comments, deleted text in tracked changes, and the pronunciation of words.
_UNPRINTED = [f"{OFFICE}annotation", f"{OFFICE}annotation-end"]
_UNPRINTED += [f"{TEXT}tracked-changes", f"{TEXT}ruby-text"]


class Styles:
    """Text styles of a document, common and automatic, with inheritance."""

    def __init__(self, content: etree._Element, styles: etree._Element) -> None:
        self._known: dict[str, tuple[str, list[str]]] = {}  # parent and strikethrough lines
        for style in (*styles.iter(f"{STYLE}style"), *content.iter(f"{STYLE}style")):
            words = style.find(f"{STYLE}text-properties")
            lines = [] if words is None else [one for key in _LINES if (one := words.get(key))]
            parent = style.get(f"{STYLE}parent-style-name", "")
            self._known[style.get(f"{STYLE}name", "")] = parent, lines

    def names(self, element: etree._Element) -> list[str]:
        """Return the names of an element's style and of its parent styles."""
        found: list[str] = []
        name = element.get(f"{TEXT}style-name", "")
        while name and name not in found:
            found.append(name)
            name = self._known.get(name, ("", []))[0]
        return found

    def strikes(self, element: etree._Element) -> bool:
        """Return whether the style of an element sets strikethrough."""
        stated = (self._known.get(name, ("", []))[1] for name in self.names(element))
        return any(line != "none" for line in next(filter(None, stated), []))


def prepare(archive: Archive, folder: Path) -> Prepared:
    """Write a copy of an ODT file, rewritten for pandoc, to `folder`; return it with its metadata.

    Raise UnreadableError if a part is damaged or the document is encrypted.
    """
    if _LIST in archive and any(True for _ in tree(archive, _LIST).iter(_LOCK)):
        raise archive.wrong(_LIST, "encrypted", "a document without a password")
    content, styles = tree(archive, _CONTENT), tree(archive, _STYLES)
    looks = Styles(content, styles)
    changed = next(content.iter(f"{TEXT}changed-region"), None) is not None
    etree.strip_elements(content, *_UNPRINTED, with_tail=False)
    _flatten_cells(content)
    _flatten_notes(content)
    _hoist_boxes(content)
    _keep_fields(content)
    _write_strikes(content, looks)
    about = metadata.of_odt(archive)
    # A title may be in a style that is derived from the one for titles.
    titles = (_words(one) for one in content.iter(*_PARAGRAPHS) if _TITLE in looks.names(one))
    about = about._replace(title=usable_title(about.title) or next(titles, None))
    formulas = [one for one in archive.names if one.endswith("/content.xml")]
    parts = {one: in_utf8(tree(archive, one)) for one in formulas}
    file = folder / "document.odt"
    write(file, parts | {_CONTENT: in_utf8(content), _STYLES: in_utf8(styles)})
    return Prepared(file, "odt", about, changed=changed)


def _write_strikes(content: etree._Element, styles: Styles) -> None:
    """Give struck-through text its own style, because pandoc ignores inherited strikethrough."""
    home = content.find(f"{OFFICE}automatic-styles")
    if home is None:
        home = etree.Element(f"{OFFICE}automatic-styles")
        content.insert(0, home)
    made = etree.SubElement(home, f"{STYLE}style", {f"{STYLE}name": _MADE, _FAMILY: "text"})
    etree.SubElement(made, f"{STYLE}text-properties", {_LINES[0]: "solid"})
    for element in list(content.iter(f"{TEXT}p", f"{TEXT}h", f"{TEXT}span")):
        if styles.strikes(element):
            span = etree.Element(f"{TEXT}span", {f"{TEXT}style-name": _MADE})
            span.text, element.text = element.text, None
            span.extend(list(element))
            element.append(span)


def _flatten_cells(content: etree._Element) -> None:
    """Turn tables and headings inside a cell, which pandoc ignores, into paragraphs."""
    for cell in list(content.iter(f"{TABLE}table-cell")):
        for inner in list(cell.iterfind(f"{TABLE}table")):
            for row in inner.iter(f"{TABLE}table-row"):
                cells = (one.iter(*_PARAGRAPHS) for one in row.iterfind(f"{TABLE}table-cell"))
                line = etree.Element(f"{TEXT}p")
                line.text = " / ".join(" ".join(filter(None, map(_words, one))) for one in cells)
                inner.addprevious(line)
            cell.remove(inner)
        for heading in list(cell.iterfind(f"{TEXT}h")):
            heading.tag = f"{TEXT}p"


def _words(paragraph: etree._Element) -> str:
    """Return the text of a paragraph, without its notes."""
    return one_line("".join(paragraph.xpath(".//text()[not(ancestor::*[local-name()='note'])]")))


def _flatten_notes(content: etree._Element) -> None:
    """Turn list items in a note, which pandoc ignores, into paragraphs."""
    for note in list(content.iter(f"{TEXT}note-body")):
        for outer in list(note.iterfind(f"{TEXT}list")):
            for paragraph in list(outer.iter(*_PARAGRAPHS)):
                outer.addprevious(paragraph)
            note.remove(outer)


def _hoist_boxes(content: etree._Element) -> None:
    """Move the text in shapes, which pandoc ignores, after the enclosing paragraph."""
    for shape in list(content.iter(f"{DRAW}*")):
        blocks = list(shape.iterfind(f"{TEXT}p")) + list(shape.iterfind(f"{TEXT}list"))
        if not blocks or any(True for _ in shape.iter(f"{DRAW}image")):
            continue  # pandoc reads a picture with its caption
        home = next(shape.iterancestors(*_PARAGRAPHS), shape)
        for block in reversed([one for one in shape if one in blocks]):
            home.addnext(block)


def _keep_fields(content: etree._Element) -> None:
    """Turn fields (dates, numbers, input), which pandoc ignores, into plain text."""
    for paragraph in content.iter(*_PARAGRAPHS):
        for one in paragraph.iterdescendants():
            is_text = isinstance(one.tag, str) and not one.tag.startswith(DRAW)
            if is_text and one.tag not in _READ and (one.text or len(one)):
                one.tag = f"{TEXT}span"
