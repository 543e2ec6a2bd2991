"""Headings, notes, contents and references of a PDF."""

from pathlib import Path

import pytest

from tests.importers.pdfs import BOLD, LEFT, PITCH, Pdf, built, prose, texts, wrapped

COLUMN = 468
NOTES = (
    ("See the minutes of the first meeting, which", "were kept by the clerk."),
    ("Compare what the mayor said at the hearing on", "the budget, as printed in the Herald."),
)


def test_headings_are_told_by_size_and_weight(tmp_path: Path) -> None:
    """Larger lines and bold ones that stand alone are headings; larger ones have higher levels."""

    def draw(pdf: Pdf) -> None:
        pdf.line("A Vision for the Neighborhood", LEFT, 72, 24, BOLD)
        pdf.line("Housing", LEFT, 120, 16, BOLD)
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=145)
        pdf.line("Rent control", LEFT, 230, 11, BOLD)
        pdf.lines(wrapped(prose(100, 60), COLUMN), y=250)
        pdf.line("Transit", LEFT, 340, 16, BOLD)
        pdf.lines(wrapped(prose(200, 60), COLUMN), y=365)

    found = built(tmp_path, draw)

    headings = [(block.text, block.level) for block in found.blocks if block.kind == "heading"]
    assert headings == [
        ("A Vision for the Neighborhood", 1),
        ("Housing", 2),
        ("Rent control", 3),
        ("Transit", 2),
    ]
    assert (found.title, found.guessed) == ("A Vision for the Neighborhood", ("title",))


def test_bookmarks_name_headings(tmp_path: Path) -> None:
    """A line that a bookmark of its page names is a heading of that level, however it is set."""

    def draw(pdf: Pdf) -> None:
        for page, (title, level) in enumerate(
            [("Part one", 0), ("Of tenants", 1), ("Part two", 0)]
        ):
            pdf.canvas.bookmarkPage(str(page))
            pdf.canvas.addOutlineEntry(title, str(page), level)
            pdf.lines([title, *wrapped(prose(1000 * page, 60), COLUMN)], y=72)
            pdf.page()

    found = built(tmp_path, draw)

    headings = [(block.text, block.level) for block in found.blocks if block.kind == "heading"]
    assert headings == [("Part one", 1), ("Of tenants", 2), ("Part two", 1)]


def test_a_stated_title_counts_unless_it_is_rubbish(tmp_path: Path) -> None:
    """The title that the file states is taken; a file's name is none."""

    def draw(title: str) -> str | None:
        def inner(pdf: Pdf) -> None:
            pdf.canvas.setTitle(title)
            pdf.canvas.setAuthor("Jane Roe; Movement for Homes")
            pdf.line("On the front page", LEFT, 72, 24)
            pdf.lines(wrapped(prose(0, 60), COLUMN), y=120)

        return built(tmp_path, inner).title

    assert draw("The People's Budget") == "The People's Budget"
    assert draw("Microsoft Word - final2.doc") == "On the front page"
    assert draw("10811.exe") == "On the front page"


def test_notes_stand_apart(tmp_path: Path) -> None:
    """Small lines with a mark at the foot are notes; the sentence above goes on without them."""
    words = prose(0, 220)
    lines = wrapped(words, COLUMN)
    half = 8

    def draw(pdf: Pdf) -> None:
        for page, part in enumerate((lines[:half], lines[half:])):
            y = pdf.lines(part, y=500 if not page else 72)
            pdf.rule(660, x1=200)
            x = pdf.raised(str(page + 1), LEFT, 675, 5)
            pdf.line(NOTES[page][0], x + 2, 675, 8)
            pdf.line(NOTES[page][1], LEFT, 685, 8)
            assert y < 660
            pdf.page()

    found = built(tmp_path, draw)

    assert texts(found) == [" ".join(words)]
    assert texts(found, "note") == [
        f"{number} {first} {second}" for number, (first, second) in enumerate(NOTES, start=1)
    ]


def test_a_note_may_go_on_in_the_next_column(tmp_path: Path) -> None:
    """A note that does not end in its column goes on at the foot of the next."""

    def draw(pdf: Pdf) -> None:
        for number, x in enumerate((72, 320)):
            pdf.lines(wrapped(prose(1000 * number, 260), 220, 10), x, 150, 10)
        end = pdf.raised("1", 72, 600, 5)
        pdf.lines(["The figure is that of the whole", "county and not of the"], end + 2, 600, 7)
        pdf.lines(["city alone, as some have said."], 320, 600, 7)

    found = built(tmp_path, draw)

    assert texts(found, "note") == [
        "1 The figure is that of the whole county and not of the city alone, as some have said."
    ]


def test_contents_are_apart(tmp_path: Path) -> None:
    """Lines with leaders or with page numbers below such a heading are contents, without dots."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Contents", LEFT, 72, 18, BOLD)
        for number, title in enumerate(["Housing", "Transit", "Schools", "Clinics"]):
            pdf.line(f"{title} {'.' * 60} {number * 12 + 3}", LEFT, 110 + 16 * number)
        pdf.page()
        pdf.lines(wrapped(prose(0, 100), COLUMN))

    found = built(tmp_path, draw)

    assert texts(found, "contents") == ["Housing 3", "Transit 15", "Schools 27", "Clinics 39"]
    assert texts(found) == [" ".join(prose(0, 100))]


def test_contents_without_leaders(tmp_path: Path) -> None:
    """A heading says that what stands below it with page numbers is the contents."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Índice", LEFT, 72, 18, BOLD)
        for number, title in enumerate(["Vivienda", "Transporte", "Escuelas", "Salud"]):
            pdf.line(title, LEFT, 110 + 16 * number)
            pdf.line(str(number * 12 + 3), 500, 110 + 16 * number)
        pdf.page()
        pdf.lines(wrapped(prose(0, 100), COLUMN))

    found = built(tmp_path, draw)

    assert texts(found, "contents") == ["Vivienda 3", "Transporte 15", "Escuelas 27", "Salud 39"]


def test_references_are_apart(tmp_path: Path) -> None:
    """Works below a heading are references, down to the next heading of its level."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Findings", LEFT, 72, 16, BOLD)
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=95)
        pdf.line("Bibliografía", LEFT, 200, 16, BOLD)
        pdf.lines(["Davis, Angela. Are Prisons Obsolete? New York, 2003."], y=225)
        pdf.lines(["Gilmore, Ruth Wilson. Golden Gulag. Berkeley, 2007."], y=250)
        pdf.line("Appendix", LEFT, 300, 16, BOLD)
        pdf.lines(wrapped(prose(100, 60), COLUMN), y=325)

    found = built(tmp_path, draw)

    assert [text.split(",")[0] for text in texts(found, "references")] == ["Davis", "Gilmore"]
    assert len(texts(found)) == 2


def test_a_section_called_notes_is_text(tmp_path: Path) -> None:
    """Minutes have a section of that name: paragraphs that name no works stay paragraphs."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Notes", LEFT, 72, 16, BOLD)
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=95, pitch=PITCH)

    assert texts(built(tmp_path, draw)) == [" ".join(prose(0, 60))]


@pytest.mark.parametrize(
    "heading",
    ["Contents", "CONTENTS", "Índice", "Sumario", "Contenido", "Inhalt", "Sommaire", "Sumário",
     "Introduction", "Resumen ejecutivo", "In this document", "Agradecimientos"],
)  # fmt: skip
def test_a_heading_of_every_document_is_no_title(tmp_path: Path, heading: str) -> None:
    """A table of contents or an introduction on the first page gives the file no title."""

    def draw(pdf: Pdf) -> None:
        pdf.line(heading, LEFT, 72, 24, BOLD)
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=110)
        pdf.page()
        pdf.line("Casas para todas", LEFT, 72, 20, BOLD)
        pdf.lines(wrapped(prose(100, 60), COLUMN), y=110)

    found = built(tmp_path, draw)

    assert (found.title, found.guessed) == ("Casas para todas", ("title",))


def test_a_title_of_several_lines_is_whole(tmp_path: Path) -> None:
    """Lines of one size close below each other are one title, also where they are set apart."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Strong", 72, 100, 40, BOLD)
        pdf.line("Communities", 140, 170, 40, BOLD)
        pdf.line("A plan for the whole city", 72, 230, 18)
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=300)

    assert built(tmp_path, draw).title == "Strong Communities"


@pytest.mark.parametrize(
    ("stated", "title", "guessed"),
    [
        ("Housing for the city", "Housing for the city", ()),
        ("Minutes of another board", "A plan for housing", ("title",)),
        ("Acta de otra junta", "A plan for housing", ("title",)),
        ("Report", "A plan for housing", ("title",)),
    ],
)
def test_a_stated_title_must_fit_the_first_pages(
    tmp_path: Path, stated: str, title: str, guessed: tuple[str, ...]
) -> None:
    """A stated title that shares no word with the first pages is another document's."""

    def draw(pdf: Pdf) -> None:
        pdf.canvas.setTitle(stated)
        pdf.line("A plan for housing", LEFT, 72, 24)
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=120)

    found = built(tmp_path, draw)

    assert (found.title, found.guessed) == (title, guessed)


def test_a_stated_title_counts_where_none_is_visible(tmp_path: Path) -> None:
    """A file of plain paragraphs has the title that it states."""

    def draw(pdf: Pdf) -> None:
        pdf.canvas.setTitle("Minutes of another board")
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=120)

    assert built(tmp_path, draw).title == "Minutes of another board"


@pytest.mark.parametrize("pitch", [1.2, 2.0])
@pytest.mark.parametrize(
    "lines",
    [
        ["Housing is a right of all people", "in this city and its suburbs"],
        ["Housing is a right of all the", "People of this city"],
        ["La vivienda es un derecho de todas y", "de todos los que viven aquí"],
    ],
)
def test_a_heading_of_two_lines_is_one(tmp_path: Path, lines: list[str], pitch: float) -> None:
    """Large lines are one heading, however far apart, if the first one is not finished."""

    def draw(pdf: Pdf) -> None:
        pdf.lines(lines, y=72, size=16, font=BOLD, pitch=16 * pitch)
        pdf.lines(wrapped(prose(0, 60), 400), y=140)

    assert texts(built(tmp_path, draw), "heading") == [" ".join(lines)]


def test_headings_below_each_other_stay_apart(tmp_path: Path) -> None:
    """Two headings with a space between them, or with numbers, are two."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Our demands", LEFT, 72, 16, BOLD)
        pdf.line("What tenants need", LEFT, 110, 16, BOLD)
        pdf.lines(["1. Rents", "2. Repairs"], y=150, size=16, font=BOLD)
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=220)

    assert texts(built(tmp_path, draw), "heading") == [
        "Our demands", "What tenants need", "1. Rents", "2. Repairs",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "quote",
    [
        ["“We have paid for two winters", "without any heat”"],
        ["«Hemos pagado dos inviernos", "sin calefacción»"],
        ["Demand that the city pass", "a rent freeze for all."],
        ["ooooooo"],
        ["* * * * *"],
    ],
)
def test_pull_quotes_and_ornaments_are_no_headings(tmp_path: Path, quote: list[str]) -> None:
    """A sentence set large, in quotation marks or out of the text, divides nothing."""

    def draw(pdf: Pdf) -> None:
        pdf.line("Housing", LEFT, 60, 20, BOLD)
        pdf.lines(wrapped([*prose(0, 40), *" ".join(quote).lower().split()], COLUMN), y=90)
        pdf.lines(quote, y=300, size=16)
        pdf.lines(wrapped(prose(100, 40), COLUMN), y=400)

    assert texts(built(tmp_path, draw), "heading") == ["Housing"]


@pytest.mark.parametrize(
    "heading", ["Index", "Índice alfabético", "Índice onomástico", "Register", None]
)
def test_an_index_at_the_end_is_no_text(tmp_path: Path, heading: str | None) -> None:
    """Words with the pages that they are on are apart, also below single letters."""
    entries = ["bail, 12, 45–47", "bonds, 3, 18", "budget of the police, 7, 9, 30", "buses, 22",
               "casas, 14, 20", "clinics, 2, 5, 61", "cooperativas, 8"]  # fmt: skip

    def draw(pdf: Pdf) -> None:
        pdf.lines(wrapped(prose(0, 100), COLUMN))
        pdf.page()
        if heading:
            pdf.line(heading, LEFT, 72, 18, BOLD)
        pdf.line("B", LEFT, 100)
        pdf.lines(entries[:4], y=120, pitch=20)
        pdf.line("C", LEFT, 220)
        pdf.lines(entries[4:], y=240, pitch=20)

    found = built(tmp_path, draw)

    assert [text for text in texts(found, "contents") if len(text) > 1] == entries
    assert texts(found) == [" ".join(prose(0, 100))]


def test_paragraphs_with_figures_at_the_end_are_text(tmp_path: Path) -> None:
    """Short sentences that name numbers at the end of a file are no index."""
    sentences = [
        f"In {2000 + number} the city spent more on {number} buses." for number in range(8)
    ]

    def draw(pdf: Pdf) -> None:
        pdf.lines(sentences, pitch=30)

    assert texts(built(tmp_path, draw)) == sentences
