"""Files of every kind that an importer reads, and broken files, made from plain words."""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

SENTENCES = (
    "The council should move ten million dollars from overtime to homes.",
    "Buses run late in the east of the city, and riders wait an hour.",
    "We demand that the mayor open the shelters before the first snow.",
    "Tenants wrote down every leak, every broken stair and every cold night.",
    "The committee heard twelve people, and none of them spoke against it.",
    "A clinic that closes at five is no clinic for those who work until six.",
)


def words(number: int) -> str:
    """Return a paragraph that differs for each number."""
    said = [SENTENCES[(number + step) % len(SENTENCES)] for step in range(3)]
    return f"This is paper number {number} of the archive. {' '.join(said)}"


def pdf(path: Path, pages: list[list[str]], title: str = "") -> None:
    """Write a PDF with a list of lines for each page."""
    canvas = Canvas(str(path), pagesize=letter, invariant=True)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        for row, line in enumerate(lines):
            canvas.drawString(72, 700 - 14 * row, line)
        canvas.showPage()
    canvas.save()


def html(text: str, title: str = "A page") -> str:
    """Return a saved page with an article, navigation and a footer."""
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><nav><a href=/>Home</a> <a href=/news>News</a></nav><main><article><h1>{title}</h1>"
        f"<p>{text}</p><p>{text}</p></article></main><footer>Cookies</footer></body></html>"
    )


def vtt(text: str) -> str:
    """Return WebVTT captions with one cue for each sentence."""
    said = text.split(". ")
    cues = [
        f"00:00:{2 * at:02d}.000 --> 00:00:{2 * at + 2:02d}.000\n<v Ana Rivera>{one}.\n"
        for at, one in enumerate(said)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def srt(text: str) -> str:
    """Return SubRip captions with one cue."""
    return f"1\n00:00:01,000 --> 00:00:09,000\n{text}\n"


def table(text: str) -> str:
    """Return CSV with one row for each sentence."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "title", "text"])
    for at, one in enumerate(text.split(". ")):
        writer.writerow([f"row-{at}", f"Item {at}", one])
    return out.getvalue()


def jsonl(text: str) -> str:
    """Return JSON Lines with one object for each sentence, as in BEIR's corpus.jsonl."""
    return "".join(
        json.dumps({"_id": f"r{at}", "title": f"Item {at}", "text": one}) + "\n"
        for at, one in enumerate(text.split(". "))
    )


@cache
def pandoc() -> Path:
    """Return the path of pandoc, which makes the office files."""
    return Path(str(distribution("pypandoc-binary").locate_file("pypandoc/files/pandoc")))


def office(path: Path, markdown: str) -> None:
    """Write a DOCX, ODT, RTF or EPUB from Markdown, by the suffix of the path."""
    kind = path.suffix.removeprefix(".")
    subprocess.run(
        [pandoc(), "--from=markdown", f"--to={kind}", "--standalone", f"--output={path}"],
        input=f"---\ntitle: {path.stem}\nlang: en\n---\n\n{markdown}\n".encode(),
        check=True,
        capture_output=True,
    )


KINDS = ("pdf", "html", "vtt", "srt", "md", "txt", "csv", "jsonl", "docx", "odt", "rtf", "epub")


def make(folder: Path, kind: str, number: int) -> Path:
    """Write a whole file of a kind, with words of its own, and return its path."""
    text, path = words(number), folder / f"paper-{number}.{kind}"
    match kind:
        case "pdf":
            lines = [f"{one}." for one in text.removesuffix(".").split(". ")]
            pdf(path, [lines, [f"Second page of paper {number}.", *lines[:2]]])
        case "docx" | "odt" | "rtf" | "epub":
            office(path, f"# Paper {number}\n\n{text}\n\n## More\n\n{text}")
        case _:
            made = {"html": html, "vtt": vtt, "srt": srt, "csv": table, "jsonl": jsonl}
            plain = {"md": f"# Paper {number}\n\n{text}\n", "txt": f"{text}\n"}
            path.write_text(plain[kind] if kind in plain else made[kind](text), "utf-8")
    return path


def broken(folder: Path) -> Iterator[Path]:
    """Write files that cannot be read, each for another reason, and yield their paths."""
    whole = make(folder, "pdf", 900).read_bytes()
    word = make(folder, "docx", 901).read_bytes()
    book = make(folder, "epub", 902).read_bytes()
    for name in ("paper-900.pdf", "paper-901.docx", "paper-902.epub"):
        (folder / name).unlink()
    contents = {
        "empty.pdf": b"",
        "empty.docx": b"",
        "empty.txt": b"",
        "truncated.pdf": whole[: len(whole) // 3],
        "no-pdf.pdf": b"%PDF-1.7\n" + b"nothing here" * 50,
        "truncated.docx": word[: len(word) // 2],
        "truncated.epub": book[: len(book) // 2],
        "zeros.pdf": bytes(4096),
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(400),
        "picture.pdf": b"\xff\xd8\xff\xe0" + bytes(400),
        "program.md": b"\x7fELF" + bytes(range(256)) * 8,
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048),
        "none.jsonl": b"{]\n[}\nnothing\n",
        "bare.vtt": b"WEBVTT\n\n",
        "shell.html": b"<html><head><script>x()</script></head><body><noscript>Enable "
        b"JavaScript</noscript></body></html>",
        "spaces.txt": b" \n\n \t \n",
        "sheet.xlsx": _zip({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}),
        "tricks.docx": _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>",
                             "../../evil.txt": b"x"}),
        "bomb.epub": _zip({"mimetype": b"application/epub+zip", "a.xhtml": bytes(80_000_000)}),
        "laughs.docx": _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": _LAUGHS}),
    }  # fmt: skip
    for name, content in contents.items():
        path = folder / name
        path.write_bytes(content)
        yield path


_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9))
    + b"]><w>&j;</w>"
)


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
