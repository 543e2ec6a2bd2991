"""Read a PDF into blocks with page marks, without running headers and page numbers."""

from pathlib import Path

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from indexer.importers.base import Block, Extracted, SourceInfo
from indexer.importers.pdf.blocks.flow import Flow
from indexer.importers.pdf.blocks.headings import (
    checked_title,
    set_levels,
    unmark_pull_quotes,
    visible_title,
)
from indexer.importers.pdf.blocks.lists import mark_lists
from indexer.importers.pdf.blocks.measures import Measures
from indexer.importers.pdf.blocks.outline import Outline
from indexer.importers.pdf.blocks.write import Writer
from indexer.importers.pdf.furniture.labels import checked_labels
from indexer.importers.pdf.furniture.running_lines import without_furniture
from indexer.importers.pdf.glyphs.document import metadata, opened
from indexer.importers.pdf.glyphs.page import read_glyphs
from indexer.importers.pdf.lines import ocr
from indexer.importers.pdf.lines.pages import PageReader
from indexer.importers.shared.hyphens import Hyphens
from kb.domain.imports import Remark
from kb.errors import UnreadableError

# Forms whose pages may not hold all of their content.
_XFA_FORMS = {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}
_XFA = Remark(
    place="",
    text="an XFA form: some of what Adobe's programs show is missing. Next: print it to PDF",
)


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the text and metadata of a PDF. Raise UnreadableError if it cannot be read."""
    with opened(path, info) as document:
        return _extract(document, info)


def _extract(document: pdfium2.PdfDocument, info: SourceInfo) -> Extracted:
    stated = metadata(document)
    language = info.language or stated.language

    # Lines are built page by page; running headers are found by comparing the lines of all pages.
    reader = PageReader(document, language)
    glyphs = (read_glyphs(document, number) for number in range(1, len(document) + 1))
    pages = [reader.read(page) for page in glyphs]
    measures = Measures(pages)
    text, labels = without_furniture(pages, measures.body)

    flow = Flow(measures, Outline(document))
    for page in text:
        flow.add(page)
    words = ("\n".join(line.text for line in page.lines) for page in pages)
    writer = Writer(Hyphens(words, language), flow.marks)
    drafts = [draft for draft in flow.drafts if writer.write(draft)]
    unmark_pull_quotes(drafts, measures)
    set_levels(drafts)
    mark_lists(drafts)

    if not drafts and any(ocr.INSTALL in remark.text for remark in reader.remarks):
        expected = f"text, or a program that recognizes text in images. Next: {ocr.INSTALL}"
        raise UnreadableError(info.name, "only images of text", expected)
    if not drafts:
        raise UnreadableError(info.name, "no text on any page", "a PDF with text")
    visible = visible_title(drafts)
    title = checked_title(stated.title, visible, drafts)
    return Extracted(
        format="pdf",
        title=title or visible,
        creator=stated.authors,
        language=stated.language,
        guessed=("title",) if visible and not title else (),
        pages=len(pages),
        labels=checked_labels(stated.labels, labels),
        blocks=tuple(
            Block(kind=draft.kind, text=draft.written, level=draft.level, marks=draft.marks)
            for draft in drafts
        ),
        remarks=(*reader.remarks, *([_XFA] if document.get_formtype() in _XFA_FORMS else [])),
    )
