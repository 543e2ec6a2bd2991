"""Make PDFs for benchmarks: a report in one column, one in two, and pages of a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

PAGES = 20
TOP, PITCH = 720, 12

WORDS = (
    "the council shall fund homes clinics schools and buses before jails because people who live"
    " here have said so at every hearing since spring and the budget that was passed in June does"
    " not do what they asked for"
).split()
TEXT = " ".join(WORDS[index * 7 % len(WORDS)] for index in range(900))


def build(folder: Path) -> list[Path]:
    """Write one PDF for each layout to a folder, and return their paths.

    Raise ModuleNotFoundError if reportlab is not installed.
    """
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - the extra `benchmarks`

    made = []
    for draw in (prose, columns, tables):
        path = folder / f"{draw.__name__}.pdf"
        canvas = Canvas(str(path), pagesize=(612, 792), invariant=1)
        for page in range(PAGES):
            draw(canvas, page)
            canvas.setFont("Helvetica", 8)
            canvas.drawString(300, 30, str(page + 1))
            canvas.showPage()
        canvas.save()
        made.append(path)
    return made


def prose(canvas: Any, page: int) -> None:
    """Draw a page of one column."""
    _column(canvas, 72, _lines(52, 95, page))


def columns(canvas: Any, page: int) -> None:
    """Draw a page of two columns."""
    _column(canvas, 54, _lines(54, 48, page))
    _column(canvas, 318, _lines(54, 48, page + 500))


def tables(canvas: Any, page: int) -> None:
    """Draw a table of 45 rows and six columns."""
    canvas.setFont("Helvetica", 9)
    for row in range(45):
        canvas.drawString(60, TOP - 14 * row, f"Department {page * 45 + row}")
        for cell in range(5):
            canvas.drawRightString(260 + 70 * cell, TOP - 14 * row, f"{row * 977 * cell:,}")


def _lines(count: int, letters: int, first: int) -> list[str]:
    places = [(first + index) * letters % (len(TEXT) - letters) for index in range(count)]
    return [TEXT[place : place + letters].strip() for place in places]


def _column(canvas: Any, x: float, lines: Sequence[str]) -> None:
    body = canvas.beginText(x, TOP)
    body.setFont("Times-Roman", 10, PITCH)
    for line in lines:
        body.textLine(line)
    canvas.drawText(body)
