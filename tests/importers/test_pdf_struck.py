"""Words with a line through them are no text: old law in bills, deletions of an editor."""

from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import MarkupAnnotation
from pypdf.generic import ArrayObject, FloatObject, NameObject

from indexer.importers.base import Extracted
from tests.importers.pdfs import HEIGHT, LEFT, SIZE, Pdf, built, read, texts

BEFORE, STRUCK, NEW = "The fare shall be", "two dollars", "nothing"
SPANISH = ("El pasaje será de", "dos pesos", "cero pesos")


def _sentence(pdf: Pdf, words: tuple[str, str, str], y: float = 100) -> tuple[float, float]:
    """A sentence in three parts; where the middle one begins and ends."""
    before, struck, new = words
    pdf.line(before, LEFT, y)
    start = pdf.end(f"{before} ", LEFT)
    pdf.line(struck, start, y)
    end = pdf.end(struck, start)
    pdf.line(f"{new} from now on.", end + 3, y)
    return start, end


def _said(found: Extracted) -> list[tuple[str, str]]:
    return [(remark.place, remark.text) for remark in found.remarks]


@pytest.mark.parametrize("words", [(BEFORE, STRUCK, NEW), SPANISH])
@pytest.mark.parametrize("how", ["line", "bar", "pieces", "shape"])
def test_struck_words_are_left_out(tmp_path: Path, words: tuple[str, str, str], how: str) -> None:
    """However the line is drawn, only live words are text, and a remark names the page."""

    def draw(pdf: Pdf) -> None:
        start, end = _sentence(pdf, words)
        y, half = HEIGHT - 100 + 0.3 * SIZE, (start + end) / 2
        if how == "line":
            pdf.canvas.line(start, y, end, y)
        elif how == "bar":
            pdf.canvas.rect(start, y, end - start, 0.6, stroke=0, fill=1)
        elif how == "pieces":
            pdf.canvas.line(start, y, half, y)
            pdf.canvas.line(half, y, end, y)
        else:
            pdf.canvas.lines([(start, y, end, y), (LEFT, 80, LEFT + 90, 80)])

    found = built(tmp_path, draw)

    assert texts(found) == [f"{words[0]} {words[2]} from now on."]
    assert _said(found) == [("page 1", "struck-out text left out")]


def test_a_part_of_a_word_may_be_struck(tmp_path: Path) -> None:
    """New figures that follow old ones without a space are not struck with them."""

    def draw(pdf: Pdf) -> None:
        pdf.line("A fine of $", LEFT, 100)
        start = pdf.end("A fine of $", LEFT)
        end = pdf.end("1,200", start)
        pdf.line("1,200", start, 100)
        pdf.line("900 is due.", end, 100)
        y = HEIGHT - 100 + 0.3 * SIZE
        pdf.canvas.line(start, y, end, y)

    assert texts(built(tmp_path, draw)) == ["A fine of $900 is due."]


def test_pages_in_a_row_have_one_remark(tmp_path: Path) -> None:
    """A remark names all pages with struck words."""

    def draw(pdf: Pdf) -> None:
        for _ in range(3):
            start, end = _sentence(pdf, (BEFORE, STRUCK, NEW))
            y = HEIGHT - 100 + 0.3 * SIZE
            pdf.canvas.line(start, y, end, y)
            pdf.page()

    assert _said(built(tmp_path, draw)) == [("pages 1-3", "struck-out text left out")]


@pytest.mark.parametrize("height", [-0.15, 0.75, 1.1])
def test_lines_below_and_above_words_strike_nothing(tmp_path: Path, height: float) -> None:
    """Underlined words, which bills use for new law, and words below a line are text."""

    def draw(pdf: Pdf) -> None:
        start, end = _sentence(pdf, (BEFORE, STRUCK, NEW))
        y = HEIGHT - 100 + height * SIZE
        pdf.canvas.line(start, y, end, y)

    found = built(tmp_path, draw)

    assert texts(found) == [f"{BEFORE} {STRUCK} {NEW} from now on."]
    assert found.remarks == ()


def test_a_line_much_longer_than_the_words_strikes_nothing(tmp_path: Path) -> None:
    """A line of a drawing or a frame that runs behind a title is no strike."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Our demands", 270, 100)
        pdf.canvas.line(LEFT, HEIGHT - 97, 540, HEIGHT - 97)

    assert "Our demands" in " ".join(block.text for block in built(tmp_path, draw).blocks)


def test_an_annotation_may_strike(tmp_path: Path) -> None:
    """Words that a person marked as struck out in a reader are left out too."""
    places: list[tuple[float, float]] = []
    pdf = Pdf(tmp_path / "plain.pdf")
    places.append(_sentence(pdf, (BEFORE, STRUCK, NEW)))
    plain = pdf.save()
    (start, end), y = places[0], HEIGHT - 100
    corners = (start, y + 8, end, y + 8, start, y - 2, end, y - 2)
    mark = MarkupAnnotation(title_bar="Editor")
    mark[NameObject("/Subtype")] = NameObject("/StrikeOut")
    mark[NameObject("/Rect")] = ArrayObject(map(FloatObject, (start, y - 2, end, y + 8)))
    mark[NameObject("/QuadPoints")] = ArrayObject(map(FloatObject, corners))
    writer = PdfWriter(clone_from=PdfReader(plain))
    writer.add_annotation(page_number=0, annotation=mark)
    path = tmp_path / "marked.pdf"
    writer.write(path)

    found = read(path)

    assert texts(found) == [f"{BEFORE} {NEW} from now on."]
    assert _said(found) == [("page 1", "struck-out text left out")]
