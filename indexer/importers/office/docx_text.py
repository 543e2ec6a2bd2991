"""Prepare a Word document for pandoc: write out numbers and levels, remove hidden text."""

from collections.abc import Iterator

from lxml import etree

from indexer.importers.office.blocks import CLOSE, LEVEL, OPEN
from indexer.importers.office.docx_numbers import VAL, Numbers, W, whole

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = f"{W}txbxContent"
MAX_COLUMNS = 200  # Word has 63
_OFF = {"0", "false", "off"}
# Elements that hold blocks or runs, and what pandoc reads in them.
_CONTAINERS = {
    f"{W}{name}"
    for name in (
        "body", "p", "tbl", "tr", "tc", "sdt", "sdtContent", "hyperlink", "ins", "moveTo",
        "smartTag", "fldSimple", "txbxContent", "footnote", "endnote",
    )
}  # fmt: skip
_KNOWN = _CONTAINERS | {
    f"{W}{name}"
    for name in ("r", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "del", "moveFrom", "sectPr")
}
# Run properties other than bold, italic and style: half of the bytes that Word writes.
_LOOKS = (
    "rFonts", "sz", "szCs", "color", "lang", "kern", "spacing", "noProof", "shd", "w", "position",
)  # fmt: skip


class Styles:
    """Properties of paragraph styles, own and inherited."""

    def __init__(self, root: etree._Element | None) -> None:
        found = () if root is None else root.iter(f"{W}style")
        self._by_id = {style.get(f"{W}styleId", ""): style for style in found}

    def level(self, paragraph: etree._Element) -> int:
        """Return the outline level of a paragraph; 0 if it has none.

        Pandoc only reads style names; those that it knows need no level.
        """
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        above = self._above(paragraph.find(f"{W}pPr/{W}pStyle"))
        levels = [own, *(style.find(f"{W}pPr/{W}outlineLvl") for style in above)]
        stated = next((one for one in levels if one is not None), None)
        number = 9 if stated is None else whole(stated.get(VAL), 9)
        return min(number + 1, 6) if number < 9 else 0

    def strikes(self, name: etree._Element | None) -> bool:
        """Return whether the style with this name strikes text out."""
        properties = (style.find(f"{W}rPr") for style in self._above(name))
        states = (None if one is None else strike(one) for one in properties)
        return next((one for one in states if one is not None), False)

    def _above(self, name: etree._Element | None) -> Iterator[etree._Element]:
        """Yield the style with this name and the styles it is based on."""
        key, seen = "" if name is None else name.get(VAL, ""), set[str]()
        while key in self._by_id and key not in seen:
            seen.add(key)
            style = self._by_id[key]
            yield style
            parent = style.find(f"{W}basedOn")
            key = "" if parent is None else parent.get(VAL, "")


def prepare(document: etree._Element, numbers: Numbers, styles: Styles) -> None:
    """Change the tree of a document's main part in place."""
    prepare_notes(document, styles)
    _hoist_boxes(document)
    _complete_grids(document)
    for paragraph in document.iter(f"{W}p"):
        level, number = styles.level(paragraph), numbers.next(paragraph)
        _write(paragraph, f"{LEVEL}{level}" if level else "", number)


def prepare_notes(part: etree._Element, styles: Styles) -> None:
    """Change the tree of a part with notes in place."""
    _unwrap(part)
    _drop_hidden(part)
    _drop_looks(part)
    _keep_base_text(part)
    _write_strikes(part, styles)


def strike(properties: etree._Element) -> bool | None:
    """Return whether run properties set single or double strikethrough; None if not set."""
    lines = [one for name in ("strike", "dstrike") for one in properties.iterfind(f"{W}{name}")]
    return any(one.get(VAL) not in _OFF for one in lines) if lines else None


def _write_strikes(part: etree._Element, styles: Styles) -> None:
    """Set strikethrough on each run: pandoc only reads single lines, and no styles."""
    for paragraph in part.iter(f"{W}p"):
        by_style = styles.strikes(paragraph.find(f"{W}pPr/{W}pStyle"))
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            own = None if properties is None else strike(properties)
            word = None if properties is None else properties.find(f"{W}rStyle")
            if own or (own is None and (by_style or styles.strikes(word))):
                if properties is None:
                    properties = etree.Element(f"{W}rPr")
                    run.insert(0, properties)
                for name in ("strike", "dstrike"):
                    for one in properties.findall(f"{W}{name}"):
                        properties.remove(one)
                etree.SubElement(properties, f"{W}strike")


def _unwrap(part: etree._Element) -> None:
    """Replace wrappers that pandoc does not know by their content."""
    for wrapper in list(part.iter(etree.Element)):
        parent = wrapper.getparent()
        if parent is None or parent.tag not in _CONTAINERS or _is_known(wrapper):
            continue
        if next(wrapper.iter(f"{W}r", f"{W}p", f"{W}tbl"), None) is None:
            continue
        content = wrapper
        if wrapper.tag == f"{_MC}AlternateContent":
            content = next(wrapper.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"), wrapper)
        for child in list(content):
            wrapper.addprevious(child)
        parent.remove(wrapper)


def _is_known(element: etree._Element) -> bool:
    """Return whether pandoc reads an element; it only reads links with a target."""
    if element.tag == f"{W}hyperlink":
        return bool(element.get(f"{W}anchor"))
    return element.tag in _KNOWN


def _write(paragraph: etree._Element, level: str, number: str | None) -> None:
    """Write an outline level and a printed number before the text of a paragraph."""
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
        if hidden.get(VAL) not in _OFF and run is not None and run.tag == f"{W}r":
            for text in run.findall(f"{W}t"):
                text.text = ""


def _drop_looks(document: etree._Element) -> None:
    for properties in document.iter(f"{W}rPr"):
        for look in _LOOKS:
            for one in properties.findall(f"{W}{look}"):
                properties.remove(one)


def _keep_base_text(document: etree._Element) -> None:
    """Keep the base text of ruby, which pandoc ignores; remove the annotation."""
    for ruby in list(document.iter(f"{W}ruby")):
        run = ruby.getparent()
        if run is not None:
            for base in reversed(list(ruby.iterfind(f"{W}rubyBase/{W}r"))):
                run.addnext(base)
            run.remove(ruby)


def _hoist_boxes(document: etree._Element) -> None:
    """Move the blocks of text boxes after the paragraph of the box: pandoc reads only some."""
    last: dict[etree._Element, etree._Element] = {}  # block of a box by the paragraph it follows
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
    """Return whether it is the legacy form of a text box that also exists in the new form."""
    older = next(box.iterancestors(f"{_MC}Fallback"), None)
    both = None if older is None else older.getparent()
    return both is not None and next(both.iterfind(f"{_MC}Choice//{_BOX}"), None) is not None


def _complete_grids(document: etree._Element) -> None:
    """Complete the column grid of a table: pandoc drops cells beyond the listed columns."""
    for table in document.iter(f"{W}tbl"):
        rows = (row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table)
        columns = max(map(_columns, rows), default=0)
        grid = table.find(f"{W}tblGrid")
        if grid is None:
            grid = etree.Element(f"{W}tblGrid")
            table.insert(0, grid)
        known = [one for one in grid.iterfind(f"{W}gridCol") if one.get(f"{W}w")]
        for _ in range(len(known), min(columns, MAX_COLUMNS)):
            etree.SubElement(grid, f"{W}gridCol", {f"{W}w": "100"})


def _columns(row: etree._Element) -> int:
    """Return how many columns the cells of a row take."""
    cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells)
    return sum(1 if one is None else whole(one.get(VAL), 1) for one in spans)
