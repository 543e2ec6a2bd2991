"""OpenDocument texts, also with the parts that pandoc leaves out."""

from pathlib import Path

import pytest

from kb.errors import UnreadableError
from tests.importers.files import texts
from tests.importers.office_files import made, odt, read, said

PROSE = "The council shall make all buses free for everybody under the age of twenty-five. " * 2


def _p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def _style(name: str, parent: str, weight: str = "normal") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name='
        f'"{parent}"><style:text-properties fo:font-weight="{weight}"/></style:style>'
    )


def _cell(content: str) -> str:
    return f"<table:table-cell>{content}</table:table-cell>"


def _table(*cells: str) -> str:
    return f"<table:table><table:table-row>{''.join(cells)}</table:table-row></table:table>"


def test_tables_and_headings_within_cells_are_read(tmp_path: Path) -> None:
    """A table or heading in a cell becomes words of its row, in its place."""
    inner = _table(_cell(_p("a")), _cell(_p("b")))
    heading = '<text:h text:outline-level="1">Head</text:h>'
    body = _table(_cell(_p("top") + inner + _p("end")), _cell(heading + _p("under")))
    assert said(read(odt(tmp_path / "a.odt", body))) == [("row", "top a / b end | Head under")]


def test_text_of_shapes_follows_its_paragraph(tmp_path: Path) -> None:
    """The text of boxes and shapes follows the paragraph that holds them."""
    box = f"<draw:frame><draw:text-box>{_p('in a box')}{_p('of two')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{_p('in a shape')}</draw:custom-shape>"
    found = read(odt(tmp_path / "a.odt", _p(f"before{box}") + _p(f"then{shape}") + _p("after")))
    assert texts(found) == ["before", "in a box", "of two", "then", "in a shape", "after"]


def test_fields_are_words(tmp_path: Path) -> None:
    """Dates, numbers and typed fields in a sentence are part of it."""
    body = _p("On <text:date>May 1</text:date> we <text:span>met <text:user-defined>again")
    body = body.replace("</text:p>", "</text:user-defined></text:span> in Lima.</text:p>")
    assert texts(read(odt(tmp_path / "a.odt", body))) == ["On May 1 we met again in Lima."]


def test_numbers_keep_their_signs(tmp_path: Path) -> None:
    """A list number keeps its printed form, such as `a)` or `(3)`."""
    markdown = "a) one\nb) two\n\n    (3) deep\n\n<!-- -->\n\nx\n\n1. plain\n"
    found = texts(read(made(tmp_path, "odt", markdown)))
    assert found == ["a) one", "b) two", "(3) deep", "x", "1. plain"]
    level = '<text:list-level-style-number text:level="1" style:num-format="1"/>'
    styles = f'<text:list-style style:name="L1">{level}</text:list-style>'
    items = "".join(f"<text:list-item>{_p(one)}</text:list-item>" for one in "ab")
    numbered = f'<text:list text:style-name="L1">{items}</text:list>'
    body = _table(_cell(numbered), _cell(_p("c")))
    assert texts(read(odt(tmp_path / "b.odt", body, styles))) == ["1. a 2. b | c"]


def test_comments_and_deleted_words_are_out(tmp_path: Path) -> None:
    """Comments and deleted words are left out, and a remark names the tracked changes."""
    deleted = (
        '<text:tracked-changes><text:changed-region xml:id="c1"><text:deletion>'
        f"{_p('old words')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    noted = f"Free<office:annotation>{_p('really?')}</office:annotation> <text:span>buses"
    body = deleted + _p(f"{noted}</text:span>", "Title")
    found = read(odt(tmp_path / "a.odt", body + _table(_cell(_table(_cell(body))))))
    assert (found.title, texts(found)) == ("Free buses", ["Free buses", "Free buses"])
    assert [remark.place for remark in found.remarks] == ["tracked changes"]


def test_lists_in_notes_are_read(tmp_path: Path) -> None:
    """A note is read whole, including its lists."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{_p('See')}<text:list><text:list-item>{_p('the acts')}"
        "</text:list-item></text:list></text:note-body></text:note>"
    )
    found = said(read(odt(tmp_path / "a.odt", _p(f"Free buses{note} now."))))
    assert found == [("paragraph", "Free buses now."), ("note", "1 See the acts")]


def test_bold_lines_are_no_headings(tmp_path: Path) -> None:
    """A line in a bold style is text; a line in the title style is also the title."""
    styles = _style("P1", "Strong", "bold") + _style("P3", "Title", "bold")
    found = read(odt(tmp_path / "a.odt", _p("Free buses", "P3") + _p("Housing", "P1"), styles))
    assert said(found) == [("paragraph", "Free buses"), ("paragraph", "Housing")]
    assert (found.title, found.guessed) == ("Free buses", ())


LINE = '<style:text-properties style:text-line-through-{}="{}"/>'


@pytest.mark.parametrize(("name", "value"), [("style", "solid"), ("type", "double")])
@pytest.mark.parametrize("family", ["text", "paragraph"])
def test_struck_out_text_is_left_out(name: str, value: str, family: str, tmp_path: Path) -> None:
    """Struck-out words and paragraphs are left out, and a remark says where."""
    look = LINE.format(name, value)
    styles = (
        f'<style:style style:name="Old" style:family="{family}">{look}</style:style>'
        f'<style:style style:name="T1" style:family="{family}" style:parent-style-name="Old"/>'
    )
    old = "twelve "
    body = f'<text:h text:outline-level="1">Wages</text:h>{_p(old, "T1")}{_p("fifteen")}'
    if family == "text":
        body = body.replace(_p(old, "T1"), _p(f'<text:span text:style-name="T1">{old}</text:span>'))
    found = read(odt(tmp_path / "a.odt", body, styles))
    assert texts(found) == ["Wages", "fifteen"]
    assert [(one.place, one.text) for one in found.remarks] == [
        ("under 'Wages'", "struck-out text left out")
    ]


def test_words_that_are_not_struck_out_stay(tmp_path: Path) -> None:
    """A style that removes the line of its parent style is read."""
    styles = (
        f'<style:style style:name="Old" style:family="text">{LINE.format("style", "solid")}'
        '</style:style><style:style style:name="T1" style:family="text" style:parent-style-name='
        f'"Old">{LINE.format("style", "none")}</style:style>'
    )
    body = _p('<text:span text:style-name="T1">live</text:span>')
    found = read(odt(tmp_path / "a.odt", body, styles))
    assert (texts(found), found.remarks) == (["live"], ())


def test_the_first_writer_is_the_creator(tmp_path: Path) -> None:
    """The last editor is the creator only where no first author is stated."""
    meta = (
        "<dc:title>The plan</dc:title><dc:creator>Bo Li</dc:creator><dc:language>es</dc:language>"
    )
    last = read(odt(tmp_path / "a.odt", _p("x"), meta=meta))
    assert (last.title, last.creator, last.language) == ("The plan", ("Bo Li",), "es")
    first = "<meta:initial-creator>Ana Ruiz</meta:initial-creator>"
    assert read(odt(tmp_path / "b.odt", _p("x"), meta=meta + first)).creator == ("Ana Ruiz",)


def test_an_encrypted_document_is_refused(tmp_path: Path) -> None:
    """A document whose manifest lists encrypted parts is refused."""
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = odt(tmp_path / "a.odt", _p("x"), manifest=entry)
    with pytest.raises(UnreadableError, match="encrypted; expected a document with"):
        read(path)


def test_damaged_xml_is_refused_with_its_line(tmp_path: Path) -> None:
    """The error names the part and the line."""
    with pytest.raises(UnreadableError, match=r"a\.odt, content\.xml: damaged in line 2"):
        read(odt(tmp_path / "a.odt", "\n<text:p>Free buses</text:q>"))
