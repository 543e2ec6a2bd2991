"""Headings of contents and of lists of works, in the languages that are read."""

import pytest

from indexer.importers.shared.numerals import roman
from indexer.importers.shared.section_titles import is_contents_heading, is_references_heading


@pytest.mark.parametrize(
    "text",
    ["Contents", "TABLE OF CONTENTS", "Índice general", "Tabla de contenido", "Sumari", "Inhalt:",
     "Table des matières", "Cynnwys", "Clár ábhair", "1. Contents", "Sumário", "Inhoudsopgave"],
)  # fmt: skip
def test_a_heading_of_contents_is_recognized(text: str) -> None:
    """Alone, after a number and in capitals, and it is no list of works."""
    assert is_contents_heading(text)
    assert not is_references_heading(text)


@pytest.mark.parametrize(
    "text",
    ["References", "Works cited", "7. Bibliography", "VI. Bibliografía", "Appendix B: References",
     "Referencias bibliográficas", "Références", "Literaturverzeichnis", "Cyfeiriadau", "Tagairtí",
     "Referências bibliográficas", "Referències", "Riferimenti bibliografici"],
)  # fmt: skip
def test_a_heading_of_works_is_recognized(text: str) -> None:
    """The same for what a text cites."""
    assert is_references_heading(text)
    assert not is_contents_heading(text)


@pytest.mark.parametrize(
    "text",
    ["Contents may be hot", "References to the budget", "The index of rents", "Notes", "", "1.",
     "Literature in schools", "Sumario de las demandas", "A bibliography of hope"],
)  # fmt: skip
def test_other_headings_are_neither(text: str) -> None:
    """Words of a list in a longer heading, and a heading of notes, begin plain text."""
    assert not is_contents_heading(text)
    assert not is_references_heading(text)


def test_roman_numbers_end_where_the_numerals_do() -> None:
    """A number without a Roman numeral is printed in digits."""
    assert [roman(number) for number in (1, 4, 1994, 3999)] == ["i", "iv", "mcmxciv", "mmmcmxcix"]
    assert [roman(number) for number in (0, -1, 4000)] == ["0", "-1", "4000"]
