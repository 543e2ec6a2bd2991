"""The pages of documentation are executed or compared with the code."""

import doctest
import re
import shlex
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from indexer.corpus import read as corpora
from indexer.corpus.check import check
from indexer.corpus.parse import parse
from kb.cli import COMMANDS, main
from kb.cli.licenses import page
from tests.builders import make_corpus, make_document

README = Path(__file__).resolve().parents[1] / "README.md"
PAGES = sorted([*README.parent.glob("docs/*.md"), *README.parent.glob("*.md")])
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
NAMED_FILE = re.compile(r"`((?:kb|indexer|tests|docs)/[\w./-]+|[\w.-]+\.(?:py|yaml|po))`")
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


def sessions(page: Path) -> list[tuple[str, str]]:
    """Return (command line, expected output) for every `$` line in the console blocks of a page."""
    found = []
    for block in CONSOLE.findall(page.read_text("utf-8")):
        for piece in re.split(r"^\$ ", block, flags=re.M)[1:]:
            line, _, output = piece.partition("\n")
            found.append((line, output))
    return found


@pytest.mark.parametrize(("line", "expected"), sessions(README))
def test_readme_shows_what_commands_print(
    line: str, expected: str, whole_index: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Each command of the README prints the output below it; `...` stands for any text."""
    monkeypatch.setenv("KB_INDEX", str(whole_index))

    code = main(shlex.split(line)[1:])

    said = capsys.readouterr().out
    assert code == 0
    assert doctest.OutputChecker().check_output(expected, said, doctest.ELLIPSIS), said


@pytest.mark.parametrize(
    "line", sorted({line for page in PAGES for line, _ in sessions(page) if line.startswith("kb ")})
)
def test_documented_command_lines_are_understood(line: str) -> None:
    """Every `kb` command line on a page names a known command and known flags."""
    words = shlex.split(line, comments=True)[1:]

    with pytest.raises(SystemExit) as ended:  # --help stops before anything is done
        main([*words, "--help"])

    assert words[0] in COMMANDS
    assert ended.value.code == 0


def test_the_page_on_imports_shows_what_commands_print(
    tmp_path: Path, ready: Path, repository: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """The example of docs/import.md is imported, searched, reviewed and moved as the page says."""
    page = repository / "docs" / "import.md"
    paper = re.search(r"^```markdown\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    assert paper
    (tmp_path / "paper.md").write_text(paper[1], "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_CORPUS", str(make_corpus(tmp_path, [make_document()])))
    monkeypatch.setenv("KB_INDEX", str(ready))
    monkeypatch.setenv("KB_SHELVES", str(tmp_path / "shelves"))
    monkeypatch.setenv("KB_MULTILINGUAL", "none")

    for line, expected in sessions(page):
        code = main(shlex.split(line)[1:])

        said = capsys.readouterr().out
        assert code == 0, line
        assert doctest.OutputChecker().check_output(expected, said, doctest.ELLIPSIS), said


def test_every_command_is_documented() -> None:
    """Every command of `kb` is named on a page."""
    text = "\n".join(page.read_text("utf-8") for page in PAGES)

    assert [name for name in COMMANDS if f"kb {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_to_existing_files(page: Path) -> None:
    """Every relative link of a page leads to an existing file."""
    links = LINK.findall(page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["architecture.md", "contributing.md"])
def test_pages_name_files_that_exist(repository: Path, name: str) -> None:
    """Every file or folder that a page names exists.

    A name without a slash is looked up in the folder of the name before it on the same line.
    """
    text = (repository / "docs" / name).read_text("utf-8")
    absent = []
    for line in text.splitlines():
        base = repository
        for written in NAMED_FILE.findall(line):
            path = (repository if "/" in written else base) / written
            base = path if path.is_dir() else path.parent
            if "NAME" not in written and not path.exists():
                absent.append(written)

    assert absent == []


@pytest.mark.slow
def test_example_of_the_readme_is_a_document(tmp_path: Path, corpus: Path) -> None:
    """The document that the README shows passes `kb check`."""
    text = re.search(r"^```markdown\n(.*?)^```", README.read_text("utf-8"), re.M | re.S)
    assert text
    document = parse("README.md", text[1]).document
    path = tmp_path / f"{document.id}.md"
    path.write_text(text[1], "utf-8")

    problems = [one for one in check(corpora.read(corpus, [path])) if one.path == str(path)]

    assert problems == []


@pytest.mark.slow
def test_counts_in_documents_are_those_of_the_corpus(whole_corpus: corpora.Corpus) -> None:
    """The sizes that the changelog and the README state are those of the corpus."""
    documents = whole_corpus.documents
    kinds = [record.kind for document in documents for record in document.records]
    changelog = (README.parent / "CHANGELOG.md").read_text("utf-8")
    counts = [kinds.count(kind) for kind in ("demand", "finding", "idea")]

    assert f"{len(documents)} sources" in changelog
    assert f"{len(documents)} sources" in README.read_text("utf-8")
    assert "{} demands, {} findings and {} ideas".format(*counts) in changelog


def modules_with_examples() -> list[str]:
    """Return the name of every module of the program that holds `>>>`."""
    root = README.parent
    paths = sorted(path for name in ("kb", "indexer") for path in (root / name).rglob("*.py"))
    return [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in paths
        if ">>> " in path.read_text("utf-8")
    ]


@pytest.mark.parametrize("module", modules_with_examples())
def test_examples_in_docstrings_hold(module: str) -> None:
    """Every example in a docstring of the program gives the stated result."""
    found = doctest.testmod(import_module(module))

    assert found.attempted > 0
    assert found.failed == 0


def dependencies(repository: Path) -> list[str]:
    """Return the dependencies that pyproject.toml states."""
    text = (repository / "pyproject.toml").read_text("utf-8")
    found: list[str] = tomllib.loads(text)["project"]["dependencies"]
    return found


def test_the_page_of_licences_names_every_package(repository: Path) -> None:
    """The page has each line that `kb licenses` prints, and lists pandoc with its own licence."""
    written = (repository / "docs" / "licenses.md").read_text("utf-8").splitlines()
    printed = page(dependencies(repository)).splitlines()

    assert [line for line in printed if line not in written] == [], "Next: kb licenses"
    assert any("pandoc, a program" in line and "GPL-2.0-or-later" in line for line in written)


def test_the_constraints_meet_the_requirements(repository: Path) -> None:
    """Each requirement of the program and its tests has one exact version, which it allows."""
    text = (repository / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [
        Requirement(line)
        for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    ]
    lines = (repository / "constraints.txt").read_text("utf-8").splitlines()
    exact = {
        canonicalize_name(name): version
        for name, _, version in (line.partition("==") for line in lines)
    }

    assert [
        str(one)
        for one in wanted
        if not one.specifier.contains(exact.get(canonicalize_name(one.name), "0"))
    ] == []
