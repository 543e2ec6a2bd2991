"""PDFs that cannot be read, or not wholly: each says what is wrong, and where."""

import random
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from indexer.importers.base import Extracted
from indexer.importers.pdf.glyphs import document
from kb.errors import UnreadableError
from tests.importers.pdfs import LEFT, Pdf, prose, read, texts, wrapped

WORDS = "Housing is a human right and the rent is too high"
SCANNED = (WORDS, "Buses shall be free of charge for all", "Schools need nurses and not police")
PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources"
    " << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
)
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)


def _simple(path: Path, pages: int = 1, password: str | None = None) -> Path:
    pdf = Pdf(path, password=password)
    for page in range(pages):
        pdf.lines(wrapped(prose(1000 * page, 100), 468))
        pdf.page()
    return pdf.save()


def _drawn_text(pdf: Pdf, text: str) -> None:
    """A page that is a picture of a text."""
    image = Image.new("L", (1700, 2200), 255)
    font = ImageFont.load_default(size=48)
    ImageDraw.Draw(image).multiline_text((200, 300), text, fill=0, font=font, spacing=24)
    pdf.canvas.drawInlineImage(image, 0, 0, 612, 792)
    pdf.page()


def file_of(path: Path, *objects: str) -> Path:
    """A PDF of the objects, numbered from 1; the first is its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count, start = len(objects) + 1, len(data)
    data += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode()
    data += f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path


def _refused(path: Path, **asked: str) -> str:
    with pytest.raises(UnreadableError) as refused:
        read(path, **asked)
    return str(refused.value)


def test_a_password_opens(tmp_path: Path) -> None:
    """An encrypted file is read with its password."""
    found = read(_simple(tmp_path / "a.pdf", password="ábrete"), password="ábrete")

    assert texts(found) == [" ".join(prose(0, 100))]


@pytest.mark.parametrize("password", [None, "wrong", "\udc80"])
def test_without_its_password_it_stays_closed(tmp_path: Path, password: str | None) -> None:
    """Without the password, or with another, the message names the flag and no password."""
    path = _simple(tmp_path / "a.pdf", password="sesame")

    message = _refused(path, **({"password": password} if password else {}))

    assert "--password" in message
    assert "sesame" not in message
    assert message.startswith("a.pdf: encrypted")


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7\n", b"PK\x03\x04" + bytes(500), b"%PDF-1.7\n" + bytes(5000)]
)
def test_other_bytes_are_refused(tmp_path: Path, data: bytes) -> None:
    """What is no PDF, or nothing but its first line, is refused with its name."""
    path = tmp_path / "report.pdf"
    path.write_bytes(data)

    assert _refused(path).startswith("report.pdf: a PDF that is damaged, cut off or without pages")


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    """A file that ends early has no pages left."""
    path = _simple(tmp_path / "cut.pdf", pages=5)
    path.write_bytes(path.read_bytes()[:900])

    assert "cut.pdf" in _refused(path)


def test_a_file_without_pages_is_refused(tmp_path: Path) -> None:
    """A whole PDF of no pages has nothing to read, also after a file that was encrypted."""
    _refused(_simple(tmp_path / "a.pdf", password="sesame"))
    path = file_of(
        tmp_path / "empty.pdf",
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
    )  # fmt: skip

    assert "without pages" in _refused(path)


def test_half_a_character_does_no_harm(tmp_path: Path) -> None:
    """A language and a page label with half a character are read as far as they can be."""
    text = "BT /F1 12 Tf 72 700 Td (Free the buses) Tj ET"
    half = "<FEFF0041D800>"
    path = file_of(
        tmp_path / "half.pdf",
        f"<< /Type /Catalog /Pages 2 0 R /Lang {half} /PageLabels << /Nums [0 << /P {half} >>] >>"
        " >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE,
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    )  # fmt: skip

    found = read(path)

    assert texts(found) == ["Free the buses"]
    assert (found.language, found.labels) == (None, ("A\ufffd",))


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    """Pages with nothing on them make no document."""
    pdf = Pdf(tmp_path / "blank.pdf")
    pdf.page()

    assert "no text" in _refused(pdf.save())


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with more pages than any book is refused before its pages are read."""
    monkeypatch.setattr(document, "MAX_PAGES", 2)

    assert "3 pages" in _refused(_simple(tmp_path / "long.pdf", pages=3))


def test_a_page_that_fails_is_named(tmp_path: Path) -> None:
    """A page that cannot be opened is a remark; the others are read, each as itself."""
    text = "BT /F1 12 Tf 72 700 Td (Free the buses) Tj ET"
    path = file_of(
        tmp_path / "holes.pdf",
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [9 0 R 3 0 R] /Count 2 >>",
        PAGE,
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    )

    found = read(path)

    assert [(block.text, block.marks[0].page) for block in found.blocks] == [("Free the buses", 2)]
    assert [remark.place for remark in found.remarks] == ["page 1"]


def test_a_form_that_others_draw_is_marked(tmp_path: Path) -> None:
    """An XFA form shows a page that asks to wait: the reader is told that more was there."""
    text, form = "BT /F1 12 Tf 72 700 Td (Please wait) Tj ET", "<xdp/>"
    path = file_of(
        tmp_path / "form.pdf",
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA 5 0 R >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        f"<< /Length {len(form)} >>\nstream\n{form}\nendstream",
    )

    (remark,) = read(path).remarks

    assert "XFA" in remark.text


def test_characters_without_meaning_are_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A font that says of no sign which letter it is gives no words, but a remark."""
    monkeypatch.setenv("PATH", str(tmp_path))  # no tesseract
    signs = "".join(f"<{code:02x}> <e0{code:02x}>\n" for code in range(65, 91))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n26 beginbfchar\n{signs}endbfchar\n"
        "endcmap end end"
    )
    garbage = "BT /F1 12 Tf 72 700 Td (QWERTYUIOPASDFGHJKLZXCVBNM) Tj ET"
    clear = "BT /F2 12 Tf 72 700 Td (Free the buses) Tj ET"
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources"
        " << /Font << /F1 7 0 R /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
        " >> >>"
    )
    path = file_of(
        tmp_path / "garbage.pdf",
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        page.format(5), page.format(6),
        f"<< /Length {len(garbage)} >>\nstream\n{garbage}\nendstream",
        f"<< /Length {len(clear)} >>\nstream\n{clear}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 8 0 R >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    )  # fmt: skip

    found = read(path)

    assert texts(found) == ["Free the buses"]
    assert [remark.place for remark in found.remarks] == ["page 1"]
    assert "unreadable text" in found.remarks[0].text


def _scans(path: Path) -> Path:
    pdf = Pdf(path)
    pdf.lines(wrapped(prose(0, 100), 468))
    pdf.page()
    for text in SCANNED:
        _drawn_text(pdf, f"{text}\nsaid the people of this city")
    return pdf.save()


def test_scanned_pages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without tesseract, pages that are pictures are named, with the next step."""
    path = _scans(tmp_path / "scans.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))

    found = read(path)

    assert texts(found) == [" ".join(prose(0, 100))]
    (remark,) = found.remarks
    assert remark.place == "pages 2-4"
    assert "install tesseract" in remark.text


def test_nothing_but_scans_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of pictures alone says what would read it."""
    pdf = Pdf(tmp_path / "scan.pdf")
    _drawn_text(pdf, WORDS)
    path = pdf.save()
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "install tesseract" in _refused(path)


def _plain_words(found: Extracted) -> list[str]:
    return [text for block in found.blocks for text in block.text.split()]


@needs_tesseract
@pytest.mark.slow
def test_scanned_pages_are_read(tmp_path: Path) -> None:
    """With tesseract, the words of a picture are on its page, as those of any other."""
    found = read(_scans(tmp_path / "scans.pdf"))

    assert not found.remarks
    for page, words in enumerate(SCANNED, start=2):
        read_there = " ".join(block.text for block in found.blocks if block.marks[0].page == page)
        assert words in read_there


@needs_tesseract
def test_a_language_that_is_not_there_is_read_as_english(tmp_path: Path) -> None:
    """Tesseract reads with what it has."""
    pdf = Pdf(tmp_path / "scan.pdf")
    _drawn_text(pdf, WORDS)

    assert WORDS in " ".join(_plain_words(read(pdf.save(), language="eu")))


def test_the_text_layer_of_a_scan_is_used(tmp_path: Path) -> None:
    """Invisible text over a picture is what a scanner recognised: it is the page's text."""
    pdf = Pdf(tmp_path / "layer.pdf")
    image = Image.new("L", (850, 1100), 230)
    pdf.canvas.drawInlineImage(image, 0, 0, 612, 792)
    text = pdf.canvas.beginText(LEFT, 700)
    text.setTextRenderMode(3)
    for line in wrapped(prose(0, 100), 468):
        text.textLine(line)
    pdf.canvas.drawText(text)

    assert texts(read(pdf.save())) == [" ".join(prose(0, 100))]


def test_mutilated_files_are_read_or_refused(tmp_path: Path) -> None:
    """Whatever is changed in a file, it is read or refused; nothing else is raised."""
    whole = _simple(tmp_path / "whole.pdf", pages=3).read_bytes()
    path = tmp_path / "changed.pdf"
    chance = random.Random(20261122)
    refused = 0

    for _ in range(120):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 5, 40])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        try:
            read(path)
        except UnreadableError:
            refused += 1

    assert 0 < refused < 120
