"""A Word document made ready for pandoc: printed numbers written out, hidden words out."""

from lxml import etree

from indexer.importers.office_text.docx_numbers import VAL, Numbers, W
from indexer.importers.office_text.pandoc_inlines import CLOSE, OPEN

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = {"0", "false", "off"}
# How words look beside bold, italic and style: half of the bytes that Word writes.
_LOOKS = (
    "rFonts", "sz", "szCs", "color", "lang", "kern", "spacing", "noProof", "shd", "w", "position",
)  # fmt: skip


def prepare(document: etree._Element, numbers: Numbers) -> None:
    """Change the tree of a document's main part in place."""
    _drop_hidden(document)
    _drop_looks(document)
    _keep_base_text(document)
    _keep_boxes(document)
    for paragraph in list(document.iter(f"{W}p")):
        if not _is_doubled(paragraph):
            _write_number(paragraph, numbers.next(paragraph))


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


def _is_doubled(paragraph: etree._Element) -> bool:
    """Whether a text box holds it in a form for newer readers; pandoc takes the older form."""
    return any(True for _ in paragraph.iterancestors(f"{_MC}Choice"))


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


def _keep_boxes(document: etree._Element) -> None:
    """Give a text box that has only the newer form its text as paragraphs after its own."""
    for alternate in list(document.iter(f"{_MC}AlternateContent")):
        choice = alternate.find(f"{_MC}Choice")
        if choice is None or any(True for _ in alternate.iterancestors(f"{_MC}AlternateContent")):
            continue
        if next(alternate.iterfind(f"{_MC}Fallback//{W}txbxContent"), None) is not None:
            continue
        home = next(alternate.iterancestors(f"{W}p"), None)
        for box in list(choice.iter(f"{W}txbxContent")):
            if home is not None:
                for paragraph in reversed(list(box)):
                    home.addnext(paragraph)
