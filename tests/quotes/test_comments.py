"""A marked copy of a Word file has real comments on exactly the quoted characters."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from kb.quotes.check import check
from kb.quotes.comments import commented
from kb.quotes.drafts import read_draft
from kb.quotes.nouns import Checked
from kb.quotes.originals import Originals
from kb.quotes.quotations import quotations
from tests.quotes.word import docx, paragraph, run

pypandoc = pytest.importorskip("pypandoc")

BOLD = "<w:rPr><w:b/></w:rPr>"
DRAFT = docx(
    paragraph(run("The report says “The board may close a stop.” And “We ask the board to "),
              run("buy four", BOLD),
              f"<w:hyperlink w:anchor='x'>{run('teen buses by')}</w:hyperlink>",
              f'<w:ins w:id="9" w:author="A">{run(" June 2027” today.")}</w:ins>'),
    paragraph(run("A note follows."), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    footnotes='<w:footnote w:id="2">'
    + paragraph(run("“No rider should wait alone in the dark”")) + "</w:footnote>",
)  # fmt: skip


def words(one: Checked) -> str:
    """Return the comment of the tests."""
    return f"{one.verdict} <&> {one.quotation.text[:5]}"


def marked(content: bytes, originals: Originals) -> bytes:
    """Return the copy with comments."""
    report = check(quotations(read_draft(content, "a.docx")), originals)
    return commented(content, report.quotations, words, "2026-12-01T00:00:00Z")


def markdown(content: bytes, path: Path) -> str:
    """Return what pandoc reads in a Word file, with its comments."""
    path.write_bytes(content)
    read: str = pypandoc.convert_file(
        str(path), "markdown", format="docx", extra_args=["--track-changes=all", "--wrap=none"]
    )
    return read


def test_comments_stand_on_the_quoted_characters(originals: Originals, tmp_path: Path) -> None:
    """Pandoc reads each comment back at its words, through bold text, a link and an insertion."""
    text = markdown(marked(DRAFT, originals), tmp_path / "a.docx")

    first = r'\[cut-short [^\]]*\]\{\.comment-start id="0"[^}]*\}'
    words_and_end = r'The board may close a stop\.\[\]\{\.comment-end id="0"\}'
    assert re.search(first + words_and_end, text)
    pattern = r'\[differs [^\]]*\]\{\.comment-start id="1"[^}]*\}(.*?)\[\]\{\.comment-end id="1"\}'
    around = re.search(pattern, text)
    assert around
    bare = re.sub(r"\*\*|\[|\]|\{[^}]*\}|\([^)]*\)", "", around[1])
    assert bare == "We ask the board to buy fourteen buses by June 2027"
    assert re.search(r'comment-start id="2"[^}]*\}\[\^1\]\[\]\{\.comment-end id="2"', text)
    plain = markdown(DRAFT, tmp_path / "b.docx")
    without = re.sub(r"\[[^\]]*\]\{\.comment-start[^}]*\}|\[\]\{\.comment-end[^}]*\}", "", text)
    assert re.sub(r"[*\s]", "", without) == re.sub(r"[*\s]", "", plain)


def test_all_other_parts_keep_their_bytes(originals: Originals) -> None:
    """Only the document and what belongs to comments change; the same draft gives the same file."""
    once, twice = marked(DRAFT, originals), marked(DRAFT, originals)
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (DRAFT, once))
    changed = {"word/document.xml", "[Content_Types].xml"}

    assert once == twice
    assert set(after.namelist()) - set(before.namelist()) == {
        "word/comments.xml", "word/_rels/document.xml.rels",
    }  # fmt: skip
    for name in set(before.namelist()) - changed:
        assert before.read(name) == after.read(name)


def test_old_comments_stay(originals: Originals, tmp_path: Path) -> None:
    """A comment that was there keeps its id and words, and the new ones get other ids."""
    old = '<w:comment w:id="4" w:author="Ana">' + paragraph(run("Check this")) + "</w:comment>"
    content = docx(
        paragraph('<w:commentRangeStart w:id="4"/>', run("“The board may close a stop”"),
                  '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'),
        comments=old,
    )  # fmt: skip
    made = marked(content, originals)
    comments = zipfile.ZipFile(io.BytesIO(made)).read("word/comments.xml").decode()

    assert re.findall(r'w:id="(\d+)"', comments) == ["4", "5"]
    assert "Check this" in comments
    assert "cut-short &lt;&amp;&gt; The b" in comments


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is absent")
def test_libreoffice_opens_the_copy(originals: Originals, tmp_path: Path) -> None:
    """LibreOffice turns the marked file into PDF."""
    (tmp_path / "a.docx").write_bytes(marked(DRAFT, originals))
    to_pdf = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    command = [*to_pdf, str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
