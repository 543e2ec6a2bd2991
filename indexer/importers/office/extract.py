"""Convert DOCX, ODT, RTF and EPUB to HTML, and read it like a web page."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml.html import HtmlElement

from indexer.importers.base import Block, Extracted, SourceInfo
from indexer.importers.detect.detect import format_of
from indexer.importers.html.tree import drop, parse, take_struck
from indexer.importers.office import blocks, docx, epub_book, odt, rtf
from indexer.importers.office.metadata import Prepared
from indexer.importers.office.outline import guessed_title, outlined
from indexer.importers.office.pandoc import to_html
from indexer.importers.office.safe_xml import TOO_DEEP
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.remarks import struck_remarks
from indexer.importers.shared.stated import About, creators
from indexer.importers.shared.titles import usable_title
from indexer.importers.shared.zip_archive import Archive, encrypted_ole, opened
from kb.domain.imports import Remark
from kb.errors import UnreadableError

_ZIPPED: dict[str, Callable[[Archive, Path], Prepared]] = {
    "docx": docx.prepare,
    "odt": odt.prepare,
}
_CHANGED = Remark(
    place="tracked changes",
    text="Read as if all were accepted: deleted words and comments are left out.",
)


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the text and metadata of a document.

    Raise UnreadableError if it is damaged, encrypted, malicious or empty. The document has no
    pages, so a block is located by its number and the headings above it.
    """
    form = _format(path, info.name)
    root, about, changed = _document(form, path, info.name)
    struck = take_struck(root)
    found = outlined(list(blocks.read(root)))
    if not found:
        expected = "text; images of pages need text recognition"
        raise UnreadableError(info.name, "no text found", expected)
    styled = next((one.text for one in found if one.style == "Title"), None)
    stated = usable_title(about.title) or usable_title(styled)
    return Extracted(
        format=form,
        **about._replace(title=stated).fields(guessed_title(found)),
        blocks=tuple(Block(kind=one.kind, text=one.text, level=one.level) for one in found),
        remarks=(
            *((_CHANGED,) if changed else ()),
            *struck_remarks(map(blocks.without_marks, struck)),
        ),
    )


def _format(path: Path, name: str) -> str:
    form = format_of(path, name)
    if form == "doc" and encrypted_ole(path):
        wrong = "encrypted with a password"
        raise UnreadableError(name, wrong, "a document without one. Next: save it without one")
    if form == "doc":
        wrong = "an old binary Office file"
        raise UnreadableError(name, wrong, "a newer format. Next: open it and save it as .docx")
    return form


def _document(form: str, path: Path, name: str) -> tuple[HtmlElement, About, bool]:
    """Return the tree and metadata of a document, and whether it has tracked changes."""
    if form == "epub":
        with opened(path, name) as archive:
            return *epub_book.read(archive), False
    with TemporaryDirectory() as folder:
        if form == "rtf":
            prepared = rtf.prepare(path, Path(folder), name)
        else:
            with opened(path, name) as archive:
                prepared = _ZIPPED[form](archive, Path(folder))
        root, cut = parse(to_html(prepared.file, prepared.form, name), name)
    if cut:
        raise UnreadableError(name, *TOO_DEEP)
    about = _front(root) if form == "rtf" else prepared.about
    if form != "docx":  # in Word, what pandoc takes for metadata is part of the text
        drop([one for one in root.iter("p", "div") if one.get("class") == "front"])
    return root, about, prepared.changed


def _front(root: HtmlElement) -> About:
    """Return the metadata in the `info` group of an RTF file."""
    front = [one for one in root.iter("p") if one.get("class") == "front"]
    said = [(one.get(blocks.STYLE), one_line(one.text_content())) for one in front]
    title = next((text for style, text in said if style == "Title"), None)
    return About(title, creators(text for style, text in said if style == "Author"))
