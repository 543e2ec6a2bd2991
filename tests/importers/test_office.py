"""What DOCX, ODT, RTF and EPUB have in common, and their errors."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.base import SourceInfo
from indexer.importers.office import extract as office
from indexer.importers.office import pandoc
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.numerals import letters, ordinal, roman
from indexer.importers.shared.stated import creators, stated_language
from kb.errors import UnreadableError
from tests.importers.files import texts
from tests.importers.office_files import (
    FORMS,
    OLE,
    docx,
    epub,
    made,
    odt,
    page,
    paragraph,
    read,
    said,
)
from tests.strategies import examples

SENTENCE = "The council shall make all buses free for everybody under the age of twenty-five."
MARKDOWN = """
# El presupuesto

Primer párrafo, con una nota.[^a] Sigue.

[^a]: Lo dice el acta.

## Demandas

3. Vivienda digna
4. Transporte gratuito

    a. para jóvenes
    b. para mayores

5. Agua

- uno
- dos

# عنوان

نحن نطالب بالسكن اللائق for everyone. אנחנו דורשים תחבורה.

> A long quotation.

| Roses are red
| Violets are blue
"""
TABLE = """
| Ciudad | Monto |
|--------|-------|
| Lima   | 1.000 |
|        | 20    |
"""


def _refused(path: Path) -> str:
    with pytest.raises(UnreadableError) as refused:
        office.extract(path, SourceInfo(name=path.name))
    return str(refused.value)


@pytest.mark.parametrize("form", FORMS)
def test_structure_is_kept(tmp_path: Path, form: str) -> None:
    """Headings, paragraphs, printed numbers, notes, scripts and verse are read in order."""
    found = said(read(made(tmp_path, form, MARKDOWN)))
    item = "paragraph" if form == "rtf" else "item"  # pandoc writes RTF lists as plain lines
    assert found == [
        ("heading 1", "El presupuesto"),
        ("paragraph", "Primer párrafo, con una nota. Sigue."),
        ("note", "1 Lo dice el acta."),
        ("heading 2", "Demandas"),
        (item, "3. Vivienda digna"),
        (item, "4. Transporte gratuito"),
        (item, "a. para jóvenes"),
        (item, "b. para mayores"),
        (item, "5. Agua"),
        ("item", "uno"),
        ("item", "dos"),
        ("heading 1", "عنوان"),
        ("paragraph", "نحن نطالب بالسكن اللائق for everyone. אנחנו דורשים תחבורה."),
        ("paragraph", "A long quotation."),
        ("paragraph", "Roses are red / Violets are blue"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_tables_are_rows(tmp_path: Path, form: str) -> None:
    """Every row is a block, the head too, and every cell keeps its column."""
    found = read(made(tmp_path, form, TABLE))
    assert texts(found, "row") == ["Ciudad | Monto", "Lima | 1.000", "| 20"]


@pytest.mark.parametrize("form", ["docx", "odt", "epub"])
def test_notes_of_a_table_follow_their_row(tmp_path: Path, form: str) -> None:
    """A note follows the row that refers to it, and notes are numbered throughout."""
    table = "One[^1].\n\n| a[^2] | b |\n|---|---|\n| c | d[^3] |\n\n"
    found = read(made(tmp_path, form, table + "[^1]: First.\n\n[^2]: Second.\n\n[^3]: Third.\n"))
    assert texts(found) == ["One.", "1 First.", "a | b", "2 Second.", "c | d", "3 Third."]


@pytest.mark.parametrize("form", FORMS)
def test_title_and_creators_are_stated(tmp_path: Path, form: str) -> None:
    """Stated title and creators are kept; a title that is not stated is guessed."""
    head = (
        "---\ntitle: The budget of the people\nauthor: [Ana Ruiz, user, jsmith2]\nlang: es\n---\n"
    )
    found = read(made(tmp_path, form, f"{head}# Housing\n\n{SENTENCE}\n"))
    assert found.title == "The budget of the people"
    if form != "rtf":  # pandoc writes no `info` group
        assert (found.creator, found.language, found.guessed) == (("Ana Ruiz",), "es", ())
    guessed = read(made(tmp_path, form, f"---\ntitle: Document1\n---\n\n# Housing\n\n{SENTENCE}\n"))
    assert (guessed.title, guessed.guessed) == ("Housing", ("title",))


WORDS = st.text("abcdefgáéñüßабвשלוםمرحبا𐌲", min_size=1, max_size=8)
PROSE = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)


@examples(4)  # each is eight runs of pandoc
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "# ", "## ", "> ", "- ", "7. "]), PROSE),
        min_size=1,
        max_size=12,
    )
)
@pytest.mark.slow
def test_every_paragraph_is_read(parts: list[tuple[str, str]]) -> None:
    """Every paragraph is read, in order and word for word."""
    markdown = "\n\n<!-- -->\n\n".join(f"{mark}{words}" for mark, words in parts)
    wanted = [one_line(words) for _, words in parts]
    for form in FORMS:
        with TemporaryDirectory() as folder:
            found = texts(read(made(Path(folder), form, markdown)))
        assert [text.removeprefix("7. ") for text in found] == wanted, form


def test_numbers_are_printed_as_word_processors_print_them() -> None:
    """Letters double after z, Roman numerals subtract, and 11 to 13 end in “th”."""
    assert [letters(one) for one in (1, 26, 27, 52)] == ["a", "z", "aa", "zz"]
    assert [roman(one) for one in (4, 9, 40, 1999)] == ["iv", "ix", "xl", "mcmxcix"]
    assert [ordinal(one) for one in (1, 2, 3, 11, 112)] == ["1st", "2nd", "3rd", "11th", "112th"]
    assert (letters(0), roman(-3), letters(10**9)) == ("0", "-3", str(10**9))


def test_names_of_programs_and_logins_are_no_creators() -> None:
    """Persons and organizations are creators; names of programs and logins are not."""
    rubbish = [
        "admin",
        "Microsoft Office User",
        "jsmith2",
        "HP",
        "python-docx",
        "LAB-PC07",
        "",
        "-",
    ]
    rubbish += ["Usuario de Windows", "a@b.org", "User 1"]
    names = ["Bo Li", "Department of Justice", "Greenpeace", "bell hooks", "G20"]
    assert creators([*rubbish, "Ana Ruiz; Bo Li", *names, None]) == ("Ana Ruiz", *names)


def test_a_stated_language_is_a_tag_or_none() -> None:
    """A language is a tag or its English name; anything else gives None."""
    stated = ("en_US", "es-mx", "es", "English", "und", "Klingon?", None)
    assert [stated_language(one) for one in stated] == [
        "en-US", "es-MX", "es", "en", None, None, None,
    ]  # fmt: skip


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """The error says that the file is empty."""
    path = tmp_path / "a.docx"
    path.write_bytes(b"")
    assert _refused(path).startswith("a.docx: an empty file; expected")


def test_wrong_content_is_refused(tmp_path: Path) -> None:
    """Plain words in a file called .docx are refused as damaged."""
    path = tmp_path / "a.docx"
    path.write_bytes(b"plain words")
    assert "damaged or cut off" in _refused(path)


def test_old_and_encrypted_word_files_are_told_apart(tmp_path: Path) -> None:
    """The error asks to save in the newer format, or says that there is a password."""
    path = tmp_path / "a.doc"
    path.write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    assert (
        "an old binary Office file; expected a newer format. Next: open it and save it as .docx"
        in (_refused(path))
    )
    path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert "encrypted with a password" in _refused(path)


def test_a_document_without_words_is_refused(tmp_path: Path) -> None:
    """A document without text raises UnreadableError."""
    assert "no text found" in _refused(docx(tmp_path / "a.docx", paragraph(" ")))
    assert "no text found" in _refused(odt(tmp_path / "a.odt", "<text:p/>"))
    assert "no text found" in _refused(epub(tmp_path / "a.epub", [page("<img src='x.png'/>")]))


LAUGHS = "".join(f'<!ENTITY a{one} "{f"&a{one - 1};" * 10}">' for one in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!ENTITY a0 "ha">{LAUGHS}',
        f'<!ENTITY a0 "{"ha" * 50_000}">',
        '<!ENTITY a0 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a0 SYSTEM "http://localhost/a.dtd">',
    ],
    ids=["billion laughs", "quadratic blow-up", "a file", "an address"],
)
def test_declared_entities_are_refused(tmp_path: Path, declared: str) -> None:
    """A document that declares entities is refused, in whichever part it does so."""
    head = f"<!DOCTYPE x [{declared}]>"
    for path, part in [
        (docx(tmp_path / "a.docx", paragraph("&a0;"), head), "word/document.xml"),
        (epub(tmp_path / "a.epub", [page("<p>&a0;</p>", head)]), "book/a.xhtml"),
    ]:
        assert f"{path.name}, {part}: declares XML entities" in _refused(path)


def test_entities_are_seen_in_other_encodings(tmp_path: Path) -> None:
    """A declaration in UTF-16 is found too."""
    text = page(
        "<p>&a;</p>", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]>'
    )
    path = epub(tmp_path / "a.epub", [text.encode("utf-16")])
    assert "declares XML entities" in _refused(path)


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    """XML in an unknown encoding is refused as damaged."""
    head = '<?xml version="1.0" encoding="UTF-B"?>'
    assert "word/document.xml: damaged" in _refused(docx(tmp_path / "a.docx", paragraph("x"), head))


def test_nesting_is_bounded(tmp_path: Path) -> None:
    """Tables, lists and quotations that are nested too deeply are refused."""
    inside = "<w:tbl><w:tr><w:tc>" * 300 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 300
    assert "nested too deeply" in _refused(docx(tmp_path / "a.docx", inside))
    for open_, close in [("<div>", "</div>"), ("<ul><li>", "</li></ul>")]:
        body = open_ * 2000 + "<p>x</p>" + close * 2000
        assert "nested too deeply" in _refused(epub(tmp_path / "a.epub", [page(body)]))


@pytest.mark.slow
def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pandoc stops at its memory limit, and the error says so."""
    monkeypatch.setattr(pandoc, "MEMORY", "24m")
    path = docx(tmp_path / "a.docx", "".join(paragraph(f"{one} {SENTENCE}") for one in range(9000)))
    assert "needs more than 24 MB of memory to read" in _refused(path)


def test_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pandoc is stopped at its time limit, and the error says so."""
    monkeypatch.setattr(pandoc, "SECONDS", 0.01)
    path = docx(tmp_path / "a.docx", "".join(paragraph(f"{one} {SENTENCE}") for one in range(9000)))
    assert "could not be read within 0.01 seconds" in _refused(path)


def test_text_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too much output of pandoc is refused."""
    monkeypatch.setattr(pandoc, "MAX_HTML", 100)
    assert "too much text" in _refused(made(tmp_path, "docx", SENTENCE))


def test_without_pandoc_the_next_step_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pandoc the error has the command that installs it."""
    path = made(tmp_path, "odt", SENTENCE)
    monkeypatch.setattr(pandoc, "PROGRAM", "no-such-package")
    assert "Next: pip install" in _refused(path)


def test_a_damaged_part_is_named_and_an_empty_body_is_refused(tmp_path: Path) -> None:
    """A damaged part is named with its line; a document with an empty body has no text."""
    path = docx(tmp_path / "a.docx", "").rename(tmp_path / "b.docx")
    styles = docx(tmp_path / "a.docx", paragraph("x"), styles="<w:style/></w:styles><w:styles>")
    assert "word/styles.xml: damaged in line 1" in _refused(styles)
    assert "no text found" in _refused(path)


def test_facts_of_a_budget(shared_documents: Path) -> None:
    """A budget in Word has its stated title and a table of 33 rows, of which two are empty.

    Its bold lines and those of its cover have no heading style, and are paragraphs.
    """
    found = read(shared_documents / "govdocs-018367.docx")
    assert (found.title, found.guessed) == ("Radiation Exposure Compensation Trust Fund", ())
    assert found.creator == ("Department of Justice",)
    assert len(texts(found, "row")) == 33 - 2
    assert "Total Adjudications (Approved + Denied) | 2,658 | 3,166" in "\n".join(texts(found))
    assert ("paragraph", "Proposed Legislation") in said(found)
    assert ("contents", "O. Information on Overseas Staffing N/A") in said(found)
    assert ("heading 1", "I. Overview 1") not in said(found)


def test_facts_of_open_documents(shared_documents: Path) -> None:
    """Headings have their levels, and a nested table is read as words of its row."""
    found = said(read(shared_documents / "text-document-01.odt"))
    assert [one for one in found if one[0].startswith("heading")] == [
        ("heading 1", "heading level 1.0"),
        ("heading 2", "Heading level 2: A"),
        ("heading 2", "Heading level 2: B"),
    ]
    nested = said(read(shared_documents / "text-document-03.odt"))
    assert ("heading 2", "Table with nested table") in nested
    assert any("Cell 1 / Cell 2 / Cell 3" in text for _, text in nested)


def test_facts_of_a_book(shared_documents: Path) -> None:
    """A book has title, author and a poem under its heading, with one block for each stanza."""
    found = read(shared_documents / "poetry.epub")
    assert (found.title, found.creator) == ("Poetry", ("Sarah Louisa Forten Purvis",))
    assert (found.language, found.issued, found.site) == ("en-US", "2023-12-06", "Standard Ebooks")
    blocks = said(found)
    at = blocks.index(("heading 2", "The Grave of the Slave"))
    stanza = blocks[at + 1][1].split(" / ")
    assert (blocks[at + 1][0], len(stanza)) == ("paragraph", 4)
    assert stanza[0].startswith("The cold storms of winter")
