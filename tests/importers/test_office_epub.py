"""EPUB: chapters, notes, tables of contents, encodings and encryption."""

from pathlib import Path

import pytest

from kb.errors import UnreadableError
from tests.importers.files import texts
from tests.importers.office_files import epub, page, read, said

PROSE = "The council shall make all buses free."


def test_a_chapter_without_heading_has_that_of_the_contents(tmp_path: Path) -> None:
    """The entry of a whole file in the table of contents is its heading if it has none."""
    contents = (
        '<li><a href="a.xhtml">Preface</a></li><li><a href="b.xhtml">The plan</a></li>'
        '<li><a href="c.xhtml#one">One</a></li><li><a href="c.xhtml#two">Two</a></li>'
        '<li><a href="d.xhtml">Cover</a></li>'
    )
    pages = [
        page(f"<p>{PROSE}</p>"),
        page(f"<h2>The Plan</h2><p>{PROSE}</p>"),
        page(f"<p>{PROSE}</p>"),
        page("<img src='cover.png'/>"),
    ]
    found = said(read(epub(tmp_path / "a.epub", pages, contents=contents)))
    assert found == [
        ("heading 2", "Preface"),
        ("paragraph", PROSE),
        ("heading 2", "The Plan"),
        ("paragraph", PROSE),
        ("paragraph", PROSE),
    ]


def test_the_older_contents_are_read_too(tmp_path: Path) -> None:
    """The table of contents of EPUB 2 (toc.ncx) is read."""
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One'
        '</text></navLabel><content src="a.xhtml"/></navPoint></navMap></ncx>'
    )
    item = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    opf = '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>{}{}</manifest>{}'
    text = '<item id="a" href="a.xhtml" media-type="text/html"/>'
    spine = '<spine><itemref idref="a" linear="no"/></spine></package>'
    more = {"book/toc.ncx": ncx, "book/content.opf": opf.format(item, text, spine)}
    path = epub(tmp_path / "a.epub", [page(f"<p>{PROSE}</p>")], more=more)
    assert said(read(path)) == [("heading 1", "One"), ("paragraph", PROSE)]


def test_a_page_of_contents_is_apart(tmp_path: Path) -> None:
    """Parts that are marked as a table of contents are contents blocks."""
    links = '<li><a href="a.xhtml">Housing</a></li>'
    part = f'<div class="toc"><h1>Inside</h1><ol>{links}</ol></div>'
    found = said(read(epub(tmp_path / "a.epub", [page(f"{part}<h1>Housing</h1><p>{PROSE}</p>")])))
    assert found == [
        ("contents", "Inside"),
        ("contents", "1. Housing"),
        ("heading 1", "Housing"),
        ("paragraph", PROSE),
    ]


def test_notes_are_apart_and_their_marks_out(tmp_path: Path) -> None:
    """References to notes and printed page numbers are removed from sentences."""
    body = (
        '<p>Free<a href="b.xhtml#n1"><sup>1</sup></a> buses<sup><a href="b.xhtml#n2">*</a></sup> '
        '<span epub:type="pagebreak" title="7">7</span>in May<a epub:type="noteref" '
        'href="b.xhtml#n3">2</a>, the 3<sup>rd</sup> and <a href="a.xhtml#x">12</a>.</p>'
    )
    notes = '<section epub:type="endnotes"><ol><li id="n1">See the acts.</li></ol></section>'
    found = said(read(epub(tmp_path / "a.epub", [page(body), page(notes)])))
    assert found == [
        ("paragraph", "Free buses in May, the 3rd and 12."),
        ("note", "1. See the acts."),
    ]


def test_stanzas_are_quoted_as_verse(tmp_path: Path) -> None:
    """The ends of short lines become slashes; long lines are prose."""
    verse = "<p>Roses are red,<br/>Violets are blue</p>"
    prose = f"<p>{PROSE * 3}<br/>{PROSE * 3}</p>"
    found = texts(read(epub(tmp_path / "a.epub", [page(verse + prose)])))
    assert found == ["Roses are red, / Violets are blue", f"{PROSE * 3} {PROSE * 3}"]


@pytest.mark.parametrize(
    ("old", "sheet"),
    [
        ("<s>{}</s>", ""),
        ("<del>{}</del>", ""),
        ('<span style="text-decoration: line-through">{}</span>', ""),
        ('<i class="old">{}</i>', "p {color: red}\n.old {text-decoration:\nline-through}"),
    ],
)
def test_struck_out_text_is_left_out(old: str, sheet: str, tmp_path: Path) -> None:
    """Text struck out by element, style or stylesheet is left out, and a remark says where."""
    pages = [page(f"<h1>Wages</h1><p>The wage is {old.format('twelve')} fifteen dollars.</p>")]
    path = epub(tmp_path / "a.epub", pages, sheets=[sheet])
    found = read(path)
    assert texts(found) == ["Wages", "The wage is fifteen dollars."]
    assert [one.place for one in found.remarks] == ["under 'Wages'"]


@pytest.mark.parametrize(
    "body",
    [
        '<p>Free<a id="x"/> <span/>buses&nbsp;now</p><title/><p>for all</p>',
        "<p>Free buses now<p>for all<br>",
    ],
)
def test_pages_are_read_as_xml_or_else_as_html(body: str, tmp_path: Path) -> None:
    """Self-closing tags are empty; a page that is not XML is read as HTML."""
    found = read(epub(tmp_path / "a.epub", [page(body)]))
    assert texts(found) == ["Free buses now", "for all"]


def test_bold_lines_of_a_book_are_paragraphs(tmp_path: Path) -> None:
    """A bold line in a book is a paragraph, not a heading."""
    body = f"<p><b>Housing</b></p><p>{PROSE * 5}</p>"
    assert {kind for kind, _ in said(read(epub(tmp_path / "a.epub", [page(body)])))} == {
        "paragraph"
    }


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "windows-1252", "cp1252"])
def test_pages_in_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    """A page is read in its stated encoding, and without one as windows-1252."""
    stated = "" if encoding == "cp1252" else f'<?xml version="1.0" encoding="{encoding}"?>'
    content = page("<p>Educación pública</p>", stated).encode(encoding)
    assert texts(read(epub(tmp_path / "a.epub", [content]))) == ["Educación pública"]


def test_what_a_book_states_is_taken(tmp_path: Path) -> None:
    """The main title, authors, publication date, language, publisher and address are read."""
    about = (
        '<dc:title id="s">A subtitle</dc:title><dc:title id="t">Free buses</dc:title>'
        '<meta refines="#t" property="title-type">main</meta><dc:creator>Ana Ruiz</dc:creator>'
        '<dc:creator opf:role="ill">Bo Li</dc:creator><dc:language>es-PE</dc:language>'
        '<dc:date opf:event="modification">2024-05-01</dc:date>'
        '<dc:date opf:event="publication">1987</dc:date><dc:publisher>Prensa</dc:publisher>'
        "<dc:identifier>urn:x</dc:identifier><dc:identifier>https://x.org/b</dc:identifier>"
    )
    found = read(epub(tmp_path / "a.epub", [page(f"<p>{PROSE}</p>")], about))
    assert (found.title, found.creator, found.issued) == ("Free buses", ("Ana Ruiz",), "1987")
    assert (found.language, found.site, found.url) == ("es-PE", "Prensa", "https://x.org/b")
    assert not found.guessed


def _locks(path: str) -> dict[str, str | bytes]:
    return {
        "META-INF/encryption.xml": '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        f'<enc:CipherReference URI="{path}"/></encryption>'
    }


def test_encrypted_text_is_refused_and_encrypted_fonts_are_ignored(tmp_path: Path) -> None:
    """A book with encrypted fonts is read; one with encrypted text is refused."""
    pages = [page(f"<p>{PROSE}</p>")]
    assert texts(read(epub(tmp_path / "a.epub", pages, more=_locks("book/font.otf")))) == [PROSE]
    with pytest.raises(UnreadableError, match=r"its text is encrypted \(DRM\)"):
        read(epub(tmp_path / "b.epub", pages, more=_locks("book/a.xhtml")))


def test_a_book_without_pages_is_refused(tmp_path: Path) -> None:
    """The error names the file whose spine is empty."""
    with pytest.raises(UnreadableError, match=r"book/content\.opf: lists no text"):
        read(epub(tmp_path / "a.epub", []))
