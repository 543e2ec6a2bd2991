"""The commands for shelves, as people type them."""

import io
import json
from pathlib import Path

import pytest

from indexer.corpus.read import tables
from indexer.imports.review import review_items
from indexer.imports.store import ShelfStore
from kb.cli import main
from kb.cli.review import Session
from kb.search.names import Names
from tests.builders import make_corpus, make_document
from tests.imports.places import bring_in, place
from tests.imports.test_shelf import DEMANDS


@pytest.fixture
def home(tmp_path: Path, ready: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a small corpus and a paper, to which the settings lead."""
    assert ready == tmp_path / "index"
    make_corpus(tmp_path, [make_document()])
    (tmp_path / "paper.md").write_text(DEMANDS, "utf-8")
    for name in ("corpus", "index", "shelves"):
        monkeypatch.setenv(f"KB_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("KB_MULTILINGUAL", "none")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def session(home: Path, answers: str) -> tuple[int, str]:
    """Review an imported paper with these lines; return the number of decisions and the output."""
    at = place(home)
    bring_in(at, home / "paper.md")
    out = io.StringIO()
    waiting = [one for one in review_items(ShelfStore(at.shelves)) if one.state == "open"]
    names = Names(*tables(at.corpus))
    return Session(names, io.StringIO(answers), out).run(waiting), out.getvalue()


def states(home: Path) -> list[str]:
    """Return the state of each suggestion, in order."""
    return [one.state for one in review_items(ShelfStore(home / "shelves"))]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("a\nr\n", ["accepted", "rejected"]),
        ("s\na\n", ["open", "accepted"]),
        ("q\n", ["open", "open"]),
        ("", ["open", "open"]),
        ("what?\n\nr\n", ["rejected", "open"]),
    ],
)
def test_each_answer_does_what_it_says(home: Path, answers: str, expected: list[str]) -> None:
    """`a`, `r`, `s` and `q` accept, reject, skip and quit; other words ask again."""
    decided, said = session(home, answers)

    assert states(home) == expected
    assert decided == len([one for one in expected if one != "open"])
    assert ">>>Move $10 million from police overtime to homes.<<<" in said


def test_a_correction_is_asked_field_by_field(home: Path) -> None:
    """An empty line keeps a value, `-` clears it, and an invalid value is asked again."""
    lines = ["c", "Move money to homes", "buy", "fund", "-", "", "lots", "5,000,000 USD",
             "nosuch", "housing, tenants"]  # fmt: skip
    _, said = session(home, "\n".join([*lines, "q", ""]))

    (record,) = ShelfStore(home / "shelves").documents()[0].record().records
    assert record.kind == "demand"
    assert (record.title, record.action, record.target) == ("Move money to homes", "fund", None)
    assert record.amount is not None
    assert (record.amount.value, record.amount.unit) == (5_000_000, "USD")
    assert record.topics == ("housing", "tenants")
    assert "expected one of" in said
    assert "topic 'nosuch' is not known" in said


def test_decisions_by_id_are_searched(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A suggestion accepted by id is found as a demand; a correction needs an acceptance."""
    assert main(["import", "paper.md"]) == 0
    first, second = review_items(ShelfStore(home / "shelves"))
    id, other = first.suggestion.demand.id, second.suggestion.demand.id
    assert main(["review", "--accept", id, "--reject", other, "--target", "mayor"]) == 0
    capsys.readouterr()

    assert main(["search", "overtime homes", "--kind", "demand", "--shelf", "mine", "--json"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert (hit["id"], hit["record"]["target"]) == (id, "mayor")
    assert main(["review", "--reject", other, "--target", "mayor"]) == 2
    assert main(["review", "--accept", "mine-none#s-1"]) == 1
    assert main(["show", id]) == 0
    assert "Directed at: mayor" in capsys.readouterr().out


def test_files_that_fail_set_the_exit_code(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A batch with an unreadable file ends with code 1, and its other files are searched."""
    (home / "empty.pdf").touch()

    assert main(["import", "paper.md", "empty.pdf", "nowhere.txt", "--json"]) == 1

    done = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in done["failed"]] == ["empty.pdf"]
    assert [one["name"] for one in done["skipped"]] == ["nowhere.txt"]
    assert main(["search", "overtime", "--shelf", "mine"]) == 0
    assert "Shelf: mine" in capsys.readouterr().out


def test_a_password_is_not_stored(home: Path) -> None:
    """The password of an import is in no file of the shelf."""
    assert main(["import", "paper.md", "--password", "Sesam-oeffne-dich"]) == 0

    stored = b"".join(path.read_bytes() for path in (home / "shelves").rglob("*") if path.is_file())
    assert b"Sesam" not in stored


def test_a_rebuild_keeps_what_a_person_decided(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text that reads the same is unchanged; one that reads differently is a new version."""
    main(["import", "paper.md"])
    (stored,) = ShelfStore(home / "shelves").documents()
    main(["review", "--accept", review_items(ShelfStore(home / "shelves"))[0].suggestion.demand.id])

    assert main(["shelf", "rebuild"]) == 0
    assert "Unchanged: 1." in capsys.readouterr().out
    text = stored.latest / "text.md"
    text.write_text(text.read_text("utf-8") + "As an older program read it.\n", "utf-8")
    assert main(["shelf", "rebuild", "mine"]) == 0

    assert [path.name for path in stored.versions] == ["1", "2"]
    assert "older program" not in (stored.latest / "text.md").read_text("utf-8")
    assert states(home) == ["accepted", "open"]


def test_a_rollback_takes_imports_out_of_the_search(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a rollback the older corpus alone is searched; the next build adds the shelves."""
    main(["build"])
    main(["import", "paper.md"])
    make_corpus(home, [make_document(), make_document("b-2021")])
    main(["build"])

    assert main(["rollback"]) == 0
    assert "Imported documents are not searched" in capsys.readouterr().out
    assert main(["search", "overtime"]) == 0
    assert "Shelf: mine" not in capsys.readouterr().out
    assert main(["build"]) == 0
    assert "Corpus and shelves: Published" in capsys.readouterr().out
