"""Plain text: paragraphs, lines, items, headings and pages, found from the layout."""

from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.base import Extracted
from tests.importers.files import read, texts

PROSE = (
    "We, the residents of the city, call on the council to adopt a budget that puts the needs of "
    "people first, for too long the budget has been decided behind closed doors and without us."
)


def kinds(extracted: Extracted) -> list[tuple[str, str]]:
    """Return kind and text of every block."""
    return [(block.kind, block.text) for block in extracted.blocks]


@pytest.mark.parametrize("width", [45, 60, 72, 78, 100])
def test_wrapped_lines_are_one_paragraph(tmp_path: Path, width: int) -> None:
    """Wrapped lines of any width are joined up to the next empty line."""
    found = read(tmp_path, "a.txt", f"{fill(PROSE, width)}\n\n{fill(PROSE[4:], width)}\n")

    assert texts(found) == [PROSE, PROSE[4:]]


def test_minutes_stay_line_by_line(tmp_path: Path) -> None:
    """Lines that are not wrapped are separate blocks, and numbered lines are items."""
    page = "Present: Bas, Kaplan\nAbsent: none\n\n1. Call to order\n\n2. Budget\n   a) Police\n"
    found = read(tmp_path, "a.txt", page)

    assert kinds(found) == [
        ("paragraph", "Present: Bas, Kaplan"),
        ("paragraph", "Absent: none"),
        ("item", "1. Call to order"),
        ("item", "2. Budget"),
        ("item", "a) Police"),
    ]


def test_a_list_of_long_demands_is_not_joined(tmp_path: Path) -> None:
    """Lines of similar length that each begin a sentence are not joined."""
    lines = [
        "Defund the police and invest in our communities now",
        "Rent control in every neighbourhood of the city now",
        "Free public transport for all people who live here",
        "Public housing on all land which the city still owns",
    ]

    assert texts(read(tmp_path, "a.txt", "\n".join(lines))) == lines


def test_long_lines_are_paragraphs_of_their_own(tmp_path: Path) -> None:
    """In a file without wrapping each line is a paragraph."""
    found = read(tmp_path, "a.txt", f"{PROSE * 3}\n{PROSE}\n{PROSE * 2}\nShort one.")

    assert texts(found) == [PROSE * 3, PROSE, PROSE * 2, "Short one."]


def test_words_split_at_a_line_end_are_joined(tmp_path: Path) -> None:
    """A hyphen of wrapping is removed; one that belongs to the word is kept."""
    page = (
        "The community paid the price for what the council decided, and the com-\n"
        "munity knows it, for low-income families are many and it is the low-\n"
        "income families who paid for it, and they want self-\n"
        "determination as well as homes and schools, and they want to be heard\n"
        "by the council now."
    )
    (text,) = texts(read(tmp_path, "a.txt", page))

    assert "the community knows" in text
    assert "the low-income families who" in text
    assert "self-determination" in text


def test_headings_are_found_by_their_form(tmp_path: Path) -> None:
    """Lines in capitals, underlined lines and numbers above prose are headings."""
    page = (
        "The People's Budget\n===================\n\n1. Housing\n\nWords of it.\n\n"
        "2.1 Transport\n\nWords.\n\nNEXT STEPS\n\nPart two\n--------\nWords.\n\nTHE END"
    )
    found = read(tmp_path, "a.txt", page)

    assert [(block.level, block.text) for block in found.blocks if block.level] == [
        (1, "The People's Budget"),
        (2, "1. Housing"),
        (3, "2.1 Transport"),
        (2, "NEXT STEPS"),
        (2, "Part two"),
    ]
    assert (found.title, found.guessed) == ("The People's Budget", ("title",))
    assert kinds(found)[-1] == ("paragraph", "THE END")


def test_numbered_demands_are_items_and_no_headings(tmp_path: Path) -> None:
    """A numbered list with empty lines between its items is a list."""
    found = read(tmp_path, "a.txt", "1. End cash bail\n\n2. Fund schools\n\n3. Free buses\n\nEnd.")

    assert texts(found, "item") == ["1. End cash bail", "2. Fund schools", "3. Free buses"]


def test_items_lose_their_bullets_and_keep_their_lines(tmp_path: Path) -> None:
    """An indented line belongs to the item above it."""
    page = "We want:\n- ten thousand homes\n  Downtown\n* schools\n• (a) buses\n"

    assert kinds(read(tmp_path, "a.txt", page)) == [
        ("paragraph", "We want:"),
        ("item", "ten thousand homes Downtown"),
        ("item", "schools"),
        ("item", "(a) buses"),
    ]


def test_columns_are_rows(tmp_path: Path) -> None:
    """Lines with wide gaps are rows of a table, and lines of dashes are left out."""
    page = (
        f"Department      2019      2020\n{'-' * 30}\nPolice          3,000     350\n\tTotal\t5\n"
    )

    assert texts(read(tmp_path, "a.txt", page), "row") == [
        "Department | 2019 | 2020",
        "Police | 3,000 | 350",
        "Total | 5",
    ]


def test_form_feeds_separate_pages(tmp_path: Path) -> None:
    """Every block has its page; running heads, page numbers and split words are repaired."""
    page = (
        "Annual Report\n\nThis paragraph goes on over the end of a page, and stops in the mid-\n\n"
        "1\n\fAnnual Report\n\ndle of the next page.\n\nAnother one.\n\n2\n\fAnnual Report\n\n"
        "Third page.\n\n3\n\f"
    )
    found = read(tmp_path, "a.txt", page)

    assert found.pages == 3
    assert texts(found)[0].endswith("in the middle of the next page.")
    assert texts(found)[1:] == ["Another one.", "Third page."]
    first = found.blocks[0]
    assert [mark.page for mark in first.marks] == [1, 2]
    assert first.text[first.marks[1].start :] == "dle of the next page."
    assert [block.marks[0].page for block in found.blocks] == [1, 2, 3]


def test_a_page_number_is_no_text(tmp_path: Path) -> None:
    """Page numbers are removed even with two pages; a number within a page is kept."""
    found = read(tmp_path, "a.txt", "One.\n\n1968\n\nOne more.\n\n- 7 -\n\fPage 8 of 9\n\nTwo.\n")

    assert texts(found) == ["One.", "1968", "One more.", "Two."]


def test_a_file_without_form_feeds_has_no_pages(tmp_path: Path) -> None:
    """Without form feeds there are no pages and no marks."""
    found = read(tmp_path, "a.txt", "Words.\n")

    assert found.pages is None
    assert found.blocks[0].marks == ()


PARAGRAPH = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzñé漢م", min_size=1, max_size=12), min_size=1, max_size=60
).map(" ".join)


@given(st.lists(PARAGRAPH, min_size=1, max_size=8), st.integers(30, 120))
def test_no_word_is_lost_or_moved(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str], width: int
) -> None:
    """All words are kept in order, whatever layout is found."""
    page = "\n\n".join(
        fill(one, width, break_long_words=False, break_on_hyphens=False) for one in paragraphs
    )
    found = read(tmp_path_factory.getbasetemp(), "a.txt", page)

    assert " ".join(texts(found)).split() == " ".join(paragraphs).split()
