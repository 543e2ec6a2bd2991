"""Drafts of every format are read, and bad ones are refused with what was expected."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UnreadableError
from kb.quotes.drafts import MAX_BYTES, read_draft
from kb.quotes.quotations import quotations
from tests.quotes.word import W, docx, odt, package, paragraph, run


def quoted(content: bytes, name: str) -> list[str]:
    """Return the quotations of a draft."""
    return [one.text for one in quotations(read_draft(content, name))]


def test_a_word_file_is_read_as_it_will_print() -> None:
    """Runs, links, insertions, tables, notes and text boxes are read; deleted text is not."""
    box = (
        "<w:r><mc:AlternateContent xmlns:mc="
        '"http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
        f"<w:txbxContent>{paragraph(run('“from the text box”'))}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{paragraph(run('“from the text box”'))}</w:txbxContent>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    content = docx(
        paragraph(run("They say “the "), run("first ", "<w:rPr><w:b/></w:rPr>"),
                  f"<w:hyperlink>{run('thing”')}</w:hyperlink>",
                  f'<w:ins w:id="1">{run(" and “the inserted")}</w:ins>',
                  '<w:del w:id="2"><w:r><w:delText>“gone words”</w:delText></w:r></w:del>',
                  run(" words”"), '<w:r><w:footnoteReference w:id="7"/></w:r>', box),
        f"<w:tbl><w:tr><w:tc>{paragraph(run('“in a table cell”'))}</w:tc></w:tr></w:tbl>",
        paragraph(run("A block quotation without marks."), style="Quote"),
        footnotes='<w:footnote w:id="7">'
        + paragraph(run("The note says “see page nine”.")) + "</w:footnote>",
    )  # fmt: skip

    assert quoted(content, "a.docx") == [
        "the first thing", "the inserted words", "from the text box", "in a table cell",
        "A block quotation without marks.", "see page nine",
    ]  # fmt: skip
    first = quotations(read_draft(content, "a.docx"))[0]
    assert "see page nine" in first.context


def test_an_open_document_is_read() -> None:
    """Spaces, line breaks and notes are read; tracked deletions are not."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>“in the note”</text:p></text:note-body></text:note>"
    )
    content = odt(f"They say “the<text:s/>first <text:span>thing</text:span>”{note} and go.")

    assert quoted(content, "a.odt") == ["the first thing", "in the note"]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("A “first thing” and\na \"second thing\".\n\n> A block\n> quotation.\n", "a.md",
         ["first thing", "second thing", "A block\nquotation."]),
        ("A “thing”.[^1]\n\n[^1]: The note, p. 3.\n", "a.md", ["thing"]),
        ("<p>A “first <b>thing</b>”</p><blockquote><p>Block.</p></blockquote><script>“no”</script>"
         "<p><del>“gone”</del>«otra cosa»</p>", "a.html", ["first thing", "Block.", "otra cosa"]),
        ("<div>In a div “first thing”<div>and “second thing” <ul><li>A “third thing”"
         "<ul><li>inner</li></ul></li></ul></div> after “fourth thing”</div><blockquote>Bare words"
         "<p>and more</p></blockquote>", "a.html",
         ["first thing", "second thing", "third thing", "fourth thing", "Bare words", "and more"]),
        ("They said: „erste Sache“ and “it's 'nested' here”.", "a.txt",
         ["erste Sache", "it's 'nested' here"]),
        ("It's the tenants' house, and it's 6'2\".", "a.txt", []),
        ("An “unclosed quotation\n\nand “another one”", "a.txt", ["another one"]),
    ],
)  # fmt: skip
def test_quotations_are_found(text: str, name: str, found: list[str]) -> None:
    """All usual marks open and close quotations within a paragraph; apostrophes do not."""
    assert quoted(text.encode(), name) == found


def test_a_footnote_of_markdown_is_context() -> None:
    """The text of a quotation's footnote counts as said near it."""
    (one,) = quotations(
        read_draft(b"A \xe2\x80\x9cthing\xe2\x80\x9d.[^1]\n\n[^1]: Title, p. 3.\n", "a")
    )

    assert "Title, p. 3." in one.context


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"x" * (MAX_BYTES + 1), "at most"),
        (b"%PDF-1.7", "not a format of drafts"),
        (b"\xd0\xcf\x11\xe0rest", "not a format of drafts"),
        (b"text\0text", "not a text"),
        (b"PK\x03\x04broken", "damaged"),
        (docx(paragraph(run("x" * 5000))).replace(b"\x4b\x4c", b"\x4b\x4d", 1)[:900], "damaged"),
        (package({"other.xml": "<a/>"}), "neither DOCX nor ODT"),
        (package({"word/document.xml": "<w:document"}), "damaged at line 1"),
        (package({"word/document.xml": f"{BOMB}<w:document {W}>&c;</w:document>"}), "entities"),
    ],
)
def test_bad_drafts_are_refused(content: bytes, said: str) -> None:
    """The error says what is wrong with the draft and what was expected."""
    with pytest.raises(UnreadableError, match=said):
        read_draft(content, "draft.docx")


def test_a_zip_bomb_is_refused() -> None:
    """A part that says it is small, or is large when unpacked, is not read."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 80_000_000)

    with pytest.raises(UnreadableError, match="too large when unpacked"):
        read_draft(made.getvalue(), "a.docx")


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Any content is read or refused with the error for people."""
    for name in ("a.md", "a.html", "a.txt", "a.docx"):
        try:
            blocks = read_draft(content, name)
        except UnreadableError:
            continue
        for one in quotations(blocks):
            assert blocks[one.block].text[one.start : one.end] == one.text


def test_reading_leaves_nothing_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a draft of any format writes no file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for content, name in ((b"A 'b'", "a.md"), (docx(paragraph(run("x"))), "a.docx"),
                          (odt("x"), "a.odt"), (b"<p>x</p>", "a.html")):  # fmt: skip
        read_draft(content, name)

    assert list(tmp_path.iterdir()) == []
