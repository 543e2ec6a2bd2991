"""PDFs that the tests of the importer build, and what a second library reads on their pages."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from pypdf import PdfReader
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from indexer.importers.base import Block, Extracted, SourceInfo
from indexer.importers.pdf.extract import extract

WIDTH, HEIGHT = 612, 792
LEFT, TOP = 72, 720
SIZE, PITCH = 11, 14
BODY, BOLD = "Times-Roman", "Times-Bold"

VOCABULARY = (
    "tenants demand that the city council pass a rent freeze and fund community land trusts so that"
    " families stay in their homes while public housing is repaired with union labor and the budget"
    " of the police department is moved to clinics schools libraries parks buses and youth programs"
).split()


class Pdf:
    """A PDF in the making, with its origin at the top left."""

    def __init__(
        self, path: Path, password: str | None = None, language: str | None = None
    ) -> None:
        encryption = StandardEncryption(password, ownerPassword="owner") if password else None
        self.path = path
        self.canvas = Canvas(
            str(path), pagesize=(WIDTH, HEIGHT), invariant=1, encrypt=encryption, lang=language
        )

    def line(
        self, text: str, x: float = LEFT, y: float = 72, size: float = SIZE, font: str = BODY
    ) -> None:
        """A line of text; `y` is its baseline, from the top."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def lines(
        self, texts: Sequence[str], x: float = LEFT, y: float = 72, size: float = SIZE,
        pitch: float = 0.0, font: str = BODY,
    ) -> float:  # fmt: skip
        """Lines below each other; the baseline of the next one."""
        for text in texts:
            self.line(text, x, y, size, font)
            y += pitch or size * PITCH / SIZE
        return y

    def raised(self, text: str, x: float, y: float, size: float = 7) -> float:
        """A superscript; where it ends."""
        self.line(text, x, y - 4, size)
        return self.end(text, x, size)

    def end(self, text: str, x: float, size: float = SIZE) -> float:
        """Where a line of text ends."""
        return x + float(stringWidth(text, BODY, size))

    def rule(self, y: float, x0: float = LEFT, x1: float = WIDTH - LEFT) -> None:
        """A line from left to right."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)

    def page(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def save(self) -> Path:
        """Write the file."""
        self.canvas.save()
        return self.path


def read(path: Path, password: str | None = None, language: str | None = None) -> Extracted:
    """What the importer makes of a file."""
    return extract(path, SourceInfo(name=path.name, password=password, language=language))


def built(path: Path, draw: Callable[[Pdf], None]) -> Extracted:
    """What the importer makes of a file that is drawn here."""
    pdf = Pdf(path / "built.pdf")
    draw(pdf)
    return read(pdf.save())


def wrapped(words: Sequence[str], width: float, size: float = SIZE, font: str = BODY) -> list[str]:
    """The words in lines of a width."""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def prose(start: int, count: int) -> list[str]:
    """So many words with one that is nowhere else among every five; sentences end at times."""
    words = []
    for index in range(start, start + count):
        word = VOCABULARY[index % len(VOCABULARY)]
        words.append(f"w{index}x" if index % 5 == 0 else word)
    words[0] = words[0].capitalize()
    words[-1] = f"{words[-1]}."
    return words


def texts(found: Extracted, kind: str = "paragraph") -> list[str]:
    """The texts of the blocks of a kind."""
    return [block.text for block in found.blocks if block.kind == kind]


def stretches(block: Block) -> list[tuple[int, str]]:
    """The parts of a block, each with the page that it claims."""
    ends = [*(mark.start for mark in block.marks[1:]), len(block.text)]
    return [
        (mark.page or 0, block.text[mark.start : end])
        for mark, end in zip(block.marks, ends, strict=True)
    ]


def plain(text: str) -> str:
    """Letters and digits alone, so that libraries need not agree on spaces, hyphens and lines."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", letters)


def second_opinion(path: Path, password: str | None = None) -> list[str]:
    """Letters and digits of each page, as pypdf reads them: another library in another language."""
    reader = PdfReader(path, password=password)
    return [plain(page.extract_text()) for page in reader.pages]


def strays(found: Extracted, pages: Sequence[str], shift: int = 0) -> list[tuple[int, str]]:
    """The words that are not on the page that they claim, with that page."""
    missing = []
    for block in found.blocks:
        for page, text in stretches(block):
            claimed = page + shift
            on_page = pages[claimed - 1] if 1 <= claimed <= len(pages) else ""
            missing += [(claimed, word) for word in text.split() if plain(word) not in on_page]
    return missing
