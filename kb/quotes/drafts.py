"""Read the text of a draft: Markdown, HTML, plain text, DOCX or ODT.

Body, tables, text boxes, notes and tracked insertions are read; deleted text is not.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Set
from pathlib import PurePath
from typing import NamedTuple

from lxml import etree, html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from kb.errors import UnreadableError
from kb.quotes.quotations import Block

EXPECTED = "a draft as DOCX, ODT, Markdown, HTML or text"
MAX_BYTES = 20 * 1024 * 1024  # of a draft
MAX_PART_BYTES = 60 * 1024 * 1024  # of an unpacked part of an office file
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# What zipfile raises for a damaged archive; RuntimeError for an encrypted one, and
# NotImplementedError for a compression that it does not know.
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
QUOTE_STYLES = re.compile(r"quot|cita|zitat", re.IGNORECASE)  # style names of block quotations

_BLOCKS = frozenset(
    "address article aside blockquote body caption dd div dl dt figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header li main nav ol p pre section table td th tr ul".split()
)


def read_draft(content: bytes, name: str) -> list[Block]:
    """Return the blocks of a draft.

    The format is detected from the content or, failing that, from the file extension; other text is
    read as Markdown. Raise UnreadableError if the draft is empty, damaged, too large or in another
    format.
    """
    if not content.strip():
        raise UnreadableError(name, "empty", EXPECTED)
    if len(content) > MAX_BYTES:
        raise UnreadableError(name, f"{len(content)} bytes", f"at most {MAX_BYTES}")
    if content.startswith(b"PK"):
        return _office(content, name)
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise UnreadableError(name, "not a format of drafts", EXPECTED)
    text = _decoded(content, name)
    suffix = PurePath(name).suffix.lower()
    if suffix in {".html", ".htm", ".xhtml"} or re.match(
        r"\s*<(?:!doctype|html)\b", text, re.IGNORECASE
    ):
        return list(_html(text))
    if suffix == ".txt":
        return list(_plain(text))
    return read_markdown(text)


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode(
            "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
        )
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UnreadableError(name, "not a text", EXPECTED)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(text: str) -> Iterator[Block]:
    for number, part in enumerate(re.split(r"\n\s*\n", text), start=1):
        if part.strip():
            yield Block(part, f"paragraph {number}")


def read_markdown(text: str) -> list[Block]:
    """Return the blocks of Markdown, rendered to HTML so that both formats are read alike."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    return list(_html(parser.use(footnote_plugin).render(text)))


def _html(text: str) -> Iterator[Block]:
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError):
        return
    for one in tree.xpath("//head|//script|//style|//del|//s|//template"):
        one.drop_tree()
    notes = {
        f"#{one.get('id')}": " ".join(one.text_content().split())
        for one in tree.iter("li")
        if one.get("id") and "footnote" in one.get("class", "")
    }
    number = 0
    for words, is_quoted, links in _texts_of_blocks(tree):
        if words.strip():
            number += 1
            near = " ".join(filter(None, (notes.get(link, "") for link in links)))
            yield Block(words, f"paragraph {number}", is_quoted, near)


def _texts_of_blocks(tree: etree._Element) -> Iterator[tuple[str, bool, list[str]]]:
    """Yield the text of each block, whether it is a block quotation, and the links in it.

    Text directly in a block that has other blocks inside is a block of its own.
    """
    words: list[str] = []
    links: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        starts = event == "start"
        if element.tag in _BLOCKS:
            inside = element if not starts else element.getparent()
            is_quoted = inside is not None and _is_in_quotation(inside)
            yield "".join(words), is_quoted, links
            words, links = [], []
        if starts:
            words.append("\n" if element.tag == "br" else element.text or "")
            links += [element.get("href", "")] if element.tag == "a" else []
        else:
            words.append(element.tail or "")
    yield "".join(words), False, links


def _is_in_quotation(element: etree._Element) -> bool:
    return element.tag == "blockquote" or any(True for _ in element.iterancestors("blockquote"))


def _office(content: bytes, name: str) -> list[Block]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            if "word/document.xml" in names:
                found = docx_blocks(lambda part: read_part(package, part, name), names)
                return [one.block for one in found]
            if "content.xml" in names:
                return list(_odt(read_part(package, "content.xml", name)))
    except _BAD_ZIP as error:
        wrong = "encrypted" if "password" in str(error) or "encrypted" in str(error) else "damaged"
        raise UnreadableError(name, wrong, "a whole DOCX or ODT file") from error
    raise UnreadableError(name, "neither DOCX nor ODT", EXPECTED)


def read_part(package: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    """Parse an XML part of a zip package, and return its root.

    Raise UnreadableError if it is too large, is damaged, or declares a DTD or entities.
    """
    if package.getinfo(part).file_size > MAX_PART_BYTES:
        raise UnreadableError(name, "too large when unpacked", f"at most {MAX_PART_BYTES}", part)
    with package.open(part) as file:
        data = file.read(MAX_PART_BYTES + 1)
    if len(data) > MAX_PART_BYTES or b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise UnreadableError(name, "too large, or declares entities", "plain XML", part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(name, f"damaged at line {error.lineno}", "XML", part) from error


class DocxBlock(NamedTuple):
    """A block of a Word file, with the element to which comments on it are attached.

    That is its paragraph or, for a note, the run that refers to the note, if there is one.
    """

    block: Block
    paragraph: etree._Element | None
    mark: etree._Element | None = None


def docx_blocks(part: Callable[[str], etree._Element], names: Set[str]) -> Iterator[DocxBlock]:
    """Yield the blocks of a Word file, the notes last; `part` returns the root of a part."""
    notes: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        if f"word/{kind}s.xml" in names:
            for note in part(f"word/{kind}s.xml").iter(f"{W}{kind}"):
                notes[kind, note.get(f"{W}id", "")] = " ".join(map(docx_text, note.iter(f"{W}p")))
    marks: dict[tuple[str, str], etree._Element] = {}
    for number, paragraph in enumerate(docx_paragraphs(part("word/document.xml")), start=1):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        quoted = style is not None and bool(QUOTE_STYLES.search(style.get(f"{W}val", "")))
        referred = [
            (kind, reference.get(f"{W}id", ""), reference)
            for kind in ("footnote", "endnote")
            for reference in paragraph.iter(f"{W}{kind}Reference")
        ]
        marks |= {(kind, id): reference.getparent() for kind, id, reference in referred}
        text = docx_text(paragraph)
        if text.strip():
            near = " ".join(notes.get((kind, id), "") for kind, id, _ in referred)
            yield DocxBlock(Block(text, f"paragraph {number}", quoted, near), paragraph)
    for (kind, id), text in notes.items():
        if text.strip():
            yield DocxBlock(Block(text, f"{kind} {id}"), None, marks.get((kind, id)))


def docx_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of a part in order, except the fallback copies of text boxes."""
    for paragraph in root.iter(f"{W}p"):
        if not any(True for _ in paragraph.iterancestors(f"{_MC}Fallback")):
            yield paragraph


def docx_text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph, without deleted text and the paragraphs of text boxes."""
    return "".join(text for _, text in docx_pieces(paragraph))


def docx_pieces(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements of a paragraph that have text, in order, with their text."""
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if next(element.iterancestors(f"{W}p")) is not paragraph:
            continue
        if element.tag == f"{W}t":
            yield element, element.text or ""
        elif element.tag == f"{W}noBreakHyphen":
            yield element, "-"
        elif element.getparent().tag == f"{W}r":
            yield element, "\t" if element.tag == f"{W}tab" else "\n"


def _odt(root: etree._Element) -> Iterator[Block]:
    quotes = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if QUOTE_STYLES.search(style.get(f"{_STYLE}parent-style-name", ""))
    }
    number = 0
    for element in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if any(True for _ in element.iterancestors(f"{_TEXT}tracked-changes")):
            continue
        number += 1
        style = element.get(f"{_TEXT}style-name", "")
        notes = " ".join("".join(body.itertext()) for body in element.iter(f"{_TEXT}note-body"))
        text = "".join(_odt_text(element))
        if text.strip():
            quoted = style in quotes or bool(QUOTE_STYLES.search(style))
            yield Block(text, f"paragraph {number}", quoted, notes)


def _odt_text(element: etree._Element) -> Iterator[str]:
    """Yield the text of a paragraph without its notes, which are paragraphs of their own."""
    yield element.text or ""
    for child in element:
        if child.tag in {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}:
            yield " " if child.tag != f"{_TEXT}line-break" else "\n"
        elif child.tag != f"{_TEXT}note" and isinstance(child.tag, str):
            yield from _odt_text(child)
        yield child.tail or ""
