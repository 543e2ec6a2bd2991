"""File formats that can be imported, one row per format.

To add a format, add a folder `indexer/importers/FOLDER` with `extract.py`, and a row to `FORMATS`.
"""

from pathlib import PurePath

from pydantic import Field

from kb.domain.base import Noun
from kb.domain.documents import DocumentKind
from kb.domain.sources import CslType

PLAIN = "text/plain; charset=utf-8"


class Format(Noun):
    """A file format: how its files are recognized, read, described and shown."""

    name: str = Field(description="Name in records, remarks and messages.")
    folder: str = Field(description="Folder of its importer in `indexer.importers`.")
    endings: tuple[str, ...] = Field(description="File name extensions, without the dot.")
    begins: str = Field("", description="Regular expression that matches the start of its files.")
    mimetypes: tuple[str, ...] = Field(
        (), description="Contents of the `mimetype` file in a ZIP archive."
    )
    parts: tuple[str, ...] = Field(
        (), description="Prefixes of file names in a ZIP archive without `mimetype`."
    )
    variant_of: str | None = Field(None, description="Format that this one is easily mistaken for.")
    kind: DocumentKind = Field("report", description="Default kind of document.")
    csl_type: CslType = Field("document", description="Default CSL type of the source.")
    media_type: str | None = Field(
        None, description="Media type for display in a browser; None: download."
    )

    @property
    def module(self) -> str:
        """Return the name of the importer's module, which defines `extract`."""
        return f"indexer.importers.{self.folder}.extract"


_TIME = r"\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}"
_ODT = "application/vnd.oasis.opendocument.text"

FORMATS = (
    Format(
        name="pdf", folder="pdf", endings=("pdf",), begins=r"[\s\S]{0,1024}?%PDF-\d",
        csl_type="report", media_type="application/pdf",
    ),
    Format(
        name="html", folder="html", endings=("html", "htm", "xhtml", "xht", "shtml"),
        csl_type="webpage", media_type="text/html",
    ),
    Format(
        name="mhtml", folder="html", endings=("mhtml", "mht"), variant_of="html",
        csl_type="webpage",
    ),
    Format(
        name="epub", folder="office", endings=("epub",), mimetypes=("application/epub+zip",),
        parts=("META-INF/container.xml",), kind="writing", csl_type="book",
    ),
    Format(
        name="docx", folder="office", endings=("docx", "docm", "dotx", "dotm"),
        parts=("[Content_Types].xml", "word/"),
    ),
    Format(
        name="odt", folder="office", endings=("odt", "ott"), parts=("content.xml", "styles.xml"),
        mimetypes=(
            _ODT, f"{_ODT}-template", f"{_ODT}-master", f"{_ODT}-web",
            "application/vnd.sun.xml.writer",
        ),
    ),
    Format(name="rtf", folder="office", endings=("rtf",), begins=r"\{\\rtf"),
    # Old Word files and encrypted new ones; the importer tells them apart and says what to do.
    Format(name="doc", folder="office", endings=("doc", "dot"), begins=r"\xd0\xcf\x11\xe0\xa1\xb1"),
    Format(
        name="vtt", folder="captions", endings=("vtt",), begins=r"WEBVTT(?:[ \t\n]|\Z)",
        kind="writing", csl_type="broadcast", media_type=PLAIN,
    ),
    Format(
        name="srt", folder="captions", endings=("srt",),
        begins=rf"(?:\d+\s*\n)?\s*{_TIME}[ \t]*-->[ \t]*{_TIME}",
        kind="writing", csl_type="broadcast", media_type=PLAIN,
    ),
    Format(
        name="markdown", folder="markdown", kind="platform", media_type=PLAIN,
        endings=("md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdx", "qmd", "rmd"),
    ),
    Format(name="text", folder="plain", endings=("txt", "text", "log"), media_type=PLAIN),
    Format(
        name="jsonl", folder="rows", endings=("jsonl", "ndjson", "jsonlines"), media_type=PLAIN,
    ),
    Format(
        name="json", folder="rows", endings=("json",), variant_of="jsonl", media_type=PLAIN,
    ),
    # Some programs write text tables with the extension of workbooks.
    Format(name="csv", folder="rows", endings=("csv", "xls", "xlsx"), media_type=PLAIN),
    Format(
        name="tsv", folder="rows", endings=("tsv", "tab"), variant_of="csv", media_type=PLAIN,
    ),
)  # fmt: skip

_BY_NAME = {one.name: one for one in FORMATS}
_BY_ENDING = {ending: one for one in FORMATS for ending in one.endings}


def format_named(name: str) -> Format | None:
    """Return the format with this name, or None if there is none."""
    return _BY_NAME.get(name)


def format_promised(file_name: str) -> Format | None:
    """Return the format for a file name's extension, or None if the extension is unknown."""
    return _BY_ENDING.get(PurePath(file_name).suffix.lower().removeprefix("."))
