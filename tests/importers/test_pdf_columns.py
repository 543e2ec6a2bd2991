"""In which order a page is read, and what stays apart."""

from pathlib import Path

import pytest

from tests.importers.pdfs import BOLD, LEFT, Pdf, built, prose, texts, wrapped

TWO, THREE = (72, 320), (54, 232, 410)


def _stream(blocks: list[str]) -> list[str]:
    return " ".join(blocks).split()


@pytest.mark.parametrize(("columns", "width"), [(TWO, 220.0), (THREE, 150.0)])
def test_columns_are_read_one_after_the_other(
    tmp_path: Path, columns: tuple[int, ...], width: float
) -> None:
    """Two or three columns: each from its top to its foot, from left to right."""
    words = prose(0, 300)
    lines = wrapped(words, width, 10)
    height = -(-len(lines) // len(columns))

    def draw(pdf: Pdf) -> None:
        # Line by line over all columns, so that the file's order does not help.
        for row in range(height):
            for number, x in enumerate(columns):
                for text in lines[number * height + row : number * height + row + 1]:
                    if row < height:
                        pdf.line(text, x, 100 + 12 * row, 10)

    assert _stream(texts(built(tmp_path, draw))) == words


def test_a_heading_above_columns_comes_first(tmp_path: Path) -> None:
    """What runs across the columns parts what is above it from what is below."""

    def draw(pdf: Pdf) -> None:
        pdf.line("A platform for the whole city and all of its people", LEFT, 72, 20, BOLD)
        pdf.lines(wrapped(prose(0, 60), 220, 10), 72, 110, 10)
        pdf.lines(wrapped(prose(100, 60), 220, 10), 320, 110, 10)
        pdf.line(
            "Below it stands a second heading that is as wide as the page", LEFT, 330, 16, BOLD
        )
        pdf.lines(wrapped(prose(200, 60), 220, 10), 72, 360, 10)
        pdf.lines(wrapped(prose(300, 60), 220, 10), 320, 360, 10)

    found = built(tmp_path, draw)

    starts = [block.text.split()[0] for block in found.blocks]
    assert starts == ["A", "W0x", "W100x", "Below", "W200x", "W300x"]


def test_one_column_then_three(tmp_path: Path) -> None:
    """A page may begin in one column and go on in three."""

    def draw(pdf: Pdf) -> None:
        y = pdf.lines(wrapped(prose(0, 80), 500, 10), 54, 72, 10)
        for number, x in enumerate(THREE):
            pdf.lines(wrapped(prose(100 * (number + 1), 60), 150, 10), x, y + 20, 10)

    found = built(tmp_path, draw)

    assert [text.split()[0] for text in texts(found)] == ["W0x", "W100x", "W200x", "W300x"]


def test_a_paragraph_goes_on_in_the_next_column(tmp_path: Path) -> None:
    """A sentence that the foot of a column cuts is whole again."""
    words = prose(0, 120)
    lines = wrapped(words, 220, 10)

    def draw(pdf: Pdf) -> None:
        half = len(lines) // 2
        pdf.lines(lines[:half], 72, 100, 10)
        pdf.lines(lines[half:], 320, 100, 10)

    assert texts(built(tmp_path, draw)) == [" ".join(words)]


def test_cells_are_not_glued(tmp_path: Path) -> None:
    """A row of a table is one block with bars between its cells, wherever they end."""
    rows = [
        ("Department", "2019", "2020"),
        ("Police", "1,200", "1,350"),
        ("Parks and recreation", "300", "250"),
        ("Libraries", "90", "80"),
    ]

    def draw(pdf: Pdf) -> None:
        for number, row in enumerate(rows):
            for cell, x in zip(row, (72, 200, 260), strict=True):
                pdf.line(cell, x, 100 + 16 * number)

    assert texts(built(tmp_path, draw), "row") == [" | ".join(row) for row in rows]


def test_a_cell_may_have_several_lines(tmp_path: Path) -> None:
    """The second line of a cell is put behind the first, not into a row of its own."""

    def draw(pdf: Pdf) -> None:
        for number, amount in enumerate(["$5,000", "$7,500", "$9,100"]):
            y = 100 + 40 * number
            pdf.line(f"Item {number}", 72, y)
            pdf.lines(["repairs of the roof and", "of the stairs behind it"], 200, y)
            pdf.line(amount, 400, y)

    assert texts(built(tmp_path, draw), "row") == [
        f"Item {number} | repairs of the roof and of the stairs behind it | {amount}"
        for number, amount in enumerate(["$5,000", "$7,500", "$9,100"])
    ]


def test_a_drawn_line_ends_the_columns(tmp_path: Path) -> None:
    """A rule across the page parts the columns above from those below."""

    def draw(pdf: Pdf) -> None:
        for part, top in enumerate((72, 205)):
            for number, x in enumerate(TWO):
                words = prose(100 * (2 * part + number), 60)
                pdf.lines(wrapped(words, 220, 10), x, top, 10)
        pdf.rule(190)

    found = built(tmp_path, draw)

    assert [text.split()[0] for text in texts(found)] == ["W0x", "W100x", "W200x", "W300x"]


def test_lists_beside_each_other_are_columns(tmp_path: Path) -> None:
    """Short lines of two lists that do not stand on the same heights are no rows."""
    names = [f"Member of the board number {number}" for number in range(12)]

    def draw(pdf: Pdf) -> None:
        pdf.lines(names[:6], 72, 100, pitch=17)
        pdf.lines(names[6:], 320, 107, pitch=21)

    found = built(tmp_path, draw)

    assert " ".join(block.text for block in found.blocks) == " ".join(names)


def test_stretched_lines_are_no_tables(tmp_path: Path) -> None:
    """Wide spaces in justified lines are spaces."""

    def draw(pdf: Pdf) -> None:
        text = pdf.canvas.beginText(72, 700)
        text.setFont("Times-Roman", 10)
        for line in wrapped(prose(0, 120), 180, 10):
            missing = 190 - pdf.canvas.stringWidth(line, "Times-Roman", 10)
            text.setWordSpace(missing / max(1, line.count(" ")))
            text.textLine(line)
        pdf.canvas.drawText(text)

    found = built(tmp_path, draw)

    assert {block.kind for block in found.blocks} == {"paragraph"}
    assert _stream(texts(found)) == prose(0, 120)


def test_regions_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Where each column is one piece of the file, the file says which comes first."""
    right, left = prose(0, 80), prose(100, 80)

    def draw(pdf: Pdf) -> None:
        pdf.lines(wrapped(right, 300, 10), 240, 100, 10)
        pdf.lines(wrapped(left, 130, 10), 72, 100, 10)

    assert _stream(texts(built(tmp_path, draw))) == [*right, *left]


def test_a_quotation_across_columns_does_not_cut_them(tmp_path: Path) -> None:
    """A box over the gutter is read where the file has it, and columns go on below it."""
    lines = wrapped(prose(0, 240), 220, 10)
    quarter = len(lines) // 4

    def draw(pdf: Pdf) -> None:
        parts = [lines[start : start + quarter] for start in range(0, 4 * quarter, quarter)]
        for part, (x, y) in zip(parts, ((72, 80), (72, 300), (320, 80), (320, 300)), strict=True):
            pdf.lines(part, x, y, 10)
        pdf.line("Nobody should choose between rent and food", 150, 270, 16)

    found = built(tmp_path, draw)

    assert texts(found) == [" ".join(lines[: 4 * quarter])]


def test_a_heading_that_is_drawn_late_stays_above(tmp_path: Path) -> None:
    """A title in the head of the page comes first, whenever it was drawn."""

    def draw(pdf: Pdf) -> None:
        for number, x in enumerate(TWO):
            pdf.lines(wrapped(prose(100 * number, 80), 220, 10), x, 160, 10)
        pdf.line("A platform for the whole city", LEFT, 80, 20, BOLD)

    assert built(tmp_path, draw).blocks[0].text == "A platform for the whole city"


@pytest.mark.parametrize("begin", ["and nobody", "y nadie"])
def test_a_cell_is_not_joined_to_the_text_of_the_next_page(tmp_path: Path, begin: str) -> None:
    """Words in a row between two rules end there, and text after a table begins there."""
    cell = [
        "Repairs of all roofs in the old houses that are owned by the city",
        "and of the stairs that are behind each of the",
    ]

    def draw(pdf: Pdf) -> None:
        pdf.lines(wrapped(prose(0, 100), 468), y=72)
        for y in (640, 700):
            pdf.rule(y)
        pdf.lines(cell, y=660)
        pdf.page()
        pdf.lines([begin, *wrapped(prose(100, 100), 468)], y=72)

    found = built(tmp_path, draw)

    assert [block.text for block in found.blocks if "roofs" in block.text] == [" ".join(cell)]
    assert all(len(block.marks) == 1 for block in found.blocks)


@pytest.mark.parametrize("begin", ["and all who", "y todas las que"])
def test_columns_of_other_widths_are_not_joined(tmp_path: Path, begin: str) -> None:
    """What a narrow box begins with in a small letter is not the rest of a wide paragraph."""
    wide = wrapped([*prose(0, 79)[:-1], "of", "the", "many", "who", "came", "to", "ask"], 468)
    narrow = wrapped([*begin.split(), *prose(101, 60)[1:]], 150)

    def draw(pdf: Pdf) -> None:
        pdf.lines(wide, y=600)
        pdf.page()
        pdf.lines(narrow, 380, 100)

    found = built(tmp_path, draw)

    assert [len(block.marks) for block in found.blocks] == [1, 1]
