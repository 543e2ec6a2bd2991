"""Words that lines cut or that are set in an unusual way: hyphens, large first letters, bullets."""

from pathlib import Path

import pytest

from tests.importers.pdfs import LEFT, PITCH, SIZE, Pdf, built, prose, read, texts, wrapped
from tests.importers.test_pdf_bad import PAGE, file_of

COLUMN = 468


def _joined(tmp_path: Path, language: str, first: str, second: str, rest: str = "") -> str:
    """What becomes of two lines in a file of a language that has other words, too."""
    pdf = Pdf(tmp_path / "built.pdf", language=language)
    pdf.lines([first, second], y=72, pitch=PITCH)
    if rest:
        pdf.lines(wrapped(rest.split(), COLUMN), y=200)
    return texts(read(pdf.save()))[0]


@pytest.mark.parametrize(
    ("language", "first", "second", "words"),
    [
        ("en", "Fund pre-", "and post-trial services.", "pre- and post-trial"),
        ("en", "All under-", "or unpaid staff.", "under- or unpaid"),
        ("en", "From mid-", "to long-term rent.", "mid- to long-term"),
        ("es", "La etapa pre-", "y pospenal del proceso.", "pre- y pospenal"),
        ("es", "Bienes in-", "o muebles.", "in- o muebles"),
        ("es", "Lazos franco-", "e italianos.", "franco- e italianos"),
        ("de", "Die Vor-", "und Nachteile des Vertrags.", "Vor- und Nachteile"),
        ("de", "Die Ein-", "oder Ausfuhr von Waren.", "Ein- oder Ausfuhr"),
    ],
)
def test_half_a_word_waits_for_its_end(
    tmp_path: Path, language: str, first: str, second: str, words: str
) -> None:
    """A hyphen before and, or, y, und stays, with a space after it: no word is lost."""
    assert words in _joined(tmp_path, language, first, second)


def test_and_may_be_the_end_of_a_word(tmp_path: Path) -> None:
    """Where the file has the word, its last syllable is no conjunction."""
    text = _joined(tmp_path, "en", "The hus-", "band of a tenant.", "Her husband signed.")
    other = _joined(tmp_path, "en", "Choose a col-", "or for the flag.", "The color is red.")

    assert text == "The husband of a tenant."
    assert other == "Choose a color for the flag."


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("See example.org/free-", "buses for more.", "example.org/free-buses"),
        ("See https://example.org/re-", "sign.html now.", "https://example.org/re-sign.html"),
        ("Escriba a prensa@la-", "liga.org hoy.", "prensa@la-liga.org"),
        ("At the U.S.-", "Mexico border.", "U.S.-Mexico"),
        ("After COVID-", "19 had come.", "COVID-19"),
        ("In bill HB-", "1365 it says.", "HB-1365"),
        ("An Afro-", "Latino house.", "Afro-Latino"),
        ("They re-", "sign the lease.", "re-sign"),
        ("They re-", "elect the mayor.", "re-elect"),
        ("All co-", "sponsors of the bill.", "co-sponsors"),
        ("Our e-", "mail list.", "e-mail"),
        ("Of twenty-", "five tenants.", "twenty-five"),
    ],
)
def test_hyphens_of_names_and_addresses_stay(
    tmp_path: Path, first: str, second: str, words: str
) -> None:
    """An address stays alive, and a name, a number and a prefix keep the hyphen that they need."""
    assert words in _joined(tmp_path, "en", first, second)


@pytest.mark.parametrize(
    ("language", "first", "second", "rest", "words"),
    [
        ("es", "El nuevo con-", "trato de la casa.", "Con el trato.", "contrato"),
        ("es", "Se firma, aun-", "que tarde.", "Aun los que faltan.", "aunque"),
        ("de", "Der neue Ver-", "trag der Stadt.", "Ver trag.", "Vertrag"),
        (
            "en",
            "They govern them-",
            "selves by vote.",
            "Ask them about other selves.",
            "themselves",
        ),
        ("en", "We under-", "stand the plan.", "Stand under it.", "understand"),
        ("en", "A so-", "cial program.", "It is so.", "social"),
        ("en", "A high-", "way to nowhere.", "It is high. That is the way.", "highway"),
    ],
)
def test_broken_words_are_whole_though_their_halves_are_words(
    tmp_path: Path, language: str, first: str, second: str, rest: str, words: str
) -> None:
    """That the file has both halves elsewhere does not make the hyphen a real one."""
    assert words in _joined(tmp_path, language, first, second, rest)


@pytest.mark.parametrize(
    ("language", "first", "second", "rest", "words"),
    [
        ("es", "El teórico-", "práctico.", "Un teórico-práctico.", "teórico-práctico"),
        ("en", "A price-", "setting board.", "The price-setting board.", "price-setting"),
        ("en", "A so-", "called reform.", "It is called so.", "so-called"),
        ("en", "The state-of-", "the-art clinic.", "", "state-of-the-art"),
    ],
)  # fmt: skip
def test_attested_hyphens_stay(
    tmp_path: Path, language: str, first: str, second: str, rest: str, words: str
) -> None:
    """A word that the file writes with a hyphen elsewhere keeps it at the end of a line."""
    assert words in _joined(tmp_path, language, first, second, rest)


def test_the_text_tells_the_language(tmp_path: Path) -> None:
    """Spanish words are whole in a file that a program marked as English."""
    spanish = (
        "Las familias piden que el municipio congele los alquileres y que repare las viviendas con"
        " el dinero que hoy se gasta en policías, porque la casa es un derecho de todas y de todos,"
        " y no un negocio de unos pocos dueños que viven lejos del barrio y de sus problemas."
    )
    text = _joined(tmp_path, "en", "Piden un cor-", "te de precios este año.", spanish)

    assert text == "Piden un corte de precios este año."


@pytest.mark.parametrize("lines_beside", [1, 2, 3])
@pytest.mark.parametrize(
    ("letter", "first", "begin"),
    [
        ("T", "he tenants of this house", "The tenants of this house"),
        ("L", "as familias del barrio", "Las familias del barrio"),
        ("A", "city that pays for all", "A city that pays for all"),
        ("Y", "la ciudad no respondió", "Y la ciudad no respondió"),
        ("A", "ll of us have paid for", "All of us have paid for"),
        ("¿P", "or qué pagan las familias", "¿Por qué pagan las familias"),
    ],
)
def test_a_large_first_letter_begins_its_sentence(
    tmp_path: Path, lines_beside: int, letter: str, first: str, begin: str
) -> None:
    """The letter is part of its word, lines beside it keep their order, and it is no heading."""
    words = f"{first} {' '.join(prose(0, 60))[1:]}".split()
    large = SIZE + PITCH * 1.3 * lines_beside

    def draw(pdf: Pdf) -> None:
        baseline = 100 + PITCH * (lines_beside - 1)
        pdf.line(letter, LEFT, baseline, large)
        x, y = pdf.end(letter, LEFT, large) + 2, 100.0
        for number, line in enumerate(wrapped(words, 300)):
            pdf.line(line, x if number < lines_beside else LEFT, y)
            y += PITCH
        rest = f"{'All' if begin.startswith('All') else 'Each'} city and la ciudad, in the end."
        pdf.lines(wrapped([*prose(300, 60), rest], COLUMN), y=y + 40)

    found = built(tmp_path, draw)

    assert texts(found, "heading") == []
    assert texts(found)[0].startswith(begin)
    assert texts(found)[0].split()[-20:] == words[-20:]


def test_large_letters_of_sections_stay(tmp_path: Path) -> None:
    """A large letter with no lines beside it is a heading of its own, or nothing, but no word."""

    def draw(pdf: Pdf) -> None:
        pdf.line("B", LEFT, 72, 30)
        pdf.lines(wrapped(prose(0, 60), COLUMN), y=110)

    assert texts(built(tmp_path, draw))[-1] == " ".join(prose(0, 60))


@pytest.mark.parametrize("font", ["Wingdings", "ABCDEF+Wingdings-Regular", "Webdings"])
def test_bullets_of_symbol_fonts_are_no_letters(tmp_path: Path, font: str) -> None:
    """A square that a font of symbols draws for n is a bullet."""
    lines = "".join(
        f"BT /F2 10 Tf 72 {700 - 20 * number} Td (n) Tj ET"
        f" BT /F1 10 Tf 90 {700 - 20 * number} Td ({text}) Tj ET "
        for number, text in enumerate(("Freeze rents now", "Fondos para clinicas"))
    )
    page = PAGE.replace(
        "/F1 <<", f"/F2 << /Type /Font /Subtype /TrueType /BaseFont /{font} >> /F1 <<"
    )
    path = file_of(
        tmp_path / "symbols.pdf",
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        f"<< /Length {len(lines)} >>\nstream\n{lines}\nendstream",
    )

    assert texts(read(path), "item") == ["Freeze rents now", "Fondos para clinicas"]


@pytest.mark.parametrize("dash", ["–", "—"])
@pytest.mark.parametrize("next_page", [False, True])
def test_a_dash_within_a_sentence_is_no_bullet(tmp_path: Path, dash: str, next_page: bool) -> None:
    """A line that begins with a dash continues the sentence of the full line before it."""
    before = wrapped(prose(0, 60), COLUMN)[:2]
    after = wrapped([dash, "some", dash, *prose(101, 30)[1:]], COLUMN)

    def draw(pdf: Pdf) -> None:
        pdf.lines(before, y=700)
        if next_page:
            pdf.page()
        pdf.lines(after, y=72 if next_page else 700 + 2 * PITCH)

    assert texts(built(tmp_path, draw)) == [" ".join([*before, *after])]


def test_a_dash_after_a_sentence_is_a_bullet(tmp_path: Path) -> None:
    """Items are blocks of their own, whether or not a stop ends the line before."""

    def draw(pdf: Pdf) -> None:
        pdf.lines(
            ["We demand:", "– more buses", "– fewer cars", "- vivienda digna", "- salud"], y=100
        )

    assert texts(built(tmp_path, draw), "item") == [
        "more buses", "fewer cars", "vivienda digna", "salud",
    ]  # fmt: skip
