"""My documents: files are added, reviewed and removed on pages of a private server."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.cli import main
from kb.encoders.base import TextEncoder
from kb.encoders.vector_spaces import vector_spaces
from kb.http.index_watcher import IndexWatcher
from kb.server.app import State, create_app
from kb.settings import BUNDLED, NONE, Settings
from kb.shelves import commands
from kb.shelves.commands import ShelfCommands, file_name
from kb.web.pages.documents import MAX_UPLOAD_BYTES
from tests.api.builders import ADDRESS
from tests.builders import make_corpus, make_demand, make_document

PAPER = """# The night bus paper

Riders of the night bus wrote down every hour that they waited in the cold.

## What we demand

1. Move $10 million from police overtime to night buses.
2. End the contract with the jail company.
"""


class Site:
    """A private server over a small corpus, with the real commands."""

    def __init__(self, folder: Path, encoder: TextEncoder) -> None:
        self.settings = Settings(
            make_corpus(folder, [make_document(records=[make_demand()])]),
            folder / "index",
            folder / "shelves",
            BUNDLED,
            NONE,
        )
        self.folders = [f"--{name}={folder / name}" for name in ("corpus", "index", "shelves")]
        self.commands = ShelfCommands(self.settings)
        self.watcher = IndexWatcher(
            self.settings.index, vector_spaces(encoder), 0.02, with_shelves=True
        )
        state = State(self.watcher, shelves=self.settings.shelves, commands=self.commands)
        self.client = TestClient(create_app(state), base_url=ADDRESS)

    def done(self) -> str:
        """Wait for the command and the new index, and return the page of documents."""
        self.commands.wait()
        self.watcher.refresh()
        return self.page()

    def page(self, path: str = "/documents") -> str:
        """Return a page in English."""
        answer = self.client.get(f"{path}{'&' if '?' in path else '?'}lang=en")
        assert answer.status_code == 200, path
        return answer.text

    def add(self, *files: tuple[str, bytes], shelf: str = "mine") -> None:
        """Send the form that adds files."""
        sent = [("files", (name, content)) for name, content in files]
        answer = self.client.post("/documents", data={"shelf": shelf}, files=sent)
        assert answer.status_code == 200


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, encoder: TextEncoder) -> Iterator[Site]:
    """Yield a private server with an index and empty shelves."""
    made = Site(tmp_path_factory.mktemp("documents"), encoder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_MULTILINGUAL", NONE)
        assert main(["build", *made.folders]) == 0
    with made.client:
        yield made


@pytest.mark.model
@pytest.mark.slow
def test_a_document_is_added_reviewed_found_and_removed(site: Site) -> None:
    """The whole journey: upload, suggestions, decisions, a search with own results first."""
    assert "You have not added any documents yet." in site.page()

    site.add(("paper.md", PAPER.encode()), ("broken.pdf", b"%PDF-1.4 nothing"), shelf="night-bus")
    page = site.done()

    assert "The night bus paper" in page
    assert re.search(r"Not added:</strong> broken\.pdf", page)
    link = re.search(r'href="(/documents/[^"/]*/review)[^"]*"[^>]*>Review 2 suggestions', page)
    assert link
    assert not site.commands.uploads.exists()

    review = site.page(link[1])
    ids = re.findall(r'type="radio" name="([^"]*)" value="accept"', review)
    assert len(ids) == 2
    site.client.post(link[1], data={ids[0]: "accept", ids[1]: "reject", "other#x": "accept"})
    assert "1 demand<" in site.done()

    found = site.page("/search?q=night+buses+police+overtime")
    first = found.partition('<li class="card">')[2].partition("</li>")[0]
    assert "From your shelf: night-bus" in first
    assert "No suggestions left to review." in site.page(link[1])

    site.client.post(link[1].replace("/review", "/remove"))
    assert "You have not added any documents yet." in site.done()
    assert not (site.settings.shelves / "night-bus").exists()


@pytest.mark.model
@pytest.mark.slow
def test_a_refused_shelf_is_explained(site: Site) -> None:
    """The page shows the words of the command; nothing is stored and no upload is left."""
    site.add(("paper.md", PAPER.encode()), shelf="Not A Shelf")
    page = site.done()

    assert "Nothing was changed." in page
    assert "expected at most 40 characters, only a-z, 0-9 and single hyphens" in page
    assert not site.commands.uploads.exists()


def test_only_a_private_server_takes_documents(client: TestClient) -> None:
    """Elsewhere the page says where documents can be added, and every change is a 404."""
    assert "only when Precedent runs for this computer alone" in client.get("/documents").text
    for answer in (
        client.post("/documents", files={"files": ("a.md", b"# A")}),
        client.post("/documents/m4bl-vision-2016/remove"),
        client.post("/documents/m4bl-vision-2016/review"),
        client.get("/documents/m4bl-vision-2016/review"),
        client.get("/documents/progress"),
    ):
        assert answer.status_code == 404


@pytest.mark.model
def test_a_document_of_the_collection_cannot_be_removed(site: Site) -> None:
    """The pages change only documents on shelves, and not for other sites."""
    for path in ("/documents/oakland/remove", "/documents/no-such/remove"):
        assert site.client.post(path).status_code == 404
    foreign = site.client.post("/documents", headers={"origin": "https://example.org"})
    assert foreign.status_code == 403
    assert site.commands.job is None or site.commands.job.state != "running"


@pytest.mark.model
def test_too_large_an_upload_is_refused(site: Site) -> None:
    """A body over the limit is a 413 before it is read."""
    answer = site.client.post(
        "/documents", headers={"content-length": str(MAX_UPLOAD_BYTES * 2)}, content=b""
    )

    assert answer.status_code == 413


@pytest.mark.model
def test_a_change_is_not_lost_without_a_word(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that is sent while another one runs is a 409 that says to try again."""
    monkeypatch.setattr(site.commands, "_job", commands.Job("import", ("a.md",)))

    answer = site.client.post(
        "/documents?lang=en", data={"shelf": "mine"}, files={"files": ("b.md", b"# B")}
    )

    assert answer.status_code == 409
    assert "Another change is still running" in answer.text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("C:\\papers\\Rent <b>.pdf", "Rent b .pdf"),
        ("../../etc/passwd", "passwd"),
        ("--shelf=x.md", "shelf=x.md"),
        (".bashrc", "bashrc"),
        ("a\nb\x00.md", "a b .md"),
        ("ñandú.pdf", "ñandú.pdf"),
        ("", "document"),
        ("x" * 500 + ".pdf", "x" * 56 + ".pdf"),
    ],
)
def test_names_of_uploads_are_safe(name: str, safe: str) -> None:
    """A file's name cannot leave the folder, hide, be a flag or be too long."""
    assert file_name(name) == safe


@pytest.fixture
def alone(tmp_path: Path) -> ShelfCommands:
    """Return commands over empty folders."""
    return ShelfCommands(Settings(tmp_path / "c", tmp_path / "i", tmp_path / "s"))


def test_one_command_runs_at_a_time(alone: ShelfCommands, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second change is refused while the first one runs, and its progress can be followed."""
    script = (
        "import sys, time, pathlib\n"
        "sys.stderr.write('reading   :  40%|##| 2/5\\r'); sys.stderr.flush()\n"
        "while pathlib.Path(sys.argv[-1]).exists(): time.sleep(.01)\n"
        "sys.exit('kb shelf: no such document')"
    )
    monkeypatch.setattr(commands, "_RUN", script)
    running = alone.uploads.parent / "running"
    running.parent.mkdir()
    running.touch()

    assert alone.remove("A title", "mine", str(running))
    assert not alone.review("Another", ["a#b"], [])
    while not (alone.job and alone.job.percent):
        time.sleep(0.01)
    assert (alone.job.state, alone.job.step, alone.job.percent) == ("running", "reading", 40)
    running.unlink()
    alone.wait()

    assert alone.job
    assert alone.job.state == "failed"
    assert alone.job.messages == ("kb shelf: no such document",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(alone: ShelfCommands) -> None:
    """A full disk or a read-only folder is a failed change with its reason."""
    alone.uploads.parent.mkdir()
    alone.uploads.parent.chmod(0o500)

    with (Path(__file__)).open("rb") as file:
        assert alone.add({"a.md": file}, "mine")

    assert alone.job
    assert alone.job.messages == ("Permission denied",)
