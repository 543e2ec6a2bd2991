"""A full disk and a folder without write permission: nothing is half written."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.imports.store import ShelfStore
from kb.errors import KbError
from kb.index.engine import open_engine
from tests.builders import make_corpus, make_document, respecting_permissions
from tests.imports.files import words
from tests.imports.places import bring_in, place

pytestmark = pytest.mark.slow

BUILD = """
import sys
from pathlib import Path
from kb.cli import main
from kb.encoders import open as encoders
from tests.fakes import HashEncoder
encoders.make_encoder = encoders.open_encoder = lambda *_: HashEncoder()  # loads in no time
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield the folder of a disk of 400 kB; skip the test where it cannot be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def run(code: str, home: Path, *command: str, **folders: Path) -> subprocess.CompletedProcess[str]:
    """Run a command over the folders of a home, without root's right to ignore permissions."""
    names = {name: folders.get(name, home / name) for name in ("corpus", "index", "shelves")}
    given = {f"KB_{name.upper()}": str(path) for name, path in names.items()}
    environment = os.environ | given | {"KB_MULTILINGUAL": "none"}
    whole = [*respecting_permissions(), sys.executable, "-c", code, *command]
    return subprocess.run(whole, env=environment, capture_output=True, text=True, timeout=120)


def is_told(ran: subprocess.CompletedProcess[str]) -> bool:
    """Return whether a command failed with a message for a person and without a traceback."""
    said = ran.stdout + ran.stderr
    told = "Next: free up space" in said
    failed = "Traceback" in said or "internal error" in said
    return told and not failed and ran.returncode == 1


def test_a_full_disk_keeps_what_is_whole_and_says_so(small_disk: Path, tmp_path: Path) -> None:
    """Documents imported before the disk was full are complete and reported; no others are left."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(4):
        text = "\n\n".join(words(number * 1000 + part) for part in range(180))
        (papers / f"paper-{number}.txt").write_text(text, "utf-8")
    at = place(tmp_path)._replace(shelves=small_disk / "shelves")

    done = bring_in(at, papers)

    documents = ShelfStore(at.shelves).documents()
    assert done.stopped is not None
    assert "No space left on device" in done.stopped
    assert "Next: free up space" in done.stopped
    assert {one.id for one in done.documents} == {one.id for one in documents}
    assert 0 < len(documents) < 4
    assert all((one.latest / "origin.json").is_file() for one in documents)
    assert sorted(path.name for path in at.shelves.iterdir()) == [".lock", "mine"]


@pytest.mark.parametrize("free", [20, 120, 200, 240, 280, 320])
def test_a_build_on_a_full_disk_publishes_nothing(
    small_disk: Path, tmp_path: Path, free: int
) -> None:
    """Whichever file is cut off, the build reports it and publishes no generation."""
    make_corpus(tmp_path, [make_document(f"document-{one}") for one in range(30)])
    (small_disk / "other").write_bytes(bytes(400 * 1024 - free * 1024))

    ran = run(BUILD, tmp_path, "build", index=small_disk / "index")

    assert is_told(ran), ran.stderr
    with pytest.raises(KbError):
        open_engine(small_disk / "index").reader()


@pytest.mark.parametrize("command", ["build", "import", "review", "shelf"])
@pytest.mark.parametrize("how", ["forbidden", "a file"])
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, command: str, how: str) -> None:
    """The error names the path without write permission, or the file in place of a folder."""
    make_corpus(tmp_path, [make_document()])
    (tmp_path / "paper.txt").write_text("A paragraph about a bus.\n", "utf-8")
    closed = tmp_path / "closed"
    if how == "a file":
        closed.write_text("")
    else:
        closed.mkdir()
        closed.chmod(0o555)
    given = {"import": [str(tmp_path / "paper.txt")], "shelf": ["remove", "mine"]}.get(command, [])
    folders = {"index" if command == "build" else "shelves": closed / "here"}

    ran = run(BUILD, tmp_path, command, *given, **folders)

    assert is_told(ran), ran.stderr
    assert str(closed) in ran.stderr


def test_a_failed_build_hides_no_import(tmp_path: Path) -> None:
    """If the index cannot be built, the report of the import is printed before the error."""
    make_corpus(tmp_path, [make_document()])
    (tmp_path / "paper.txt").write_text("A paragraph about a bus.\n", "utf-8")
    (tmp_path / "corpus" / "platforms" / "bad.md").write_text("no front matter", "utf-8")
    paper = str(tmp_path / "paper.txt")

    ran = run(BUILD, tmp_path, "import", paper, "--json")

    assert ran.returncode == 1
    assert [one["name"] for one in json.loads(ran.stdout)["documents"]] == ["paper.txt"]
    assert "bad.md:1" in ran.stderr
    again = run(BUILD, tmp_path, "import", paper)
    assert "Unchanged: 1" in again.stdout
    assert "bad.md:1" in again.stderr
    assert "stored on the shelves, but the index does not contain the changes yet" in again.stderr
