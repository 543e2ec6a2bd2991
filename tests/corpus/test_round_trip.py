"""Documents, quantities and texts are the same after they are written and read."""

import pytest
from hypothesis import example, given

from indexer.corpus.inline import MARKDOWN, escape, plain
from indexer.corpus.parse import parse
from indexer.corpus.quantity import parse_quantity, print_quantity
from indexer.corpus.write import write
from kb.domain.documents import Document
from kb.domain.quantities import Quantity
from kb.domain.records import Locator
from kb.domain.translations import Translation
from tests.builders import make_demand, make_document, make_idea
from tests.strategies import documents, examples, quantities, texts


@examples(250)
@given(documents())
def test_parse_of_write_is_the_same_document(document: Document) -> None:
    """A document is the same after it is written and parsed, whatever its texts contain."""
    text = write(document)

    assert parse("x.md", text).document == document


def test_translations_survive_being_written_and_read() -> None:
    """Titles and sentences in another language are read as they were written."""
    demand = make_demand(
        translations={"es": Translation(title="Congelar *todo*", text="Una frase; otra más.")}
    )
    document = make_document(records=[demand], titles={"es": "Una plataforma: qué pide"})

    assert parse("x.md", write(document)).document == document


@examples(100)
@given(documents())
def test_write_is_canonical(document: Document) -> None:
    """Writing a parsed file gives the same file."""
    text = write(document)

    assert write(parse("x.md", text).document) == text


@examples(500)
@given(quantities())
def test_a_quantity_line_is_the_same_quantity(quantity: Quantity) -> None:
    """A quantity is the same after it is printed and parsed, to the last digit."""
    line = print_quantity(quantity)

    assert Quantity(**parse_quantity(line)) == quantity


@examples(1000)
@given(texts())
def test_escaped_text_is_plain_text(text: str) -> None:
    """Escaped text is one paragraph without markup, and reads as the text itself."""
    opening, inline, closing = MARKDOWN.parse(escape(text))

    assert (opening.type, closing.type) == ("paragraph_open", "paragraph_close")
    assert plain(inline) == text
    assert {child.type for child in inline.children or []} <= {"text", "text_special"}


@examples(500)
@example("#######")  # as a heading, a closing sequence alone
@given(texts())
def test_escaped_text_is_the_same_in_headings_and_lists(text: str) -> None:
    """Escaped text reads as itself in a heading and in an item of a list."""
    heading = MARKDOWN.parse(f"### {escape(text)}")
    field = MARKDOWN.parse(f"- Target: {escape(text)}")

    assert plain(heading[1]) == text
    assert [plain(one) for one in field if one.type == "inline"] == [f"Target: {text}"]


@pytest.mark.parametrize(
    "text",
    ["a #", "a ##", "#", "# a", "1. a", "1) a", "- a", "=", "> a", "a\\", "&amp;", "*a*", "[a](b)"],
)
def test_marks_at_the_ends_of_a_heading_are_kept(text: str) -> None:
    """A title is kept even where it begins or ends with Markdown syntax."""
    document = make_document(source={"title": text})

    assert parse("x.md", write(document)).document == document


def test_records_of_a_section_share_its_heading() -> None:
    """Consecutive records of a section share one heading; it is repeated after other records."""
    places = [Locator(section=("A",)), Locator(section=("A",)), None, Locator(section=("A", "B"))]
    records = [make_idea(f"idea-{n}", locator=place) for n, place in enumerate(places)]

    headings = [
        line
        for line in write(make_document(records=records)).splitlines()
        if line.startswith("#") and "`" not in line
    ]

    assert headings[1:] == ["## Ideas", "### A", "### A", "#### B"]
