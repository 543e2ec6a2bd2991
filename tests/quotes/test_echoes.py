"""Echoes: planted words are found where they stand, and boilerplate is none."""

from pathlib import Path

import pytest

from kb.quotes.drafts import read_markdown
from kb.quotes.echoes import MIN_CONTENT_WORDS, same_words
from kb.quotes.originals import Originals
from kb.quotes.quotations import Block
from tests.quotes.make_cases import sentences, words

HERE = Path(__file__).parent
LONG = [
    (path.stem, one)
    for path in sorted((HERE / "sources").glob("*.txt"))
    for one in sentences(path.read_text("utf-8"))
    if words(one) >= 17
]
BEFORE = "Whereas the members of this body met in the usual room last week,"
AFTER = "and whereas everybody went home afterwards, glad of the rain."
BOILERPLATE = [
    "Be it resolved by the council of the city of Toledo that this ordinance shall take effect"
    " thirty days after its passage and publication as the charter provides.",
    "The provisions of this act are severable. If any section, part or clause of this act is held"
    " invalid or unconstitutional, the rest of the act remains in force.",
    "The people of the city of Boulder do ordain as follows. Now, therefore, be it further"
    " resolved that the clerk sends a copy to the governor.",
]


@pytest.mark.parametrize(("source", "sentence"), LONG)
def test_planted_words_are_found(originals: Originals, source: str, sentence: str) -> None:
    """A sentence of a source inside other words is found whole, in the right document."""
    section = Block(f"{BEFORE} {sentence} {AFTER}", "paragraph 1")

    found = same_words(section, originals)

    assert (
        any(
            one.found.document_id.startswith(f"mine-{source}-") and one.words >= MIN_CONTENT_WORDS
            for one in found
        )
        or sum(one.isalpha() for one in sentence) < 90
    ), (sentence, found)
    for one in found:
        assert section.text[one.start : one.end] == one.text


@pytest.mark.parametrize("text", BOILERPLATE)
def test_boilerplate_alone_is_no_echo(originals: Originals, text: str) -> None:
    """What all bills say is no echo, even if a source has the same words."""
    assert same_words(Block(f"{text} {text}", "paragraph 1"), originals) == []


def test_a_few_common_words_are_no_echo(originals: Originals) -> None:
    """Runs with fewer content words than the minimum are not reported."""
    (block,) = read_markdown("We ask the board to buy it, as we ask the mayor to move half of it.")

    assert same_words(block, originals) == []


def test_without_imports_there_are_no_same_words(originals: Originals) -> None:
    """The collection is in our own words, so it is not compared word by word."""
    alone = Originals(originals.reader, None)

    assert same_words(Block(LONG[0][1], "paragraph 1"), alone) == []
