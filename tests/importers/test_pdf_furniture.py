"""What a page has for itself and the text has not: heads, feet, numbers of pages and lines."""

from pathlib import Path

import pytest

from indexer.importers.base import Extracted
from tests.importers.pdfs import HEIGHT, LEFT, WIDTH, Pdf, built, prose, read, texts, wrapped

COLUMN = 468
NAMES = ("Alma", "Bea", "Cruz")


def _report(
    tmp_path: Path, numbers: list[str], head: str = "Report of the People's Budget"
) -> Extracted:
    """Pages with a head, a text, and a number at the foot."""

    def draw(pdf: Pdf) -> None:
        for index, number in enumerate(numbers):
            pdf.line(head if index % 2 else f"{head} {number}", LEFT, 40, 9)
            pdf.lines(wrapped(prose(1000 * index, 250), COLUMN), y=80)
            pdf.line(number, WIDTH / 2, HEIGHT - 40, 9)
            pdf.page()

    return built(tmp_path, draw)


def test_heads_and_numbers_are_no_text(tmp_path: Path) -> None:
    """What comes again at the edge of pages, and their numbers, are in no block."""
    found = _report(tmp_path, ["1", "2", "3", "4"])

    assert texts(found) == [" ".join(prose(1000 * index, 250)) for index in range(4)]
    assert found.labels == ()


def test_printed_numbers_are_labels(tmp_path: Path) -> None:
    """Numbers that go up by one from page to page are the pages' labels, roman ones too."""
    found = _report(tmp_path, ["iii", "iv", "1", "2", "3"])

    assert found.labels == ("iii", "iv", "1", "2", "3")
    assert {block.kind for block in found.blocks} == {"paragraph"}


def test_a_page_without_its_number_is_between_its_neighbours(tmp_path: Path) -> None:
    """A page that shows no number, as first pages of chapters do, is counted all the same."""
    found = _report(tmp_path, ["101", "102", "", "104", "105"])

    assert found.labels == ("101", "102", "103", "104", "105")


def test_labels_of_the_file_come_first(tmp_path: Path) -> None:
    """Labels that the file states are taken as they are."""
    pdf = Pdf(tmp_path / "labelled.pdf")
    pdf.canvas.addPageLabel(0, "ROMAN_LOWER", 1)
    pdf.canvas.addPageLabel(2, "ARABIC", 1)
    for index in range(4):
        pdf.lines(wrapped(prose(1000 * index, 100), COLUMN))
        pdf.page()

    assert read(pdf.save()).labels == ("i", "ii", "1", "2")


def test_labels_that_say_nothing_are_none(tmp_path: Path) -> None:
    """Labels 1, 2, 3 are the pages themselves."""
    pdf = Pdf(tmp_path / "labelled.pdf")
    pdf.canvas.addPageLabel(0, "ARABIC", 1)
    for index in range(3):
        pdf.lines(wrapped(prose(1000 * index, 100), COLUMN))
        pdf.page()

    assert read(pdf.save()).labels == ()


def test_a_line_at_the_edge_may_be_text(tmp_path: Path) -> None:
    """First and last lines that come only once stay, and so does a number within the text."""

    def draw(pdf: Pdf) -> None:
        for index, name in enumerate(NAMES):
            pdf.lines([f"The page of {name} begins here."], y=40)
            pdf.lines(wrapped(prose(1000 * index, 100), COLUMN), y=80)
            pdf.lines([f"It ends with {name} and 14 more"], y=750)
            pdf.page()

    words = " ".join(texts(built(tmp_path, draw)))

    assert all(words.count(name) == 2 for name in NAMES)


def test_a_title_that_comes_again_is_kept_once(tmp_path: Path) -> None:
    """Slides of one title: it is a heading where it comes first, and a running head behind."""

    def draw(pdf: Pdf) -> None:
        for index in range(3):
            pdf.line("What we demand", LEFT, 60, 24)
            pdf.lines(wrapped(prose(1000 * index, 100), COLUMN), y=120)
            pdf.page()

    assert texts(built(tmp_path, draw), "heading") == ["What we demand"]


def test_titles_that_differ_in_a_number_are_kept(tmp_path: Path) -> None:
    """Slides that are called Demand 1 and Demand 2 keep their titles."""

    def draw(pdf: Pdf) -> None:
        for index in range(3):
            pdf.line(f"Demand {index + 1}", LEFT, 60, 24)
            pdf.lines(wrapped(prose(1000 * index, 100), COLUMN), y=120)
            pdf.page()

    assert texts(built(tmp_path, draw), "heading") == ["Demand 1", "Demand 2", "Demand 3"]


def test_a_letter_that_is_there_twice_keeps_its_words(tmp_path: Path) -> None:
    """Pages that are equal, or begin with the same lines, have no heads of that length."""

    def draw(pdf: Pdf) -> None:
        for name in ("Alma", "Alma", "Bea"):
            pdf.lines(
                ["May 5, 2023", "To the council:", f"{name} asks you to freeze rents."], pitch=24
            )
            pdf.lines(wrapped(prose(0, 60), COLUMN), y=150)
            pdf.page()

    found = texts(built(tmp_path, draw))

    assert [text for text in found if "asks you" in text] == [
        f"{name} asks you to freeze rents." for name in ("Alma", "Alma", "Bea")
    ]
    assert found.count("To the council:") >= 2


def test_line_numbers_leave_the_sentences(tmp_path: Path) -> None:
    """The numbers 1 to 25 in the margin of a transcript are in no sentence."""

    def draw(pdf: Pdf) -> None:
        for page in range(2):
            for number, text in enumerate(wrapped(prose(1000 * page, 190), 330), start=1):
                pdf.line(str(number), 66 if number > 9 else 72, 60 + 24 * number)
                pdf.line(text, 120, 60 + 24 * number)
            pdf.page()

    found = built(tmp_path, draw)

    assert " ".join(texts(found)).split() == [*prose(0, 190), *prose(1000, 190)]


def test_a_ranking_is_not_numbered_lines(tmp_path: Path) -> None:
    """Numbers that count the rows of a table are a column of it."""

    def draw(pdf: Pdf) -> None:
        for number in range(1, 26):
            pdf.line(str(number), 72, 60 + 24 * number)
            pdf.line(f"City{number}", 120, 60 + 24 * number)
            pdf.line(f"{number * 1000:,}", 300, 60 + 24 * number)

    found = built(tmp_path, draw)

    assert texts(found, "row")[2] == "3 | City3 | 3,000"


@pytest.mark.parametrize(
    ("stated", "labels"), [(7, ("1", "2", "3", "4")), (11, ("11", "12", "13", "14"))]
)
def test_stated_labels_are_checked(tmp_path: Path, stated: int, labels: tuple[str, ...]) -> None:
    """Labels that the file states give way where other numbers are printed on the pages."""
    pdf = Pdf(tmp_path / "labelled.pdf")
    pdf.canvas.addPageLabel(0, "ARABIC", stated)
    first = int(labels[0])
    for index in range(4):
        pdf.lines(wrapped(prose(1000 * index, 100), COLUMN))
        pdf.line(str(first + index), WIDTH / 2, HEIGHT - 40, 9)
        pdf.page()

    found = read(pdf.save())

    assert found.labels == (labels if first > 1 else ())
    assert len(texts(found)) == 4


def test_spreads_have_two_numbers(tmp_path: Path) -> None:
    """Where two pages are printed on one, its label names both, and neither number is text."""

    def draw(pdf: Pdf) -> None:
        for index in range(4):
            for side, x in enumerate((60, 330)):
                words = prose(1000 * (2 * index + side), 120)
                pdf.lines(wrapped(words, 220, 10), x, 80, 10)
                pdf.line(str(2 * index + side + 2), x + 100, HEIGHT - 40, 9)
            pdf.page()

    found = built(tmp_path, draw)

    assert found.labels == ("2-3", "4-5", "6-7", "8-9")
    assert not any(block.text.isdecimal() for block in found.blocks)


@pytest.mark.parametrize("y", [40, HEIGHT - 40])
@pytest.mark.parametrize("x", [LEFT, 300])
def test_a_number_apart_in_a_changing_head_is_the_page(tmp_path: Path, x: float, y: float) -> None:
    """A head that is another on each page has the page's number apart from its words."""
    chapters = ("Vivienda digna", "Buses for all", "Clinics and nurses", "Parques y plazas")

    def draw(pdf: Pdf) -> None:
        for index, name in enumerate(chapters):
            pdf.line(str(index + 31), x, y)
            pdf.line(name, 150 if x == LEFT else LEFT, y)
            pdf.line("Plan 2030", 450, y)
            pdf.lines(wrapped(prose(1000 * index, 200), COLUMN), y=90)
            pdf.page()

    found = built(tmp_path, draw)

    assert found.labels == ("31", "32", "33", "34")
    assert texts(found) == [" ".join(prose(1000 * index, 200)) for index in range(4)]


def test_numbers_in_rows_at_the_edge_are_no_labels(tmp_path: Path) -> None:
    """Rows of a table that runs over pages keep their figures."""

    def draw(pdf: Pdf) -> None:
        for page in range(3):
            for row in range(30):
                number = 30 * page + row
                pdf.line(f"City{number}", LEFT, 60 + 22 * row)
                pdf.line(str(number * number + 5), 300, 60 + 22 * row)
            pdf.page()

    found = built(tmp_path, draw)

    assert found.labels == ()
    assert len(texts(found, "row")) == 90
