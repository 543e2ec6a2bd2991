"""The pages state the numbers of the stored results."""

from pathlib import Path

import pytest

from benchmarks.report import BLOCK, PAGES, render, tables


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tables_are_those_of_the_stored_results(page: Path) -> None:
    """Every table on a page is what `python -m benchmarks.report` writes from the results."""
    text = page.read_text("utf-8")

    assert BLOCK.search(text)
    assert render(text, tables()) == text
