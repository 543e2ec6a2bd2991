"""DOCX, ODT, RTF and EPUB -> text in blocks, through pandoc's JSON."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.importers.base import Asked, Block, Extracted
from indexer.importers.detect.detect import document_format
from indexer.importers.office import (
    docx_package,
    epub_package,
    odt_package,
    pandoc_json,
    pandoc_meta,
    rtf_package,
)
from indexer.importers.office.outline import outlined
from indexer.importers.office.pandoc_blocks import pieces
from indexer.importers.office.pandoc_input import Prepared
from indexer.importers.office.pandoc_json import Node
from indexer.importers.shared.titles import usable_title
from indexer.importers.shared.zip_archive import Archive, encrypted_ole, opened
from kb.domain.imports import Remark
from kb.errors import UnreadableError

_ZIPPED: dict[str, Callable[[Archive, Path], Prepared]] = {
    "docx": docx_package.prepare,
    "odt": odt_package.prepare,
    "epub": epub_package.prepare,
}
_CHANGED = Remark(
    place="tracked changes",
    text="Read as if all were accepted: deleted words and comments are left out.",
)


def extract(path: Path, asked: Asked) -> Extracted:
    """The document at a path; UnreadableError where it is damaged, locked, a trap or empty.

    It has no pages; the place of a block is the path of headings above it and its number.
    """
    form = _format(path, asked.name)
    with TemporaryDirectory() as folder:
        prepared = _prepared(form, path, Path(folder), asked.name)
        document = pandoc_json.read(prepared.file, prepared.form, asked.name)
    try:
        return _extracted(form, prepared, document, asked.name)
    except RecursionError as error:
        raise pandoc_json.too_deep(asked.name) from error


def _format(path: Path, name: str) -> str:
    form = document_format(path)
    if form == "doc" and encrypted_ole(path):
        wrong = "encrypted with a password"
        raise UnreadableError(name, wrong, "a document saved without one (Save as, no password)")
    if form == "doc":
        wrong = "an old binary Office file"
        raise UnreadableError(name, wrong, "a newer format: open it and save it as .docx")
    if form is None:
        wrong = "not a Word, OpenDocument, RTF or EPUB file" if path.stat().st_size else "empty"
        raise UnreadableError(name, wrong, "a file of text that begins as one of these does")
    return form


def _prepared(form: str, path: Path, folder: Path, name: str) -> Prepared:
    if form == "rtf":
        return rtf_package.prepare(path, folder, name)
    with opened(path, name) as archive:
        return _ZIPPED[form](archive, folder)


def _extracted(form: str, prepared: Prepared, document: Node, name: str) -> Extracted:
    body = epub_package.titled(document["blocks"], prepared.chapters)
    front = pandoc_meta.front(document) if form == "docx" else []
    # A bold line in a book is what its maker meant to be bold and no heading.
    found = outlined([*front, *pieces(body)], looks=form != "epub")
    text = tuple(Block(kind=one.kind, text=one.text, level=one.level) for one in found if one.text)
    if not text:
        wrong = "holds no text"
        raise UnreadableError(name, wrong, "words; pictures of pages need text recognition first")
    about = pandoc_meta.of_rtf(document) if form == "rtf" else prepared.about
    styled = prepared.title or next((one.text for one in found if one.style == "Title"), None)
    stated = usable_title(about.title) or usable_title(styled)
    headings = (usable_title(one.text) for one in text if one.kind == "heading")
    title = stated or next(filter(None, headings), None)
    return Extracted(
        format=form,
        title=title,
        creator=about.creator,
        issued=about.issued,
        language=about.language,
        url=about.url,
        site=about.site,
        guessed=("title",) if title and not stated else (),
        blocks=text,
        remarks=(_CHANGED,) if prepared.changed else (),
    )
