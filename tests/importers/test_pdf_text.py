"""What becomes of the lines of a page: paragraphs, words, pages."""

from pathlib import Path

import pytest

from tests.importers.pdfs import LEFT, PITCH, SIZE, Pdf, built, prose, texts, wrapped

COLUMN = 468  # points from margin to margin


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    """A paragraph ends at a gap, at an indented line, and at a line that was left short."""

    def draw(pdf: Pdf) -> None:
        y = pdf.lines(wrapped(prose(0, 60), COLUMN))
        y = pdf.lines(wrapped(prose(100, 60), COLUMN), y=y + 8)
        first, *rest = wrapped(prose(200, 60), COLUMN - 20)
        pdf.line(first, LEFT + 20, y)
        y = pdf.lines(rest, y=y + PITCH)
        pdf.lines(wrapped(prose(300, 60), COLUMN), y=y)

    found = built(tmp_path, draw)

    assert [text.split()[0] for text in texts(found)] == ["W0x", "W100x", "W200x", "W300x"]
    assert texts(found)[0] == " ".join(prose(0, 60))


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The organ-", "izers met.", "The organizers met."),
        ("A Afro-", "American church.", "A Afro-American church."),
        ("Their self-", "reliance grew.", "Their self-reliance grew."),
        ("A state-of-", "the-art clinic.", "A state-of-the-art clinic."),
        ("Lines 737–", "800 were cut.", "Lines 737–800 were cut."),
        ("Written at https://example.org/", "reports/2020 by us.", "https://example.org/reports/2020"),
        ("The vote—", "it was close—passed.", "The vote—it was close—passed."),
        ("Order 2023-", "0379 was kept.", "Order 2023-0379 was kept."),
    ],
)  # fmt: skip
def test_words_are_joined_over_lines(tmp_path: Path, first: str, second: str, joined: str) -> None:
    """A broken word is one word again; hyphens and dashes that belong to a word stay."""

    def draw(pdf: Pdf) -> None:
        pdf.lines([first, second], pitch=PITCH)

    assert joined in texts(built(tmp_path, draw))[0]


@pytest.mark.parametrize(
    ("elsewhere", "word"), [("wellbeing", "wellbeing"), ("well-being", "well-being")]
)
def test_the_file_decides_on_a_hyphen(tmp_path: Path, elsewhere: str, word: str) -> None:
    """Where the word stands elsewhere in the file, it is written as it is there."""

    def draw(pdf: Pdf) -> None:
        pdf.lines(["All speak of the well-", f"being of children, and {elsewhere} is a right."])

    assert texts(built(tmp_path, draw)) == [
        f"All speak of the {word} of children, and {elsewhere} is a right."
    ]


def test_marks_of_notes_are_not_words(tmp_path: Path) -> None:
    """The number of a note leaves the sentence; a power and a chemical formula keep theirs."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Rents rose.", LEFT, 100)
        x = pdf.raised("12", pdf.end("Rents rose.", LEFT), 100)
        pdf.line("Each flat has 40 m", x + 3, 100)
        x = pdf.raised("2", pdf.end("Each flat has 40 m", x + 3), 100)
        pdf.line("and the air CO", x + 3, 100)
        pdf.line("2", pdf.end("and the air CO", x + 3), 102, 7)

    found = built(tmp_path, draw)

    assert texts(found) == ["Rents rose. Each flat has 40 m² and the air CO2"]


def test_a_paragraph_goes_on_over_pages(tmp_path: Path) -> None:
    """One that clearly goes on is one block with a mark where the next page begins in it."""
    words = prose(0, 200)
    lines = wrapped(words, COLUMN)

    def draw(pdf: Pdf) -> None:
        pdf.lines(lines[:8], y=600)
        pdf.page()
        pdf.lines(lines[8:], y=72)

    found = built(tmp_path, draw)

    (block,) = found.blocks
    assert block.text == " ".join(words)
    assert [mark.page for mark in block.marks] == [1, 2]
    assert block.text[block.marks[1].start :] == " ".join(lines[8:])


def test_a_word_is_joined_over_pages(tmp_path: Path) -> None:
    """A word that is broken at the end of a page is one, marked where its second half begins."""

    def draw(pdf: Pdf) -> None:
        pdf.lines(["We the people of this city and its organ-"], y=700)
        pdf.page()
        pdf.lines(["izers have met."], y=72)

    (block,) = built(tmp_path, draw).blocks

    assert block.text == "We the people of this city and its organizers have met."
    assert block.text[block.marks[1].start :] == "izers have met."


def test_sentences_that_end_stay_on_their_page(tmp_path: Path) -> None:
    """Nothing is joined over pages where a sentence ended, or a new one begins."""

    def draw(pdf: Pdf) -> None:
        pdf.lines(["We met on Monday."], y=700)
        pdf.page()
        pdf.lines(["then on Tuesday we voted", "on all of it"], y=72)
        pdf.page()
        pdf.lines(["Minutes were kept."], y=72)

    found = built(tmp_path, draw)

    assert [len(block.marks) for block in found.blocks] == [1, 1, 1]


def test_items_lose_their_bullets_and_keep_their_numbers(tmp_path: Path) -> None:
    """A bullet is no word; a number is what people refer to."""

    def draw(pdf: Pdf) -> None:
        pdf.line("We demand:", y=72)
        for number, text in enumerate(["Freeze rents now", "Fund clinics"]):
            pdf.line("\u2022", LEFT + 10, 90 + 16 * number)
            pdf.line(text, LEFT + 30, 90 + 16 * number)
        pdf.line("1.", LEFT + 10, 130)
        pdf.lines(
            ["End cash bail in every court of this county and of", "all others"], LEFT + 30, 130
        )
        pdf.line("(b)", LEFT + 10, 162)
        pdf.line("Free the buses", LEFT + 30, 162)

    found = built(tmp_path, draw)

    assert texts(found, "item") == [
        "Freeze rents now",
        "Fund clinics",
        "1. End cash bail in every court of this county and of all others",
        "(b) Free the buses",
    ]


def test_turned_text_is_left_out(tmp_path: Path) -> None:
    """A stamp along the margin is no part of the text."""

    def draw(pdf: Pdf) -> None:
        pdf.lines(wrapped(prose(0, 80), COLUMN))
        pdf.canvas.rotate(90)
        pdf.canvas.drawString(200, -30, "arXiv:2004.04906v3 [cs.CL]")

    assert "arXiv" not in " ".join(texts(built(tmp_path, draw)))


def test_a_page_on_its_side_is_read(tmp_path: Path) -> None:
    """Where most of a page runs upwards, that is how the page is read."""

    def draw(pdf: Pdf) -> None:
        pdf.canvas.rotate(90)
        pdf.canvas.setFont("Times-Roman", SIZE)
        for number, text in enumerate(wrapped(prose(0, 60), COLUMN)):
            pdf.canvas.drawString(72, -100 - PITCH * number, text)

    assert texts(built(tmp_path, draw)) == [" ".join(prose(0, 60))]


def test_the_same_file_reads_the_same(tmp_path: Path) -> None:
    """Two readings of the same bytes are equal."""

    def draw(pdf: Pdf) -> None:
        pdf.lines(wrapped(prose(0, 300), 200), x=72)
        pdf.lines(wrapped(prose(300, 300), 200), x=320)

    assert built(tmp_path, draw) == built(tmp_path, draw)
