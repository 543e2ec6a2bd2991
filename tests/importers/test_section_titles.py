"""Headings of contents and of references in several languages."""

import pytest

from indexer.importers.shared.numerals import roman
from indexer.importers.shared.section_titles import is_contents_heading, is_references_heading


@pytest.mark.parametrize(
    "text",
    ["Contents", "TABLE OF CONTENTS", "Índice general", "Tabla de contenido", "Sumari", "Inhalt:",
     "Table des matières", "Cynnwys", "Clár ábhair", "1. Contents", "Sumário", "Inhoudsopgave"],
)  # fmt: skip
def test_a_heading_of_contents_is_recognized(text: str) -> None:
    """A heading of contents, also with a number or in capitals, is no heading of references."""
    assert is_contents_heading(text)
    assert not is_references_heading(text)


@pytest.mark.parametrize(
    "text",
    ["References", "Works cited", "7. Bibliography", "VI. Bibliografía", "Appendix B: References",
     "Referencias bibliográficas", "Références", "Literaturverzeichnis", "Cyfeiriadau", "Tagairtí",
     "Referências bibliográficas", "Referències", "Riferimenti bibliografici"],
)  # fmt: skip
def test_a_heading_of_references_is_recognized(text: str) -> None:
    """A heading of references, also with a number, is no heading of contents."""
    assert is_references_heading(text)
    assert not is_contents_heading(text)


@pytest.mark.parametrize(
    "text",
    ["Contents may be hot", "References to the budget", "The index of rents", "Notes", "", "1.",
     "Literature in schools", "Sumario de las demandas", "A bibliography of hope"],
)  # fmt: skip
def test_other_headings_are_neither(text: str) -> None:
    """Longer headings with these words, and a heading of notes, are neither."""
    assert not is_contents_heading(text)
    assert not is_references_heading(text)


def test_numbers_without_a_roman_numeral_are_digits() -> None:
    """Zero, negative numbers and numbers above 3999 are printed in digits."""
    assert [roman(number) for number in (1, 4, 1994, 3999)] == ["i", "iv", "mcmxciv", "mmmcmxcix"]
    assert [roman(number) for number in (0, -1, 4000)] == ["0", "-1", "4000"]
