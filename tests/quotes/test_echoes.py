"""Echoes: planted words are found where they stand, and boilerplate is none."""

from pathlib import Path

import pytest

from kb.languages.registry import is_stop_word
from kb.quotes.differences import is_word, words_of
from kb.quotes.drafts import read_markdown
from kb.quotes.echoes import MIN_CONTENT_WORDS, same_words
from kb.quotes.originals import Originals
from kb.quotes.quotations import Block
from tests.quotes.make_cases import sentences

HERE = Path(__file__).parent
LONG = [
    (path.stem, one)
    for path in sorted((HERE / "sources").glob("*.txt"))
    for one in sentences(path.read_text("utf-8"))
    if sum(is_word(word) and not is_stop_word(word.key) for word in words_of(one))
    >= MIN_CONTENT_WORDS
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

    (found,) = same_words(section, originals)

    assert found.found.document_id.rpartition("-")[0] == f"mine-{source}"
    assert found.words >= MIN_CONTENT_WORDS
    assert sentence.strip(".") in found.text
    assert sentence.strip(".") in " ".join(found.found.stored.split())
    assert section.text[found.start : found.end] == found.text


@pytest.mark.parametrize("text", BOILERPLATE)
def test_boilerplate_alone_is_no_echo(originals: Originals, text: str) -> None:
    """Phrases that all bills have are no echo."""
    assert same_words(Block(f"{text} {text}", "paragraph 1"), originals) == []


def test_a_few_common_words_are_no_echo(originals: Originals) -> None:
    """Runs with fewer content words than the minimum are not reported."""
    (block,) = read_markdown("We ask the board to buy it, as we ask the mayor to move half of it.")

    assert same_words(block, originals) == []


def test_without_imports_there_are_no_same_words(originals: Originals) -> None:
    """The collection is in our own words, so it is not compared word by word."""
    alone = Originals(originals.reader, None)

    assert same_words(Block(LONG[0][1], "paragraph 1"), alone) == []


def test_the_words_are_those_of_the_version(originals: Originals, quoted_home: Path) -> None:
    """The words of the source stand at their offsets in the version that is named."""
    sentence = next(one for source, one in LONG if source == "night-bus")
    (echo,) = same_words(Block(sentence, "paragraph 1"), originals)

    (folder,) = (quoted_home / "shelves" / "mine").glob(echo.found.document_id)
    text = (folder / str(echo.found.version) / "text.md").read_bytes().decode()
    assert echo.found.version == 3  # the text was imported three times
    assert text[echo.found.start : echo.found.end] == echo.found.stored
