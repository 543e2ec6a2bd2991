"""A change of the code or data that builds an index changes its version."""

from pathlib import Path

import pytest

import indexer.build
from indexer.steps.version import PACKAGES, builder_version, code_digest
from tests.builders import make_corpus, make_index
from tests.fakes import HashEncoder

CODE = '"""Cut."""\n\n\ndef cut(text):\n    """Cut a text."""\n    return text[:9]\n'


def digest(folder: Path, name: str, text: str) -> str:
    """Write one file into the folder and return the digest of the folder."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return code_digest({"steps": folder})


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("cut.py", CODE.replace("9", "8")),
        ("deeper/cut.py", CODE.replace("cut(", "cut_off(")),
        ("words.yaml", "[rent]"),
        ("es.po", 'msgid "Outcomes"'),
    ],
)
def test_other_code_or_data_is_another_version(tmp_path: Path, name: str, changed: str) -> None:
    """A changed constant, name, word list or translation changes the digest."""
    before = digest(tmp_path, name, CODE if name.endswith(".py") else "")

    assert digest(tmp_path, name, changed) != before


def test_comments_and_docstrings_are_no_change(tmp_path: Path) -> None:
    """Comments, docstrings and blank lines do not change the digest, so nothing is built again."""
    before = digest(tmp_path, "cut.py", CODE)
    reworded = CODE.replace("Cut a text.", "Return the first nine.").replace(
        "\n\n\n", "\n# why\n\n"
    )

    assert digest(tmp_path, "cut.py", reworded) == before


def test_an_updated_program_builds_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another version of the builder the same corpus and encoder give a new generation."""
    root, corpus = tmp_path / "index", make_corpus(tmp_path)
    assert make_index(root, corpus, HashEncoder()).published
    assert not make_index(root, corpus, HashEncoder()).published

    monkeypatch.setattr(indexer.build, "builder_version", lambda: "of another program")

    assert make_index(root, corpus, HashEncoder()).published


def test_the_steps_of_the_build_are_in_the_version() -> None:
    """The version covers the steps, the domain, the text analysis and the index."""
    assert {"indexer.steps", "kb.domain", "kb.text", "kb.index"} <= set(PACKAGES)
    assert builder_version() != code_digest({})
