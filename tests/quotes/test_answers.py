"""The command, the API and the page give the same verdicts, and keep nothing of a draft."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.cli import main
from kb.encoders.vector_spaces import vector_spaces
from kb.http.index_watcher import IndexWatcher
from kb.quotes.drafts import MAX_BYTES
from kb.quotes.originals import Originals
from kb.server.app import State, create_app
from tests.api.builders import ADDRESS
from tests.fakes import HashEncoder
from tests.quotes.conftest import SOURCES
from tests.quotes.test_cases import judged
from tests.quotes.word import docx, paragraph, run

DRAFT = """The Night Bus Report (2025) says that “The board may close a stop.” It found that
“435 came more than ten minutes late”, and “free buses” help. <script>alert(1)</script>
"""
VERDICTS = ["cut-short", "exact", "too-short"]


@pytest.fixture(scope="module")
def site(quoted_home: Path) -> Iterator[TestClient]:
    """Yield a client of a server with the texts on its shelf."""
    watcher = IndexWatcher(
        quoted_home / "index", vector_spaces(HashEncoder()), 0.02, with_shelves=True
    )
    app = create_app(State(watcher, shelves=quoted_home / "shelves"))
    with TestClient(app, base_url=ADDRESS) as client:
        yield client


def files(folder: Path) -> set[str]:
    """Return all files under a folder, with their sizes."""
    return {f"{path} {path.stat().st_size}" for path in folder.rglob("*") if path.is_file()}


def test_the_api_checks_a_draft(site: TestClient) -> None:
    """POST /v1/quotes/check returns the verdicts; no cache may keep them."""
    answer = site.post("/v1/quotes/check", json={"text": DRAFT})

    assert answer.status_code == 200
    assert [one["verdict"] for one in answer.json()["quotations"]] == VERDICTS
    assert answer.json()["quotations"][0]["found"]["stored"] == "The board may close a stop"
    assert answer.headers["cache-control"] == "no-store"
    assert site.post("/v1/quotes/check", json={"text": " "}).json()["quotations"] == []
    assert site.post("/v1/quotes/check", json={"txt": ""}).status_code == 422
    assert site.post("/v1/quotes/check", json={"text": "x" * 300_001}).status_code == 422


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_checks_pasted_text_and_files(
    site: TestClient, quoted_home: Path, language: str
) -> None:
    """The page shows the words that differ; nothing is written and all is escaped."""
    word = docx(paragraph(run("“The board may close a stop” and “435 came two minutes late”")))
    before = files(quoted_home)
    pasted = site.post(f"/quotes?lang={language}", data={"text": DRAFT})
    sent = site.post(
        f"/quotes?lang={language}", data={"text": ""}, files={"file": ("a.docx", word)}
    )

    assert pasted.status_code == sent.status_code == 200
    assert ", but only after a public hearing" in pasted.text
    assert "<script>alert" not in pasted.text
    assert "<del>two</del>" in sent.text
    assert "<ins>more than ten</ins>" in sent.text
    assert {"en": "cut short", "es": "cortada"}[language] in sent.text
    assert pasted.headers["cache-control"] == "no-store"
    assert files(quoted_home) == before


@pytest.mark.parametrize(
    ("content", "said"), [(b"PK\x03\x04", "damaged"), (b"%PDF-1", "not a format of drafts")]
)
def test_the_page_explains_a_bad_draft(site: TestClient, content: bytes, said: str) -> None:
    """A draft that cannot be read is a 422 with the reason on the page."""
    answer = site.post("/quotes?lang=en", files={"file": ("<b>.docx", content)})

    assert answer.status_code == 422
    assert said in answer.text
    assert "<b>.docx" not in answer.text


def test_a_huge_draft_is_refused(site: TestClient) -> None:
    """A body over the limit is a 413."""
    headers = {"content-length": str(MAX_BYTES * 3)}

    assert site.post("/quotes", headers=headers, content=b"").status_code == 413


@pytest.fixture
def command(quoted_home: Path) -> list[str]:
    """Return the flags of the folders."""
    return [f"--{name}={quoted_home / name}" for name in ("index", "shelves")]


def test_the_command_prints_writes_and_exits(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 if something differs, 0 if nothing does; JSON, a web page and a marked copy."""
    draft, page, marked = (tmp_path / name for name in ("a.docx", "a.html", "marked.docx"))
    draft.write_bytes(docx(paragraph(run("“The board may close a stop”"))))

    code = main(["check-quotes", str(draft), *command, "--json", f"--html={page}",
                 "-o", str(marked), "--date=2026-12-01"])  # fmt: skip

    assert code == 1
    assert json.loads(capsys.readouterr().out)["quotations"][0]["verdict"] == "cut-short"
    assert "http" not in page.read_text("utf-8")
    assert "but only after" in page.read_text("utf-8")
    comments = zipfile.ZipFile(marked).read("word/comments.xml").decode()
    assert "CUT SHORT" in comments
    assert 'date="2026-12-01T00:00:00Z"' in comments
    clean = tmp_path / "clean.md"
    clean.write_text("“The card is free for anyone who lives, works or studies”", "utf-8")
    assert main(["check-quotes", str(clean), *command]) == 0
    assert "1 quotations: 1 exact." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such.md"], "No such file"),
        (["{draft}", "-o", "{folder}/x.docx"], "not a Word file"),
        (["{word}", "-o", "{folder}/x.docx", "--date=soon"], "expected a date such as 2026-12-01"),
        (["{word}", "-o", "{folder}/no/x.docx"], "expected a file to write"),
    ],
)
def test_wrong_use_is_explained(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    arguments: list[str], said: str,
) -> None:  # fmt: skip
    """The command says what was expected, and leaves no file."""
    names = {"draft": tmp_path / "a.md", "word": tmp_path / "a.docx", "folder": tmp_path}
    names["draft"].write_text("text", "utf-8")
    names["word"].write_bytes(docx(paragraph(run("text"))))
    before = files(tmp_path)

    assert main(["check-quotes", *(one.format(**names) for one in arguments), *command]) == 2

    assert said in capsys.readouterr().err
    assert files(tmp_path) == before


TEXTS = {path.stem: path.read_text("utf-8") for path in SOURCES}


@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 1500), st.integers(4, 40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_of_a_source_are_found(
    originals: Originals, name: str, start: int, count: int
) -> None:
    """Any run of whole words of a source is exact or cut short, never different or missing."""
    words = TEXTS[name][start:].split()[1 : count + 1]
    text = " ".join(words)
    if sum(any(c.isalnum() for c in word) for word in words) < 5 or '"' in text:
        return

    found = judged(text, originals)

    assert found.verdict in {"exact", "cut-short"}, (text, found)
    assert found.found
    assert " ".join(found.found.stored.split()) in " ".join(TEXTS[name].split())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_quotation_has_a_verdict(originals: Originals, text: str) -> None:
    """Any text between quotation marks gets a verdict."""
    assert judged(f"{text} x", originals).verdict


def test_the_query_is_not_logged(site: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing of a draft is printed by the server."""
    site.post("/v1/quotes/check", json={"text": DRAFT})

    assert capfd.readouterr() == ("", "")
