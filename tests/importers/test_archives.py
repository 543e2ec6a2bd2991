"""Checks of a zip before it is read: its format, sizes, names and encryption."""

import struct
import zipfile
from pathlib import Path

import pytest

from indexer.importers.detect.detect import format_of
from indexer.importers.shared import zip_archive
from indexer.importers.shared.zip_archive import opened
from kb.errors import UnreadableError
from tests.importers.office_files import FORMS, docx, epub, made, odt, page, paragraph, zipped

TEXT = paragraph("Free buses for all")


def _read(path: Path) -> None:
    """Read every part of the archive."""
    with opened(path, path.name) as archive:
        for part in archive.names:
            archive.read(part)


def _refused(path: Path) -> str:
    with pytest.raises(UnreadableError) as refused:
        _read(path)
    return str(refused.value)


@pytest.mark.parametrize("form", FORMS)
def test_bytes_tell_the_format(tmp_path: Path, form: str) -> None:
    """The format of a document is found from its bytes, whatever its name."""
    path = made(tmp_path, form, "Free buses").rename(tmp_path / "photo.jpg")
    assert format_of(path, path.name) == form


@pytest.mark.parametrize("form", ["docx", "odt", "epub"])
def test_a_document_that_is_cut_off_is_refused(tmp_path: Path, form: str) -> None:
    """The error for a zip without its directory says that it is damaged or cut off."""
    path = made(tmp_path, form, "Free buses")
    path.write_bytes(path.read_bytes()[:3000])
    assert "damaged or cut off" in _refused(path)


def test_a_zip_of_another_kind_is_no_document(tmp_path: Path) -> None:
    """Spreadsheets, drawings and plain zips are refused by name."""
    drawing = {"mimetype": "application/vnd.oasis.opendocument.graphics", "content.xml": "<x/>"}
    for parts, named in (
        ({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}, "Excel workbook"),
        ({"notes.txt": "words"}, "zip archive"),
        ({**drawing, "styles.xml": "<x/>"}, "OpenDocument drawing"),
    ):
        with pytest.raises(UnreadableError, match=named):
            format_of(zipped(tmp_path / "a.docx", parts), "a.docx")


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../outside.xml", "word/../../up.xml", "word\\media\\x.xml", "C:/x.xml"],
)
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    """An entry with a path outside the document is refused with its name."""
    path = docx(tmp_path / "a.docx", TEXT)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), "x")
    message = _refused(path)
    assert repr(name) in message
    assert "a path outside the document" in message


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    """A symbolic link in a zip is an error, and is not followed."""
    path = docx(tmp_path / "a.docx", TEXT)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "'word/link.xml': a symbolic link" in _refused(path)


def test_encrypted_entries_are_refused(tmp_path: Path) -> None:
    """The error for a zip with a password asks for a document without one."""
    path = docx(tmp_path / "a.docx", TEXT)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")  # the flag of the first entry in the directory
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    assert "encrypted; expected a document without a password" in _refused(path)


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A part of 300 MB in 300 kB is refused by the sizes that the zip declares."""
    bomb = tmp_path / "a.odt"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        with archive.open("content.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * zip_archive.MEBI)
    assert "not a zip bomb" in _refused(bomb)


def test_a_picture_may_be_large(tmp_path: Path) -> None:
    """The limit of a part does not hold for pictures, as they are not read."""
    path = docx(tmp_path / "a.docx", TEXT)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/image1.png", b"\x89" * (zip_archive.MAX_PART_BYTES + 1))
    with opened(path, "a.docx") as archive:
        assert archive.read("word/document.xml")


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part, all parts that are read, all declared sizes and the number of entries have limits."""
    path = zipped(tmp_path / "a.docx", {f"{one}.xml": "x" * 100 for one in range(10)})
    for limit, value, message in [
        ("MAX_PART_BYTES", 99, "unpacks to 100 bytes of text"),
        ("MAX_READ_BYTES", 950, "unpacks to 100 bytes of text"),
        ("MAX_DECLARED_BYTES", 999, "unpacks to 1,000 bytes"),
        ("MAX_ENTRIES", 9, "a zip with 10 entries"),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(zip_archive, limit, value)
            assert message in _refused(path)


def test_a_part_that_is_longer_than_it_says_is_refused(tmp_path: Path) -> None:
    """A part longer than its declared size is found by its checksum."""
    path = zipped(tmp_path / "a.docx", {"word/document.xml": "x" * 100_000})
    content = bytearray(path.read_bytes())
    for mark, at in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)]:
        struct.pack_into("<I", content, content.index(mark) + at, 100)
    path.write_bytes(bytes(content))
    assert "word/document.xml: damaged" in _refused(path)


def test_a_damaged_part_is_named(tmp_path: Path) -> None:
    """The error for a part with changed bytes names the part."""
    path = odt(tmp_path / "a.odt", "<text:p>Free buses</text:p>" * 500)
    content = bytearray(path.read_bytes())
    at = content.index(b"content.xml") + 30
    content[at : at + 20] = bytes(20)
    path.write_bytes(bytes(content))
    assert "content.xml: damaged" in _refused(path)


def test_zips_in_a_zip_stay_closed(tmp_path: Path) -> None:
    """A zip inside a document is an entry that is not opened."""
    inner = zipped(tmp_path / "inner.zip", {"../up": "x"}).read_bytes()
    path = epub(tmp_path / "a.epub", [page("<p>Free buses</p>")], more={"book/x.zip": inner})
    with opened(path, "a.epub") as archive:
        assert "book/x.zip" in archive
