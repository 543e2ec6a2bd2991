"""Office documents for tests, made by pandoc from Markdown or part by part."""

import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.importers import extract as importers
from indexer.importers.base import Extracted, SourceInfo
from indexer.importers.office.pandoc import program

FORMS = ("docx", "odt", "rtf", "epub")
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)  # an old binary Office file begins so

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OASIS = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "meta": "meta", "fo": "xsl-fo-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def made(folder: Path, form: str, markdown: str) -> Path:
    """Return the path of a document that pandoc makes from Markdown."""
    path = folder / f"made.{form}"
    command = [str(program("pandoc")), "--standalone", "--quiet", f"--output={path}"]
    subprocess.run(command, input=markdown.encode(), check=True)
    return path


def read(path: Path) -> Extracted:
    """Return what is extracted from a file."""
    return importers.extract(path, SourceInfo(name=path.name))


def said(extracted: Extracted) -> list[tuple[str, str]]:
    """Return kind and text of every block; a heading has its level beside its kind."""
    return [(f"{one.kind} {one.level}".removesuffix(" 0"), one.text) for one in extracted.blocks]


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a zip with these parts and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph of WordprocessingML with properties of the paragraph and its run."""
    words = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def docx(path: Path, body: str, head: str = "", **parts: str) -> Path:
    """Write a Word document and return its path; `parts` are numbering, styles and core."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    more = [one for one in ("numbering", "styles") if one in parts]
    types = "".join(
        f'<Override PartName="/word/{one}.xml" ContentType="{kind}.{of}+xml"/>'
        for one, of in [("document", "document.main"), *zip(more, more, strict=True)]
    )
    relations = "".join(
        f'<Relationship Id="r{one}" Type="{_OFFICE}/{one}" Target="{one}.xml"/>' for one in more
    )
    space = "http://schemas.openxmlformats.org/package/2006"
    written: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{space}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}/relationships">{relations}'
        "</Relationships>",
        "word/document.xml": f"{head}<w:document {_W} {_MORE}><w:body>{body}</w:body></w:document>",
    }
    for one in more:
        written[f"word/{one}.xml"] = f"<w:{one} {_W}>{parts[one]}</w:{one}>"
    if "core" in parts:
        written["docProps/core.xml"] = f"<core {_DC}>{parts['core']}</core>"
    return zipped(path, written)


def odt(path: Path, body: str, styles: str = "", **parts: str) -> Path:
    """Write an ODT and return its path; `styles` are automatic, `parts` are meta and manifest."""
    written: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_OASIS}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {_OASIS}><office:styles/></office:document-styles>",
    }
    if "meta" in parts:
        meta = f"<office:meta>{parts['meta']}</office:meta>"
        written["meta.xml"] = f"<office:document-meta {_OASIS} {_DC}>{meta}</office:document-meta>"
    if "manifest" in parts:
        written["META-INF/manifest.xml"] = (
            f"<manifest:manifest {_OASIS}>{parts['manifest']}</manifest:manifest>"
        )
    return zipped(path, written)


def page(body: str, head: str = "") -> str:
    """Return an XHTML page of a book."""
    return (
        f'{head}<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><body>{body}</body></html>'
    )


def epub(
    path: Path,
    pages: Sequence[str | bytes],
    about: str = "",
    contents: str = "",
    more: Mapping[str, str | bytes] | None = None,
    sheets: Sequence[str] = (),
) -> Path:
    """Write an EPUB of these pages (a.xhtml, b.xhtml ...) and return its path."""
    names = [f"{letter}.xhtml" for letter in "abcdefgh"[: len(pages)]]
    items = "".join(
        f'<item id="{one}" href="{one}" media-type="application/xhtml+xml"/>' for one in names
    )
    names_of_sheets = [f"{at}.css" for at in range(len(sheets))]
    items += "".join(
        f'<item id="{one}" href="{one}" media-type="text/css"/>' for one in names_of_sheets
    )
    nav = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    order = "".join(f'<itemref idref="{one}"/>' for one in names)
    written: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        'container"><rootfiles><rootfile full-path="book/content.opf"/></rootfiles></container>',
        "book/content.opf": f'<package xmlns="http://www.idpf.org/2007/opf" {_DC} '
        f'xmlns:opf="http://www.idpf.org/2007/opf"><metadata>{about}</metadata>'
        f"<manifest>{items}{nav if contents else ''}</manifest><spine>{order}</spine></package>",
    }
    written |= {f"book/{name}": one for name, one in zip(names, pages, strict=True)}
    written |= {f"book/{name}": one for name, one in zip(names_of_sheets, sheets, strict=True)}
    if contents:
        written["book/nav.xhtml"] = page(f'<nav epub:type="toc"><ol>{contents}</ol></nav>')
    return zipped(path, {**written, **(more or {})})
