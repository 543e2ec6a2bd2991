"""No text that was stored or received controls the terminal when a command prints it."""

import io
import json
import shutil
import threading
import unicodedata
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.imports.store import ShelfStore
from kb.cli import import_, main
from kb.cli.terminal import BOLD, BOLD_MARK, PLAIN, PLAIN_MARK, printable, say, say_json
from kb.encoders import open as encoders
from tests.builders import make_corpus, make_document
from tests.fakes import HashEncoder
from tests.imports.test_shelf import DEMANDS

SAFE = {"\t", "\n"}
# Clear the screen, set the title, a C1 control, delete, return, override the direction.
HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\x7f\r\u202e"


def unsafe(text: str) -> list[str]:
    """Return the characters of a text that control a terminal or cannot be encoded."""
    kinds = {"Cc", "Cs", "Zl", "Zp"}
    directions = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return [
        char
        for char in text
        if char not in SAFE
        and (unicodedata.category(char) in kinds or unicodedata.bidirectional(char) in directions)
    ]


@given(st.text(st.characters()))
def test_no_character_that_controls_a_terminal_is_printed(text: str) -> None:
    """Each such character becomes one visible sign; all other text stays as it is."""
    found = printable(text)

    assert unsafe(found) == []
    assert len(found) == len(text)
    assert [new for old, new in zip(text, found, strict=True) if not unsafe(old)] == [
        char for char in text if not unsafe(char)
    ]


def test_only_our_own_marks_become_bold() -> None:
    """Highlights are bold; an escape sequence beside them is shown as a sign."""
    out = io.StringIO()

    say(f"{BOLD_MARK}bus\x1b[1m{PLAIN_MARK} late", out)

    assert out.getvalue() == f"{BOLD}bus\u241b[1m{PLAIN} late\n"


@given(st.dictionaries(st.text(), st.text(st.characters(exclude_categories=["Cs"]))))
def test_json_stays_exact(value: dict[str, str]) -> None:
    """JSON output decodes to the stored value and contains no control character."""
    lines: list[str] = []
    say_json(value, lines.append)

    (text,) = lines
    assert json.loads(text) == value
    assert unsafe(text) == []


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a corpus and a paper, to which the settings lead."""
    make_corpus(tmp_path, [make_document()])
    for name in ("corpus", "index", "shelves"):
        monkeypatch.setenv(f"KB_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("KB_MULTILINGUAL", "none")
    for module, name in (
        (encoders, "make_encoder"),
        (encoders, "open_encoder"),
        (import_, "make_encoder"),
    ):
        monkeypatch.setattr(module, name, lambda *_: HashEncoder())  # loads in no time
    (tmp_path / "paper.md").write_text(DEMANDS, "utf-8")
    return tmp_path


def spoil(home: Path) -> str:
    """Put hostile characters into the stored files of the imported paper; return its id."""
    (stored,) = ShelfStore(home / "shelves").documents()
    text = stored.latest / "text.md"
    words = text.read_text("utf-8")
    text.write_text(words.replace("The meeting was", HOSTILE.ljust(15, "x")), "utf-8", newline="")
    suggestions = stored.latest / "suggestions.jsonl"
    hostile = json.dumps(HOSTILE)[1:-1]
    changed = suggestions.read_text("utf-8").replace("jail company", f"jail {hostile}")
    suggestions.write_text(changed, "utf-8")
    origin = stored.latest / "origin.json"
    about = json.loads(origin.read_text("utf-8"))
    origin.write_text(json.dumps(about | {"path": f"/tmp/{HOSTILE}", "format": HOSTILE}), "utf-8")
    return stored.id


@pytest.mark.slow
def test_no_command_prints_what_controls_the_terminal(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Imports, lists, reviews, searches, records and problems print visible signs instead."""
    (home / f"{HOSTILE}.txt").write_text("A paragraph about a bus.\n", "utf-8")
    (home / "empty.pdf").touch()
    shutil.copy(home / "empty.pdf", home / f"empty{HOSTILE}.pdf")
    assert main(["import", str(home / "paper.md"), "--organization", "Tenants"]) == 0
    id = spoil(home)
    commands = [
        ["import", *map(str, sorted(home.glob("*.[tp]*"))), str(home / f"no{HOSTILE}")],
        ["build"], ["shelf", "list"], ["review", "--list"], ["review", "--list", "--json"],
        ["search", "long"], ["search", "jail", "--kind", "suggestion"],
        ["search", "long", "--json"],
        ["show", id], ["show", id, "--json"], ["show", HOSTILE], ["shelf", "list", HOSTILE],
        ["shelf", "import", f"{HOSTILE}.zip"], ["search", "long", "--place", HOSTILE],
        ["review", "--accept", HOSTILE], ["topics"], ["rollback"],
    ]  # fmt: skip
    shown = ""
    for command in commands:
        main(command)
        said = capsys.readouterr()
        assert unsafe(said.out) == [], command
        assert unsafe(said.err.replace("\r", "")) == [], command  # progress bars return
        shown += said.out
    assert "\u241b[2J" in shown
    with pytest.raises(SystemExit):
        main(["import", f"-{HOSTILE}"])
    assert unsafe(capsys.readouterr().err) == []
    (record,) = (home / "shelves" / "mine" / id).glob("record.md")
    record.write_text(record.read_text("utf-8").replace("kind:", f"kind{HOSTILE}: x\nkind:"))
    main(["check"])
    assert unsafe(capsys.readouterr().out) == []


class Rude(BaseHTTPRequestHandler):
    """Answers with a reason phrase that contains escape sequences."""

    def do_GET(self) -> None:
        """Send one status line and no body."""
        self.wfile.write(b"HTTP/1.1 404 \x1b[2J\x9b31m gone\r\nContent-Length: 0\r\n\r\n")

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture
def rude() -> Iterator[str]:
    """Yield the address of a `Rude` server."""
    server = HTTPServer(("127.0.0.1", 0), Rude)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/page"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_reason_phrase_of_a_server_is_printed_safely(
    home: Path, rude: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failed address is reported with its status, without the escape sequences."""
    assert main(["import", rude, "--allow-private"]) == 1

    said = capsys.readouterr()
    assert "404" in said.out
    assert unsafe(said.out) == []
    assert unsafe(said.err.replace("\r", "")) == []
