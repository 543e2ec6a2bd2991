"""The word lists of demands, which editors may change."""

import re
from pathlib import Path

import pytest

from indexer.demands.suggest import suggest
from indexer.demands.words import FILE, any_of, parse_words, pattern, word_lists
from indexer.importers.base import Block

PLACE = re.compile(r"\{([a-z][a-z_]*)\}")


def test_every_word_list_is_used() -> None:
    """Every word list is named in a module; an unused list would mislead editors."""
    modules = "".join(path.read_text("utf-8") for path in FILE.parent.glob("*.py"))
    named = set(PLACE.findall(modules)) | set(re.findall(r'"([a-z_]+)"', modules))

    assert [name for name in word_lists().lists if name not in named] == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("demand_verb: demand,", "demand_verb: Demand,", "lists.demand_verb"),
        ("demand_verb: demand,", "demand_verb: demand,,", "lists.demand_verb"),
        ("demand_verb: demand,", "demand_verb: demand, demand,", "lists.demand_verb"),
        ("demand_verb: demand,", "demand_verb: (demand|insist),", "lists.demand_verb"),
        ("\nactions:", "\nverbs:", "actions"),
        ("  ban: >-", "  forbid: >-", "actions.forbid"),
    ],
)
def test_a_wrong_list_is_named(old: str, new: str, named: str) -> None:
    """Capitals, empty words, repetitions, patterns and unknown keys are errors that say where."""
    text = FILE.read_text("utf-8")
    assert old in text

    with pytest.raises(ValueError, match=re.escape(f"words.yaml: {named}")):
        parse_words(text.replace(old, new, 1))


def test_words_of_a_list_match_whole_with_either_apostrophe_and_any_ending() -> None:
    """In a pattern `*` is any letters, a space is white space, and either apostrophe matches."""
    form = pattern(r"^{words}$", words=r"(?:x)")
    assert form.match("X")
    assert pattern(r"^{titles}\s", titles=any_of(("mr.",))).match("Mr. Lee")
    assert not pattern(r"^{titles}\s", titles=any_of(("mr.",))).match("Mrs Lee")
    assert pattern(r"^{official}$").match("councilwoman")
    assert pattern(r"^{demands_heading}$").match("What we’re fighting for")
    assert pattern(r"^{demands_heading}$").match("what we're\u00a0fighting for")


def test_each_example_of_the_readme_is_suggested(repository: Path) -> None:
    """Each example of a directive in the README of the grammar is suggested."""
    page = (repository / "indexer/demands/README.md").read_text("utf-8")
    rows = re.findall(r"^\| .* \| directives \| \*(.+)\* \|$", page, re.MULTILINE)
    letter = Block(kind="paragraph", text="Dear Mayor and Council,")

    assert len(rows) >= 9
    for row in rows:
        blocks = [letter, Block(kind="paragraph", text=row)]
        assert [one.block for one in suggest(blocks, "en")] == [1], row
