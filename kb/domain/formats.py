"""Formats of files that an import reads: one row each, and all that other parts know of a format.

A new format is a folder `indexer/importers/FOLDER` with `extract.py`, and one row of `FORMATS`.
"""

from pathlib import PurePath

from pydantic import Field

from kb.domain.documents import CslType, DocumentKind
from kb.domain.noun import Noun

PLAIN = "text/plain; charset=utf-8"


class Format(Noun):
    """A format: how files of it are recognized, read, described and shown."""

    name: str = Field(description="Its name in records, remarks and messages.")
    folder: str = Field(description="Folder of `indexer.importers` that reads it.")
    endings: tuple[str, ...] = Field(description="Endings of file names, without the point.")
    begins: str = Field("", description="Regular expression that only its files begin with.")
    mimetypes: tuple[str, ...] = Field((), description="What the part `mimetype` of a zip says.")
    parts: tuple[str, ...] = Field((), description="Paths that begin names in a zip without one.")
    variant_of: str | None = Field(None, description="Format that it is easily mistaken for.")
    kind: DocumentKind = Field("report", description="Kind of document, unless a person says.")
    csl_type: CslType = Field("document", description="CSL type of the source, likewise.")
    media_type: str | None = Field(None, description="As a browser shows it; None: it is saved.")

    @property
    def module(self) -> str:
        """Return the name of the module whose `extract` reads it."""
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
    # Old Word files and encrypted new ones: the importer says which, and what to do.
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
    # Programs write tables as text under the endings of workbooks.
    Format(name="csv", folder="rows", endings=("csv", "xls", "xlsx"), media_type=PLAIN),
    Format(
        name="tsv", folder="rows", endings=("tsv", "tab"), variant_of="csv", media_type=PLAIN,
    ),
)  # fmt: skip

_BY_NAME = {one.name: one for one in FORMATS}
_BY_ENDING = {ending: one for one in FORMATS for ending in one.endings}


def format_named(name: str) -> Format | None:
    """Return the format of that name."""
    return _BY_NAME.get(name)


def format_promised(file_name: str) -> Format | None:
    """Return the format that the ending of a file's name stands for."""
    return _BY_ENDING.get(PurePath(file_name).suffix.lower().removeprefix("."))
