"""Headings, notes, contents and references of a PDF."""

from pathlib import Path

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
