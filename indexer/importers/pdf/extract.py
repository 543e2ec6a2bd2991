"""PDF -> blocks with their pages: the text as it is read, without what only a page needs."""

from pathlib import Path

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.base import Asked, Extracted
from indexer.importers.pdf.blocks.assemble import assemble
from indexer.importers.pdf.blocks.measures import Measures
from indexer.importers.pdf.blocks.outline import outline
from indexer.importers.pdf.furniture.edges import edges
from indexer.importers.pdf.glyphs import metadata
from indexer.importers.pdf.glyphs.document import opened
from indexer.importers.pdf.lines import ocr
from indexer.importers.pdf.lines.page import pack
from indexer.importers.pdf.lines.pages import Reader
from kb.domain.imports import Remark
from kb.errors import UnreadableError

_DRAWN_BY_OTHERS = frozenset({pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND})


def extract(path: Path, asked: Asked) -> Extracted:
    """The file's text in blocks; UnreadableError where it cannot be opened or has no text."""
    with opened(path, asked) as document:
        return _extract(document, asked)


def _extract(document: pdfium2.PdfDocument, asked: Asked) -> Extracted:
    count = len(document)
    language = metadata.language(document)
    reader = Reader(document, asked.language or language)
    measures, ends, pages = Measures(), [], []
    for number in range(1, count + 1):
        page = reader.read(number)
        measures.add(page)
        ends.append(edges(page))
        pages.append(pack(page))
    text = assemble(pages, ends, measures, outline(document))
    if not text.blocks:
        raise UnreadableError(asked.name, *_why(reader))
    title = metadata.title(document)
    return Extracted(
        format="pdf",
        title=title or text.title,
        creator=metadata.authors(document),
        language=language,
        guessed=("title",) if text.title and not title else (),
        pages=count,
        labels=metadata.labels(document, count) or text.labels,
        blocks=text.blocks,
        remarks=(*reader.remarks, *_form(document)),
    )


def _form(document: pdfium2.PdfDocument) -> list[Remark]:
    """What must be known of a form whose contents are no pages."""
    if document.get_formtype() not in _DRAWN_BY_OTHERS:
        return []
    text = "an XFA form: what it shows in Adobe's programs is not all here. Next: print it to PDF"
    return [Remark(place="", text=text)]


def _why(reader: Reader) -> tuple[str, str]:
    """What is wrong with a file without text, and what was expected."""
    if any(ocr.INSTALL in remark.text for remark in reader.remarks):
        return (
            "only pictures of text",
            f"text, or a program that reads pictures. Next: {ocr.INSTALL}",
        )
    return "no text on any page", "a PDF with text"
