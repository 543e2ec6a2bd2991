"""The text of an OpenDocument file made ready for pandoc, which passes some of it over."""

from collections.abc import Iterator

from lxml import etree

from indexer.importers.lines import one_line

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT = f"{{{_OASIS}text:1.0}}"
TABLE = f"{{{_OASIS}table:1.0}}"
DRAW = f"{{{_OASIS}drawing:1.0}}"
OFFICE = f"{{{_OASIS}office:1.0}}"
STYLE = f"{{{_OASIS}style:1.0}}"

_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_TITLE = "Title"
# What pandoc reads within a paragraph; other elements of text are fields, marks and controls.
_READ = {
    f"{TEXT}{name}"
    for name in (
        "p", "h", "span", "s", "tab", "line-break", "a", "note", "note-body", "note-citation",
        "bibliography-mark", "bookmark", "bookmark-start", "reference-mark-start",
        "bookmark-ref", "reference-ref", "sequence", "list", "list-item", "list-header", "section",
    )
}  # fmt: skip
_READINGS = f"{TEXT}ruby-text"


def prepare(content: etree._Element) -> None:
    """Change the tree of `content.xml` in place."""
    _drop_comments(content)
    _flatten_cells(content)
    _flatten_notes(content)
    _hoist_boxes(content)
    _keep_fields(content)


def title(content: etree._Element, styles: etree._Element) -> str | None:
    """The first paragraph in the style of titles, or in one made from it."""
    parents = {
        style.get(f"{STYLE}name"): style.get(f"{STYLE}parent-style-name")
        for root in (styles, content)
        for style in root.iter(f"{STYLE}style")
    }
    for paragraph in content.iter(*_PARAGRAPHS):
        style = paragraph.get(f"{TEXT}style-name")
        if style == _TITLE or parents.get(style) == _TITLE:
            return one_line("".join(paragraph.itertext())) or None
    return None


def _drop_comments(content: etree._Element) -> None:
    for one in list(content.iter(f"{OFFICE}annotation", f"{OFFICE}annotation-end")):
        _remove(one)


def _remove(element: etree._Element) -> None:
    """Take an element out, and leave the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _flatten_cells(content: etree._Element) -> None:
    """Pandoc reads paragraphs and lists of a cell: tables and headings in it become paragraphs."""
    for cell in content.iter(f"{TABLE}table-cell"):
        for inner in list(cell.iterfind(f"{TABLE}table")):
            for row in inner.iter(f"{TABLE}table-row"):
                inner.addprevious(_paragraph(" / ".join(_cells(row))))
            cell.remove(inner)
        for heading in list(cell.iterfind(f"{TEXT}h")):
            heading.tag = f"{TEXT}p"


def _cells(row: etree._Element) -> Iterator[str]:
    for cell in row.iterfind(f"{TABLE}table-cell"):
        texts = (one_line("".join(one.itertext())) for one in cell.iter(*_PARAGRAPHS))
        yield " ".join(filter(None, texts))


def _flatten_notes(content: etree._Element) -> None:
    """Pandoc reads the paragraphs of a note: those of its lists become its own."""
    for note in content.iter(f"{TEXT}note-body"):
        for outer in list(note.iterfind(f"{TEXT}list")):
            for paragraph in list(outer.iter(*_PARAGRAPHS)):
                outer.addprevious(paragraph)
            note.remove(outer)


def _hoist_boxes(content: etree._Element) -> None:
    """Pandoc passes over text in shapes: it becomes paragraphs after the one that holds them."""
    for shape in list(content.iter(f"{DRAW}*")):
        blocks = list(shape.iterfind(f"{TEXT}p")) + list(shape.iterfind(f"{TEXT}list"))
        if not blocks or any(True for _ in shape.iter(f"{DRAW}image")):
            continue  # a picture with its caption is read
        home = next(shape.iterancestors(*_PARAGRAPHS), shape)
        for block in reversed([one for one in shape if one in blocks]):
            home.addnext(block)


def _keep_fields(content: etree._Element) -> None:
    """Pandoc passes over fields (dates, numbers, what was typed in): their text becomes plain."""
    for paragraph in content.iter(*_PARAGRAPHS):
        for one in list(paragraph.iter(_READINGS)):
            _remove(one)
        for one in paragraph.iterdescendants():
            is_text = isinstance(one.tag, str) and not one.tag.startswith(DRAW)
            if is_text and one.tag not in _READ and (one.text or len(one)):
                one.tag = f"{TEXT}span"


def _paragraph(text: str) -> etree._Element:
    paragraph = etree.Element(f"{TEXT}p")
    paragraph.text = text
    return paragraph
