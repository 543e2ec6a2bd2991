"""The page of documentation on quotations is executed."""

import doctest
import re
from pathlib import Path

import pytest

from indexer.build import CACHE, BuildInputs, build_shelves
from indexer.imports.store import ShelfStore
from kb.cli import main
from kb.encoders.vector_spaces import vector_spaces
from tests.builders import known_citations, make_corpus, make_document, make_index, silent
from tests.fakes import HashEncoder
from tests.imports.places import bring_in, place
from tests.test_docs import sessions

BLOCK = re.compile(r"^```markdown\n(.*?)^```", re.M | re.S)


def test_the_page_shows_what_the_command_prints(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """The draft of docs/quotations.md is checked against the paper of docs/import.md."""
    page = repository / "docs" / "quotations.md"
    for name, source in (("paper.md", repository / "docs" / "import.md"), ("draft.md", page)):
        block = BLOCK.search(source.read_text("utf-8"))
        assert block
        (tmp_path / name).write_text(block[1], "utf-8")
    corpus, at = make_corpus(tmp_path, [make_document()]), place(tmp_path)
    bring_in(at, tmp_path / "paper.md")
    cache, spaces = tmp_path / "index" / CACHE, vector_spaces(HashEncoder())
    with known_citations(tmp_path / "index"):
        make_index(tmp_path / "index", corpus, HashEncoder())
        inputs = BuildInputs(corpus, cache, spaces, ShelfStore(at.shelves))
        build_shelves(tmp_path / "index", inputs, silent)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("KB_SHELVES", str(at.shelves))
    ((_, expected),) = sessions(page)

    assert main(["check-quotes", "draft.md"]) == 1

    said = capsys.readouterr().out
    assert doctest.OutputChecker().check_output(expected, said, doctest.ELLIPSIS), said
