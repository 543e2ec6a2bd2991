"""Prepare a Word file for pandoc: write list numbers as text, and remove what is not needed."""

import posixpath
from collections import Counter
from pathlib import Path

from lxml import etree

from indexer.importers.office import metadata
from indexer.importers.office.blocks import CLOSE, LEVEL, OPEN
from indexer.importers.office.docx_numbers import Numbers
from indexer.importers.office.docx_styles import OFF, VAL, Styles, W, strike, value, whole
from indexer.importers.office.metadata import Prepared
from indexer.importers.office.safe_xml import in_utf8, tree
from indexer.importers.shared.zip_archive import Archive, write

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_NOTES = ("footnotes.xml", "endnotes.xml")
_ASIDE = ("media/", "embeddings/", "fonts/", "theme/", "glossary/", "charts/", "diagrams/")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX, _LINK = f"{W}txbxContent", f"{W}hyperlink"
MAX_COLUMNS = 200  # Word has 63


def _named(names: str) -> set[str]:
    return {f"{W}{name}" for name in names.split()}


# Elements that contain blocks or runs and, in `_KNOWN`, what else pandoc reads in them.
_CONTAINERS = _named(
    "body p tbl tr tc sdt sdtContent hyperlink ins moveTo smartTag fldSimple txbxContent footnote"
    " endnote"
)
_KNOWN = _CONTAINERS | _named("r pPr tblPr tblGrid trPr tcPr del moveFrom sectPr")
# Run properties that are not needed; they make up half of the bytes that Word writes.
_LOOKS = _named("rFonts sz szCs color lang kern spacing noProof shd w position")


def prepare(archive: Archive, folder: Path) -> Prepared:
    """Write a copy of a Word file, changed so that pandoc reads all visible text.

    Return the copy with the metadata. Raise UnreadableError if a part is damaged.
    """
    main = _main(archive)
    home = posixpath.dirname(main) + "/"
    aside = tuple(home + one for one in _ASIDE)
    names = [one for one in archive.names if one.startswith(home) and not one.startswith(aside)]
    names = [one for one in ("[Content_Types].xml", "_rels/.rels", *names) if one in archive]
    parts = {one: tree(archive, one) for one in names if one.endswith((".xml", ".rels"))}
    document = parts[main] if main in parts else tree(archive, main)
    changed = next(document.iter(f"{W}ins", f"{W}del", f"{W}moveFrom"), None) is not None
    styles = Styles(parts.get(home + "styles.xml"))
    notes = (parts[home + one] for one in _NOTES if home + one in parts)
    for part in (document, *notes):
        _prepare_part(part, styles)
    _hoist_boxes(document)
    _complete_grids(document)
    numbers = Numbers(parts.get(home + "numbering.xml"), styles)
    for paragraph in document.iter(f"{W}p"):
        level, number = styles.level(paragraph), numbers.next(paragraph)
        _write(paragraph, f"{LEVEL}{level}" if level else "", number)
    file = folder / "document.docx"
    write(file, {one: in_utf8(root) for one, root in {**parts, main: document}.items()})
    # Style names identify titles, captions and tables of contents.
    return Prepared(file, "docx+styles", metadata.of_docx(archive), changed=changed)


def _main(archive: Archive) -> str:
    """Return the path of the main document part."""
    if "_rels/.rels" in archive:
        for one in tree(archive, "_rels/.rels").iter(_RELATION):
            if one.get("Type", "").endswith("/officeDocument"):
                target = posixpath.normpath(one.get("Target", "").lstrip("/"))
                return target if target in archive else _MAIN
    return _MAIN


def _prepare_part(part: etree._Element, styles: Styles) -> None:
    """Prepare the tree of a part, such as the text or the footnotes, in place."""
    _unwrap(part)
    _drop_hidden(part)
    etree.strip_elements(part, *_LOOKS)
    _keep_base_text(part)
    _write_strikes(part, styles)


def _write_strikes(part: etree._Element, styles: Styles) -> None:
    """Set strikethrough on runs, because pandoc ignores it if it is double or set by a style."""
    for paragraph in part.iter(f"{W}p"):
        by_style = styles.strikes(value(paragraph, "pPr/pStyle"))
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            own = strike(properties)
            if own or (own is None and (by_style or styles.strikes(value(properties, "rStyle")))):
                if properties is None:
                    properties = etree.Element(f"{W}rPr")
                    run.insert(0, properties)
                etree.strip_elements(properties, f"{W}strike", f"{W}dstrike")
                etree.SubElement(properties, f"{W}strike")


def _unwrap(part: etree._Element) -> None:
    """Unwrap the elements that pandoc skips, leaving their content in their place."""
    for wrapper in list(part.iter(etree.Element)):
        parent = wrapper.getparent()
        # Among links, pandoc reads only those with an anchor.
        known = wrapper.tag in _KNOWN and (wrapper.tag != _LINK or wrapper.get(f"{W}anchor"))
        if known or parent is None or parent.tag not in _CONTAINERS:
            continue
        if next(wrapper.iter(f"{W}r", f"{W}p", f"{W}tbl"), None) is None:
            continue
        content = wrapper
        if wrapper.tag == f"{_MC}AlternateContent":
            content = next(wrapper.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"), wrapper)
        for child in list(content):
            wrapper.addprevious(child)
        parent.remove(wrapper)


def _write(paragraph: etree._Element, level: str, number: str | None) -> None:
    """Insert an outline level and a printed number before the text of a paragraph."""
    mark = level + (f"{OPEN}{number}{CLOSE}" if number is not None else "")
    if not mark or not any(one.text for one in paragraph.iter(f"{W}t")):
        return
    run = etree.Element(f"{W}r")
    text = etree.SubElement(
        run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    )
    text.text = f"{mark} "
    first = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if first is None else paragraph.index(first) + 1, run)


def _drop_hidden(document: etree._Element) -> None:
    for hidden in document.iter(f"{W}vanish"):
        run = hidden.getparent().getparent()
        if hidden.get(VAL) not in OFF and run is not None and run.tag == f"{W}r":
            for text in run.findall(f"{W}t"):
                text.text = ""


def _keep_base_text(document: etree._Element) -> None:
    """Keep the base text of ruby, which pandoc ignores; remove the annotation."""
    for ruby in list(document.iter(f"{W}ruby")):
        run = ruby.getparent()
        if run is not None:
            for base in reversed(list(ruby.iterfind(f"{W}rubyBase/{W}r"))):
                run.addnext(base)
            run.remove(ruby)


def _hoist_boxes(document: etree._Element) -> None:
    """Move the blocks of text boxes, some of which pandoc ignores, after their paragraph."""
    last: dict[etree._Element, etree._Element] = {}  # last block moved, by paragraph
    for box in list(document.iter(_BOX)):
        home, parent = next(box.iterancestors(f"{W}p"), None), box.getparent()
        if home is None or parent is None:
            continue
        if not _is_doubled(box):
            for block in list(box):
                last.get(home, home).addnext(block)
                last[home] = block
        if next(box.iterancestors(f"{_MC}Choice"), None) is None:
            parent.remove(box)


def _is_doubled(box: etree._Element) -> bool:
    """Return whether a text box is the legacy copy of one that also exists in the newer format."""
    older = next(box.iterancestors(f"{_MC}Fallback"), None)
    both = None if older is None else older.getparent()
    return both is not None and next(both.iterfind(f"{_MC}Choice//{_BOX}"), None) is not None


def _complete_grids(document: etree._Element) -> None:
    """Complete the column grids of tables, because pandoc drops cells beyond the listed columns."""
    for table in document.iter(f"{W}tbl"):
        columns: Counter[etree._Element] = Counter()  # number of columns by row
        for cell in table.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tbl")) is table:
                span = value(cell, "tcPr/gridSpan")
                columns[next(cell.iterancestors(f"{W}tr"), table)] += whole(span, 1)
        grid = table.find(f"{W}tblGrid")
        if grid is None:
            grid = etree.Element(f"{W}tblGrid")
            table.insert(0, grid)
        known = [one for one in grid.iterfind(f"{W}gridCol") if one.get(f"{W}w")]
        for _ in range(len(known), min(max(columns.values(), default=0), MAX_COLUMNS)):
            etree.SubElement(grid, f"{W}gridCol", {f"{W}w": "100"})
