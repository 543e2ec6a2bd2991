"""Facts about real files."""

from pathlib import Path

from tests.importers.pdfs import read, texts


def test_three_columns_with_notes(shared_documents: Path) -> None:
    """A law gazette: pages, printed numbers, order within a column, notes, no running heads."""
    found = read(shared_documents / "federal-register-three-column.pdf")

    assert found.pages == 15
    assert found.labels[:3] == ("47698", "47699", "47700")
    first = [block.text for block in found.blocks if block.marks[0].page == 1]
    wanted = "contains notices to the public of the proposed issuance of rules and regulations"
    assert any(wanted in text for text in first)
    assert not any("VerDate" in block.text or "Jkt 25" in block.text for block in found.blocks)
    notes = [int(text.split()[0]) for text in texts(found, "note")]
    assert notes[:15] == list(range(1, 16))
    joined = next(
        block for block in found.blocks if block.text.startswith("On October 29, 2018, a")
    )
    assert [mark.page for mark in joined.marks] == [1, 2]
    assert "Soekarno-Hatta" in joined.text


def test_a_leaflet_with_an_invalid_structure(shared_documents: Path) -> None:
    """A leaflet in two columns whose file breaks rules: pages, title, language, heading, notes."""
    found = read(shared_documents / "gao-cybersecurity-invalid-structure.pdf")

    assert found.pages == 2
    assert found.title == (
        "GAO-23-106826, Cybersecurity: Launching and Implementing the National Cybersecurity"
        " Strategy"
    )
    assert (found.guessed, found.language) == ((), "en-US")
    assert found.creator == ("U.S. Government Accountability Office",)  # without its address
    heading = next(block for block in found.blocks if block.text.startswith("Threats Highlight"))
    assert (heading.kind, heading.marks[0].page) == ("heading", 1)
    assert heading.text == (
        "Threats Highlight the Importance of Establishing Leadership in Cybersecurity"
    )
    assert [text[:2] for text in texts(found, "note")] == ["1 ", "2 ", "3 ", "4 "]
    over = next(block for block in found.blocks if "a more comprehensive strategy." in block.text)
    assert [mark.page for mark in over.marks] == [1, 2]


def test_a_transcript_with_line_numbers(shared_documents: Path) -> None:
    """A court transcript: its line numbers are in no sentence, its page number is no text."""
    found = read(shared_documents / "scotus-transcript-line-numbers.pdf")

    assert (
        "The above-entitled matter came on for oral argument before the Supreme Court of the United"
        " States at 1:01 p.m."
    ) in texts(found)
    assert not any(block.text.isdecimal() for block in found.blocks)
