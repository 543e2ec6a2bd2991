"""An index without write permission, such as one on a mounted image or a shared disk."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import make_corpus, make_document, make_index, respecting_permissions
from tests.fakes import HashEncoder

pytestmark = pytest.mark.slow

SERVE = """
import sys
from pathlib import Path
from tests.api.builders import make_app, make_client
from tests.fakes import HashEncoder

with make_client(make_app(Path(sys.argv[1]), HashEncoder())) as client:
    print(client.get("/healthz").status_code, client.get("/v1/search?q=rent").json()["total"])
"""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return an index without write permission on any file or folder."""
    root = tmp_path / "index"
    make_index(root, make_corpus(tmp_path, [make_document()]), HashEncoder())
    for path in [root, *root.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    return root


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run Python without root's right to ignore permissions."""
    return subprocess.run(
        [*respecting_permissions(), sys.executable, *words],
        capture_output=True,
        text=True,
        timeout=120,
    )


def kb(*words: str) -> subprocess.CompletedProcess[str]:
    """Run one command of `kb`."""
    return run("-c", "from kb.cli import run; run()", *words)


@pytest.mark.parametrize(
    "words",
    [("search", "rent", "--mode", "lexical"), ("show", "tenants-platform-2020"), ("topics",)],
    ids=" ".join,
)
def test_commands_read_an_index_without_write_permission(
    index: Path, words: tuple[str, ...]
) -> None:
    """Each command that only reads succeeds and leaves no file behind."""
    before = sorted(index.rglob("*"))

    ended = kb(*words, "--index", str(index))

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout
    assert sorted(index.rglob("*")) == before


def test_a_server_answers_from_an_index_without_write_permission(index: Path) -> None:
    """The server is healthy, and its search finds both passages."""
    ended = run("-c", SERVE, str(index))

    assert ended.stdout.split() == ["200", "2"], ended.stderr


def test_a_rollback_without_write_permission_says_so(index: Path, tmp_path: Path) -> None:
    """A command that must write names the file and the reason in one line."""
    ended = kb("rollback", "--index", str(index))

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"kb rollback: {index}/lock: Permission denied; expected ")
    assert ended.stderr.count("\n") == 1
