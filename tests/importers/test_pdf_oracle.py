"""Every word is on the page that it claims, as a second, independent library reads that page."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.importers.base import Extracted
from tests.importers.pdfs import (
    BOLD,
    HEIGHT,
    LEFT,
    WIDTH,
    Pdf,
    plain,
    prose,
    read,
    second_opinion,
    strays,
    wrapped,
)

PAGES = 12


def _report(path: Path) -> Path:
    """All at once: columns, notes, heads, labels, contents, tables, paragraphs over pages."""
    pdf = Pdf(path)
    pdf.line("Contents", LEFT, 72, 18, BOLD)
    for number in range(5):
        pdf.line(f"Chapter c{number} {'.' * 50} {number + 2}", LEFT, 110 + 16 * number)
    pdf.page()
    stream = wrapped(prose(0, 4000), 220, 10)
    for page in range(2, PAGES + 1):
        pdf.line(f"The whole report {page}", LEFT, 40, 9)
        if page % 3 == 0:
            pdf.line(f"Chapter of page{page}", LEFT, 80, 18, BOLD)
        for x in (72, 320):
            pdf.lines(stream[:30], x, 110, 10)
            stream = stream[30:]
        for row in range(4):
            for column in range(3):
                pdf.line(f"p{page}r{row}c{column}", 72 + 150 * column, 520 + 16 * row)
        end = pdf.raised(str(page), LEFT, 660, 5)
        pdf.line(f"See note{page} of the clerk number {page * 7}.", end + 2, 660, 8)
        pdf.line(str(page), WIDTH / 2, HEIGHT - 30, 9)
        pdf.page()
    return pdf.save()


def _words(found: Extracted) -> int:
    return sum(len(block.text.split()) for block in found.blocks)


def _lost(found: Extracted, pages: Sequence[str], lines: Sequence[str]) -> list[str]:
    text = plain(" ".join(block.text for block in found.blocks))
    return [line for line in lines if plain(line) not in text]


def test_each_word_is_on_its_page(tmp_path: Path) -> None:
    """All words of a built report, those of paragraphs that run over pages too."""
    path = _report(tmp_path / "report.pdf")
    found, pages = read(path), second_opinion(path)

    assert strays(found, pages) == []
    assert {mark.page for block in found.blocks for mark in block.marks} == set(range(1, PAGES + 1))
    assert any(len(block.marks) > 1 for block in found.blocks)


def test_no_word_is_lost(tmp_path: Path) -> None:
    """All words that the second library finds are in a block, but for heads and page numbers."""
    path = _report(tmp_path / "report.pdf")
    words = {word for block in read(path).blocks for word in block.text.casefold().split()}

    wanted = {word.strip(".").casefold() for word in prose(0, 1200) if word.startswith("w")}
    assert wanted <= {word.strip(".") for word in words}
    cells = {
        f"p{page}r{row}c{column}"
        for page in range(2, PAGES + 1)
        for row in range(4)
        for column in range(3)
    }
    assert cells <= words


@pytest.mark.parametrize("shift", [-1, 1])
def test_the_check_would_see_a_wrong_page(tmp_path: Path, shift: int) -> None:
    """Were every page one off, words on every page would be missing there."""
    path = _report(tmp_path / "report.pdf")
    found, pages = read(path), second_opinion(path)

    missing = strays(found, pages, shift)

    assert {page for page, _ in missing} >= {page + shift for page in range(2, PAGES + 1)}
    assert len(missing) > 0.15 * _words(found)


@pytest.mark.parametrize(
    "name",
    [
        "federal-register-three-column.pdf",
        "gao-cybersecurity-invalid-structure.pdf",
        "scotus-transcript-line-numbers.pdf",
    ],
)
def test_each_word_of_real_files_is_on_its_page(shared_documents: Path, name: str) -> None:
    """The same holds for real files, and nearly all words of theirs are in a block."""
    path = shared_documents / name
    found, pages = read(path), second_opinion(path)

    assert strays(found, pages) == []
    ours = sum(len(plain(block.text)) for block in found.blocks)
    assert ours > 0.8 * sum(map(len, pages))  # less heads, page numbers and line numbers
    if len(pages) > 1:
        assert len(strays(found, pages, 1)) > 0.15 * _words(found)
