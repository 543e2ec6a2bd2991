"""A Word document made ready for pandoc: printed numbers written out, hidden words out."""

from lxml import etree

from indexer.importers.office.docx_numbers import VAL, Numbers, W, whole
from indexer.importers.office.pandoc_inlines import CLOSE, OPEN

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = f"{W}txbxContent"
MOST_COLUMNS = 200  # Word has 63
_OFF = {"0", "false", "off"}
# How words look beside bold, italic and style: half of the bytes that Word writes.
_LOOKS = (
    "rFonts", "sz", "szCs", "color", "lang", "kern", "spacing", "noProof", "shd", "w", "position",
)  # fmt: skip


def prepare(document: etree._Element, numbers: Numbers, styles: etree._Element | None) -> None:
    """Change the tree of a document's main part in place."""
    _drop_hidden(document)
    _drop_looks(document)
    _keep_base_text(document)
    _hoist_boxes(document)
    _complete_grids(document)
    if styles is not None:
        _write_weight(document, styles)
    for paragraph in document.iter(f"{W}p"):
        _write_number(paragraph, numbers.next(paragraph))


def _write_weight(document: etree._Element, styles: etree._Element) -> None:
    """Make words bold that are so by the style of their paragraph, which pandoc passes over."""
    bold = _bold_styles(styles)
    for style in document.iter(f"{W}pStyle"):
        paragraph = style.getparent().getparent()
        if style.get(VAL) in bold and paragraph is not None:
            for run in paragraph.iter(f"{W}r"):
                properties = run.find(f"{W}rPr")
                if properties is None:
                    properties = etree.Element(f"{W}rPr")
                    run.insert(0, properties)
                if properties.find(f"{W}b") is None:
                    etree.SubElement(properties, f"{W}b")


def _bold_styles(styles: etree._Element) -> set[str]:
    """The ids of the styles that make words bold, their own or inherited."""
    weights: dict[str, tuple[str, bool | None]] = {}  # parent and weight by id
    for style in styles.iter(f"{W}style"):
        weight, parent = style.find(f"{W}rPr/{W}b"), style.find(f"{W}basedOn")
        bold = None if weight is None else weight.get(VAL) not in _OFF
        weights[style.get(f"{W}styleId", "")] = "" if parent is None else parent.get(VAL, ""), bold
    return {key for key in weights if _is_bold(key, weights)}


def _is_bold(key: str, weights: dict[str, tuple[str, bool | None]]) -> bool:
    seen: set[str] = set()
    while key in weights and key not in seen:
        seen.add(key)
        key, bold = weights[key]
        if bold is not None:
            return bold
    return False


def _write_number(paragraph: etree._Element, number: str | None) -> None:
    if number is None or not any(one.text for one in paragraph.iter(f"{W}t")):
        return
    run = etree.Element(f"{W}r")
    text = etree.SubElement(
        run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    )
    text.text = f"{OPEN}{number}{CLOSE} "
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
    """Pandoc passes over words with a reading above them: the words stay, the readings go."""
    for ruby in list(document.iter(f"{W}ruby")):
        run = ruby.getparent()
        if run is not None:
            for base in reversed(list(ruby.iterfind(f"{W}rubyBase/{W}r"))):
                run.addnext(base)
            run.remove(ruby)


def _hoist_boxes(document: etree._Element) -> None:
    """Pandoc reads some boxes only: the blocks of all of them follow the paragraph of the box."""
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
    """Whether it is the older form of a box that stands beside it in the newer one."""
    older = next(box.iterancestors(f"{_MC}Fallback"), None)
    both = None if older is None else older.getparent()
    return both is not None and next(both.iterfind(f"{_MC}Choice//{_BOX}"), None) is not None


def _complete_grids(document: etree._Element) -> None:
    """Pandoc drops cells beyond the columns that a table lists: it lists as many as there are."""
    for table in document.iter(f"{W}tbl"):
        rows = (row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table)
        columns = max(map(_columns, rows), default=0)
        grid = table.find(f"{W}tblGrid")
        if grid is None:
            grid = etree.Element(f"{W}tblGrid")
            table.insert(0, grid)
        known = [one for one in grid.iterfind(f"{W}gridCol") if one.get(f"{W}w")]
        for _ in range(len(known), min(columns, MOST_COLUMNS)):
            etree.SubElement(grid, f"{W}gridCol", {f"{W}w": "100"})


def _columns(row: etree._Element) -> int:
    """The columns that the cells of a row take."""
    cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells)
    return sum(1 if one is None else whole(one.get(VAL), 1) for one in spans)
