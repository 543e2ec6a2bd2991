"""The format of a file is found from its bytes, and from its name only among kinds of text."""

import gzip
import io
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from indexer.importers.base import Block, Extracted, Mark
from indexer.importers.detect import detect
from indexer.importers.detect.detect import format_of
from indexer.importers.extract import broken
from indexer.imports.record import make_record
from kb.domain.file_formats import FORMATS, Format, format_named, format_promised
from kb.errors import UnreadableError
from kb.shelves.originals import Original
from tests.importers.files import read, texts
from tests.importers.office_files import OLE

MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n"
)
MAIL = "Received: by x\nFrom: a@b.org\nMIME-Version: 1.0\nSubject: Budget\n\nWords.\n"
MEMO = "From: Ana\nTo: Bo\nSubject: Budget\n\nWords.\n"


def zipped(*names: str, mimetype: str = "") -> bytes:
    """Return a zip with parts of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # without today's date: a test's name
    return file.getvalue()


KNOWN: list[tuple[str, str | bytes, str]] = [
    ("a.txt", b"junk\n%PDF-1.7\n", "pdf"),
    ("a.pdf", zipped("[Content_Types].xml", "word/document.xml"), "docx"),
    ("a.doc", "{\\rtf1 x}", "rtf"),
    ("a.doc", OLE, "doc"),
    ("a", zipped(mimetype="application/epub+zip"), "epub"),
    ("a", zipped(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
    ("a.txt", "\ufeffWEBVTT\n\n", "vtt"),
    ("a.txt", "WEBVTTX is a word", "text"),
    ("a.txt", "\n1\n00:00:01,000 --> 00:00:02,000\nHi", "srt"),
    ("a.txt", "WEBVTT\n".encode("utf-16"), "vtt"),
    ("a.md", "<!-- saved --> <!DOCTYPE html><html>", "html"),
    ("a.xhtml", "<?xml version='1.0'?>\n<!DOCTYPE html><html>", "html"),
    ("a.md", "<h1>Hi</h1>\n\nWords", "markdown"),
    ("a.html", "<div>words</div>", "html"),
    ("a.html", "words", "text"),
    ("a.mhtml", MHTML, "mhtml"),
    ("a.txt", MEMO, "text"),
    ("a.txt", '{"_id": "1"}\n{"_id": "2"}', "jsonl"),
    ("a.txt", '[{"a": 1}]', "json"),
    ("a.jsonl.gz", gzip.compress(b'{"a": 1}\n{"a": 2}', mtime=0), "jsonl"),
    ("a.csv.gz", gzip.compress(b"a,b", mtime=0), "csv"),
    ("a.txt", "[Draft] Minutes", "text"),
    ("a.csv", "a,b", "csv"),
    ("a.xls", "a\tb", "csv"),
    ("a.tsv", "a\tb", "tsv"),
    ("a.MD", "words", "markdown"),
    ("README", "words", "text"),
    ("a.rst", "words", "text"),
]


@pytest.mark.parametrize(("name", "content", "form"), KNOWN)
def test_the_bytes_decide_before_the_name(
    tmp_path: Path, name: str, content: str | bytes, form: str
) -> None:
    """The content decides the format, and the name only among kinds of text."""
    path = tmp_path / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)

    assert format_of(path, name) == form


@pytest.mark.parametrize(
    ("content", "what", "expected"),
    [
        (b"", "empty file", "PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG", "PDF"),
        (b"ID3\x03", "MP3", "captions"),
        (b"\0\0\0\x18ftypmp42", "video", "captions"),
        (b"\x7fELF\1", "program", "document"),
        (b"7z\xbc\xaf\x27\x1c", "7z", "unpack"),
        (zipped("xl/workbook.xml"), "Excel", "CSV"),
        (zipped("ppt/presentation.xml"), "PowerPoint", "PDF"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "sheet", "CSV"),
        (zipped("a.txt"), "zip archive", "unpack"),
        (zipped("a.txt")[:30], "cut off", "copy it again"),
        (gzip.compress(b"words", mtime=0), "gzip", "unpack"),
        (gzip.compress(b"words" * 99, mtime=0)[:20], "cut off", "copy it again"),
        (MAIL, "e-mail", "PDF"),
        ("<?xml version='1.0'?><svg>", "picture", "PDF"),
        ("<?xml version='1.0'?><tt xml:lang='en'>", "TTML", ".srt"),
        ("<?xml version='1.0'?><data/>", "XML", "document"),
        ('{"nbformat": 4, "cells": []}', "notebook", "HTML"),
        (bytes(range(256)) * 9, "named as pdf", "PDF"),
    ],
)
def test_an_unsupported_file_is_named_with_what_to_do(
    tmp_path: Path, content: str | bytes, what: str, expected: str
) -> None:
    """The error says what the file is and what a person can do."""
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path, "a.pdf", content)

    assert caught.value.name == "a.pdf"
    assert what in caught.value.wrong
    assert expected in caught.value.expected


def test_an_old_workbook_is_found_by_its_name(tmp_path: Path) -> None:
    """Old Office containers look alike; one whose name ends in .xls is called an Excel file."""
    with pytest.raises(UnreadableError, match="Excel"):
        read(tmp_path, "a.xls", OLE)


def test_a_wrong_ending_is_a_remark(tmp_path: Path) -> None:
    """The file is read by its content, and a remark says that its name ends otherwise."""
    found = read(tmp_path, "a.pdf", "Words of a plain text.\n")

    assert texts(found) == ["Words of a plain text."]
    assert [remark.text for remark in found.remarks] == [
        "the name ends in .pdf, but the content is text; read as text"
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", "Words."), ("a.csv", "a\tb\n1\t2\n"), ("a.rst", "Words."), ("a.MD", "Words.")],
)
def test_a_right_or_unknown_ending_gives_no_remark(tmp_path: Path, name: str, content: str) -> None:
    """A name that fits the content, or has an unknown ending, gives no remark."""
    assert read(tmp_path, name, content).remarks == ()


def test_an_encoding_that_was_guessed_is_a_remark(tmp_path: Path) -> None:
    """A remark names the encoding that was guessed."""
    found = read(tmp_path, "a.txt", "El año próximo, ¿qué?".encode("windows-1252"))

    assert texts(found) == ["El año próximo, ¿qué?"]
    assert "windows-1252" in found.remarks[0].text


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_row_is_all_that_a_format_needs(form: Format) -> None:
    """Each row names a module with `extract`; its name and endings belong to it alone."""
    assert callable(import_module(form.module).extract)
    assert format_named(form.name) is form
    assert all(format_promised(f"A.{ending.upper()}") is form for ending in form.endings)
    assert form.variant_of is None or format_named(form.variant_of)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_records_and_pages_read_the_row(form: Format) -> None:
    """The kind and type of a record and the media type of its original come from the row."""
    extracted = Extracted(format=form.name, title="Free buses")
    record = make_record("a", f"a.{form.endings[0]}", extracted, {}, "en", None)
    original = Original(Path("a"), "a", form.name)

    assert (record.kind, record.source.type) == (form.kind, form.csl_type)
    assert original.media_type == form.media_type


def test_a_new_row_is_a_new_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a zip format are recognized by the media type in a new row."""
    row = Format(name="book", folder="office", endings=("bk",), mimetypes=("application/x-book",))
    monkeypatch.setattr(detect, "FORMATS", (*FORMATS, row))
    path = tmp_path / "a"
    path.write_bytes(zipped(mimetype="application/x-book"))

    assert format_of(path, "a") == "book"


def test_a_file_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is opened once to find its format, also if it is a zip or packed with gzip."""
    opens: list[Path] = []
    real = Path.open

    def counted(path: Path, *args: Any, **named: Any) -> Any:
        if path.parent == tmp_path:  # other threads open files of their own
            opens.append(path)
        return real(path, *args, **named)

    monkeypatch.setattr(Path, "open", counted)
    for number, (name, content, _) in enumerate(KNOWN):
        path = tmp_path / str(number)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        opens.clear()
        format_of(path, name)
        assert opens == [path]


def test_facts_of_every_shared_document(shared_documents: Path) -> None:
    """Every shared document has the format that its name promises."""
    for path in shared_documents.iterdir():
        promised = format_promised(path.name)
        assert promised is not None
        assert format_of(path, path.name) == promised.name


GOOD = Block(kind="paragraph", text="Some words.", marks=(Mark(page=1), Mark(start=5, page=2)))


@pytest.mark.parametrize(
    "change",
    [
        {"text": "two\nlines"},
        {"text": "two  blanks"},
        {"text": " blank"},
        {"text": "soft\u00adhyphen", "marks": ()},
        {"text": "no\u00a0break", "marks": ()},
        {"level": 2},
        {"kind": "heading"},
        {"marks": (Mark(start=1, page=1),)},
        {"marks": (Mark(page=1), Mark(start=11, page=2))},
        {"marks": (Mark(page=1), Mark(start=5, page=2), Mark(start=3, page=3))},
    ],
)
def test_a_block_that_breaks_the_contract_is_noticed(change: dict[str, object]) -> None:
    """`broken` returns a message for each block that breaks the contract of importers."""
    assert broken(GOOD) == ""
    assert broken(GOOD.model_copy(update=change))


@pytest.mark.parametrize("damage", ["name", "end", "mimetype"])
def test_a_damaged_zip_is_refused(tmp_path: Path, damage: str) -> None:
    """Names that are not text, an entry that ends early and a huge mimetype are refused."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", bytes(50_000_000) if damage == "mimetype" else b"x" * 900)
        archive.writestr("años.xml", b"<a/>")
    content = packed.getvalue()
    if damage == "name":
        content = content.replace("años".encode(), b"a\xff\xfeos")
    if damage == "end":
        content = content.replace(b"mimetype", b"mimetypX", 1)
    path = tmp_path / "odd.odt"
    path.write_bytes(content)

    with pytest.raises(UnreadableError):
        format_of(path, path.name)
