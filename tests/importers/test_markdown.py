"""Markdown: the text of the rendered page, and what the file states about itself."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.base import Extracted
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.stated import stated_date
from kb.errors import UnreadableError
from tests.importers.files import read, texts


def headings(extracted: Extracted) -> list[tuple[int, str]]:
    """Return level and text of each heading."""
    return [(block.level, block.text) for block in extracted.blocks if block.kind == "heading"]


def test_facts_of_openpolitics_housing(shared_documents: Path, tmp_path: Path) -> None:
    """As the manifest says: the title is in the front matter, and two headings have level 2."""
    path = shared_documents / "openpolitics-housing.md"
    found = read(tmp_path, path.name, path.read_bytes())

    assert (found.title, found.guessed) == ("Housing", ())
    assert headings(found)[:2] == [(2, "Right to Shelter"), (2, "Empty Properties")]
    assert not any("title:" in text for text in texts(found))


def test_facts_of_openpolitics_democracy(shared_documents: Path, tmp_path: Path) -> None:
    """As the manifest says: a heading, and a footnote apart from its sentence."""
    path = shared_documents / "openpolitics-democracy-footnotes.md"
    found = read(tmp_path, path.name, path.read_bytes())

    assert found.title == "Democracy"
    assert headings(found)[0] == (2, "Written Constitution")
    notes = texts(found, "note")
    assert notes[0].startswith('[^constitution] "Do we need a written constitution?"')
    assert not any("[^" in text for text in texts(found, "paragraph"))


def test_front_matter_of_any_program_is_read(tmp_path: Path) -> None:
    """Names, dates and languages are read in the forms that site generators write."""
    page = """---
title: "The: Budget"
author: [Ana Díaz, {name: Bo}, {family: Cruz, given: Cy}]
date: March 3, 2020
lang: es_MX
canonical_url: https://example.org/budget
publisher: The Coalition
---
Words.
"""
    found = read(tmp_path, "a.md", page)

    assert found.title == "The: Budget"
    assert found.creator == ("Ana Díaz", "Bo", "Cy Cruz")
    assert (found.issued, found.language) == ("2020-03-03", "es-MX")
    assert (found.url, found.site) == ("https://example.org/budget", "The Coalition")
    assert texts(found) == ["Words."]


def test_a_corpus_file_is_markdown_like_any_other(tmp_path: Path) -> None:
    """The fields under `source` of our own front matter are read."""
    page = (
        "---\nid: x\nsource:\n  title: T of it\n  issued: 2016-08\n  author:\n  - literal: M4BL\n"
    )
    found = read(
        tmp_path, "a.md", f"{page}  URL: https://example.org/\nlanguage: en\n---\n\nWords."
    )

    assert (found.title, found.creator) == ("T of it", ("M4BL",))
    assert (found.issued, found.url, found.language) == ("2016-08", "https://example.org/", "en")


def test_toml_front_matter_is_read_too(tmp_path: Path) -> None:
    """Front matter between plus signs, as Hugo writes it, is read as TOML."""
    found = read(tmp_path, "a.md", "+++\ntitle = 'Rent now'\ndate = 2020-01-02\n+++\nWords.")

    assert (found.title, found.issued, texts(found)) == ("Rent now", "2020-01-02", ["Words."])


def test_broken_front_matter_is_read_by_lines(tmp_path: Path) -> None:
    """A title with a colon breaks YAML; title and text are kept, with a remark."""
    found = read(tmp_path, "a.md", "---\ntitle: Rent: now\nauthor: Ana\n---\nWords.")

    assert (found.title, found.creator, texts(found)) == ("Rent: now", ("Ana",), ["Words."])
    assert found.remarks[0].place == "line 2"


@pytest.mark.parametrize("rule", ["---\nJust a text: here\n\n---\nWords.", "---\nWords, no end."])
def test_rules_around_a_text_are_no_front_matter(tmp_path: Path, rule: str) -> None:
    """Text between two rules is text unless it consists of fields."""
    assert "ords" in " ".join(texts(read(tmp_path, "a.md", rule)))
    assert rule.count("text") == " ".join(texts(read(tmp_path, "a.md", rule))).count("text")


def test_without_a_stated_title_the_main_heading_is_a_guess(tmp_path: Path) -> None:
    """The title is the first heading of the highest level, marked as guessed."""
    found = read(tmp_path, "a.md", "## Small\n\nSetext\n======\n\nWords.")

    assert (found.title, found.guessed) == ("Setext", ("title",))
    assert headings(found) == [(2, "Small"), (1, "Setext")]


def test_lists_keep_printed_numbers_and_lose_bullets(tmp_path: Path) -> None:
    """An item begins with its printed number, and without its bullet or checkbox."""
    page = (
        "5. five\n5. six\n   goes on\n\n   A second paragraph.\n   1) nested\n\n- [ ] to do\n* star"
    )
    found = read(tmp_path, "a.md", page)

    assert [(block.kind, block.text) for block in found.blocks] == [
        ("item", "5. five"),
        ("item", "6. six goes on"),
        ("paragraph", "A second paragraph."),
        ("item", "1) nested"),
        ("item", "to do"),
        ("item", "star"),
    ]


def test_a_table_is_rows_of_cells(tmp_path: Path) -> None:
    """Empty cells keep their column, and empty rows are left out."""
    page = "| Dept | 2019 | 2020 |\n|--|--|--|\n| *Police* |  | $5 |\n| | | |\n"

    assert texts(read(tmp_path, "a.md", page), "row") == ["Dept | 2019 | 2020", "Police | | $5"]


def test_footnotes_are_notes_with_their_label(tmp_path: Path) -> None:
    """A note has its label and all its paragraphs; a reference without a note is text."""
    page = "Rents[^1] and [^none].\n\n[^1]: See\n    there.\n\n    More.\n\nAfter.\n"
    found = read(tmp_path, "a.md", page)

    assert texts(found, "paragraph") == ["Rents and [^none].", "After."]
    assert texts(found, "note") == ["[^1] See there.", "More."]


def test_a_paragraph_is_what_a_reader_sees(tmp_path: Path) -> None:
    """Marks, link targets and pictures are left out; words, code and bare addresses stay."""
    page = (
        "**We** *demand* [rent\ncontrol](https://a.org) `now` ![alt](b.png) <https://c.org> &amp;"
        " a<br>b <b>bold</b> \\*\n\n> quoted\n\n```py\none = 1\n\ntwo\n```\n"
    )
    found = read(tmp_path, "a.md", page)

    assert texts(found) == [
        "We demand rent control now https://c.org & a b bold *",
        "quoted",
        "one = 1",
        "two",
    ]


@pytest.mark.parametrize(
    "old",
    ["~~{}~~", "~~**{}**~~", "<s>{}</s>", "<del><em>{}</em></del>", "<strike>{}</strike>",
     '<span style="text-decoration: line-through">{} <i>x</i><br></span>'],
)  # fmt: skip
def test_struck_out_text_is_left_out(old: str, tmp_path: Path) -> None:
    """Struck-out text is left out of every kind of block, and a remark names the line."""
    page = (
        f"---\ntitle: T\n---\n# Wages {old.format('of old')}\n\n"
        f"Twelve? {old.format('twelve')} No.\n\n- {old.format('Section 2.')}\n- Section 3.\n\n"
        f"| a | b |\n|--|--|\n| {old.format('1')} | 2 |\n\n"
        f"<p>More {old.replace('~~', '<s>', 1).replace('~~', '</s>').format('fees')}</p>\n"
    )
    found = read(tmp_path, "a.md", page)

    assert texts(found) == ["Wages", "Twelve? No.", "Section 3.", "a | b", "| 2", "More"]
    assert [one.place for one in found.remarks] == [
        "line 4", "line 6", "line 8", "line 13", "line 15",
    ]  # fmt: skip
    assert {one.text for one in found.remarks} == {"struck-out text left out"}


def test_a_tag_that_never_closes_strikes_out_its_paragraph_alone(tmp_path: Path) -> None:
    """An unclosed tag affects its own paragraph, and a lone tilde affects nothing."""
    found = read(tmp_path, "a.md", "One <del>two\n\nThree ~ four, ~~five.")

    assert texts(found) == ["One", "Three ~ four, ~~five."]


@pytest.mark.parametrize("inner", [" " * 500_000, "{#" * 100_000, "1." * 200_000, "{" * 200_000])
def test_headings_take_linear_time(inner: str, tmp_path: Path) -> None:
    """A heading of half a million spaces or braces is read in linear time."""
    found = read(tmp_path, "a.md", f"# a{inner}b\n\n## Short {{#id .class}}\n\nWords.\n")

    assert [text for _, text in headings(found)] == [one_line(f"a{inner}b"), "Short"]


def test_html_blocks_leave_their_words(tmp_path: Path) -> None:
    """The text of an HTML block is kept without tags, comments, styles and scripts."""
    page = (
        "<h2 align=center>Rent <em>now</em></h2>\n<p>One &amp; two<!-- <p>no</p> --></p>\n"
        "<table><tr><td>a</td><td>b</td></tr></table>\n<ul><li>item</ul>\n\n"
        "<script>alert(1)</script>\n\n<style>p {}</style>\n"
    )
    found = read(tmp_path, "a.md", page)

    assert [(block.kind, block.level, block.text) for block in found.blocks] == [
        ("heading", 2, "Rent now"),
        ("paragraph", 0, "One & two"),
        ("row", 0, "a | b"),
        ("item", 0, "item"),
    ]


def test_hostile_markdown_stays_text(tmp_path: Path) -> None:
    """Half a tag, a script in a line and control characters are read as characters."""
    found = read(
        tmp_path, "a.md", "a < b <script src=x onerror=\n\n&#0; &lt;b&gt; \u202eabc\x07 [x]("
    )

    assert texts(found) == ["a < b <script src=x onerror=", "\ufffd <b> \u202eabc [x]("]


@pytest.mark.parametrize("page", ["\n", "---\ntitle: T\n---\n", "![only](a.png)", "<!-- c -->"])
def test_no_words_is_an_error(tmp_path: Path, page: str) -> None:
    """A file without words raises UnreadableError with its name."""
    with pytest.raises(UnreadableError, match=r"a\.md"):
        read(tmp_path, "a.md", page)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020", "2020"),
        ("2020-6-3", "2020-06-03"),
        ("2020-06-03T10:00:00Z", "2020-06-03"),
        ("2020?", "2020?"),
        ("3 de marzo de 2020", "2020-03-03"),
        ("June 2020", "2020-06"),
        ("03/04/2020", "2020"),
        ("soon", None),
        ("0101-01-01", None),
        ("2019-02-30", "2019"),
    ],
)
def test_dates_are_as_exact_as_they_are_written(written: str, date: str | None) -> None:
    """A date becomes EDTF; an ambiguous or invalid one is reduced to its year."""
    assert stated_date(written) == date


WORDS = st.text("abcdefghijklmnopqrstuvwxyzñé漢م ", min_size=1).map(
    lambda text: "x" + " ".join(text.split())
)


@given(st.lists(WORDS, min_size=1, max_size=10))
def test_paragraphs_are_blocks_in_order(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str]
) -> None:
    """Every paragraph is one block, in order."""
    folder = tmp_path_factory.getbasetemp()

    assert texts(read(folder, "a.md", "\n\n".join(paragraphs))) == paragraphs
