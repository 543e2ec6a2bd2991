"""Word files: printed numbers, headings, text boxes, tracked changes, hidden words."""

from pathlib import Path

import pytest

from tests.importers.files import texts
from tests.importers.office_files import docx, paragraph, read, said

PROSE = "The council shall make all buses free for everybody under the age of twenty-five. " * 2
BOLD = "<w:b/>"


def _level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _list(number: int, *levels: str, override: str = "") -> str:
    """Return a `w:abstractNum` and its `w:num`."""
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{override}</w:num>'
    )


def _item(text: str, level: int = 0, number: int = 1, run: str = "") -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, place, run)


def _style(name: str, properties: str = "", run: str = "", parent: str = "") -> str:
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        f"{based}<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _styled(text: str, style: str, run: str = "") -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>', run)


def test_numbers_are_those_that_are_printed(tmp_path: Path) -> None:
    """Every level counts in its own form and restarts under the next higher one."""
    levels = (
        _level(0, "upperRoman", "Article %1."),
        _level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        _level(2, "lowerLetter", "(%3)"),
        _level(3, "bullet", "o"),
    )
    places = [0, 1, 2, 2, 1, 2, 3, 0, 2, 1]
    body = "".join(_item(f"item {at}", level) for at, level in enumerate(places))
    found = read(docx(tmp_path / "a.docx", body, numbering=_list(1, *levels)))
    numbers = [text.partition("item")[0].strip() for text in texts(found, "item")]
    assert numbers == [
        "Article I.", "1.1", "(a)", "(b)", "1.2", "(a)", "", "Article II.", "(a)", "2.2",
    ]  # fmt: skip


def test_lists_restart_where_they_say_so(tmp_path: Path) -> None:
    """An overridden start applies once; another list of the same definition continues."""
    override = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    numbering = _list(1, _level(0, "decimal", "%1)")) + override
    order = [1, 1, 2, 2, 3]
    body = "".join(_item("x", number=one) for one in order)
    found = read(docx(tmp_path / "a.docx", body, numbering=numbering))
    assert texts(found) == ["1) x", "2) x", "7) x", "8) x", "9) x"]


def test_headings_keep_their_numbers(tmp_path: Path) -> None:
    """The number that a style gives to a heading is part of its text."""
    linked = '<w:pStyle w:val="heading{}"/>'
    numbering = _list(
        1,
        _level(0, "decimal", "%1", linked.format(1)),
        _level(1, "decimal", "%1.%2", linked.format(2)),
    )
    place = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = _style("heading 1", place) + _style("heading 2", place)
    order = [("Housing", 1), ("Rent", 2), ("Evictions", 2), ("Transport", 1)]
    body = "".join(_styled(text, f"heading{level}") for text, level in order)
    found = said(read(docx(tmp_path / "a.docx", body, numbering=numbering, styles=styles)))
    assert found == [
        ("heading 1", "1 Housing"),
        ("heading 2", "1.1 Rent"),
        ("heading 2", "1.2 Evictions"),
        ("heading 1", "2 Transport"),
    ]


def test_bold_lines_are_no_headings(tmp_path: Path) -> None:
    """Lines of a cover, bold lines and bold items are text, however short they are."""
    lines = ["Ministry of Buses", "FY 2009 Budget", "February 2008", "Overview"]
    body = (
        "".join(paragraph(line, run=BOLD) for line in lines)
        + paragraph(PROSE)
        + _item("Housing", run=BOLD)
        + paragraph(PROSE)
        + _styled("Transport", "Strong")
        + paragraph(PROSE)
    )
    numbering = _list(1, _level(0, "decimal", "%1."))
    styles = _style("Strong", run=BOLD) + _style("Cover Title", run=BOLD)
    body += _styled("Free buses", "CoverTitle")
    found = said(read(docx(tmp_path / "a.docx", body, numbering=numbering, styles=styles)))
    assert [one for one in found if one[1] != PROSE.strip()] == [
        *(("paragraph", line) for line in lines),
        ("item", "1. Housing"),
        ("paragraph", "Transport"),
        ("paragraph", "Free buses"),
    ]


def test_styles_and_outline_levels_make_headings(tmp_path: Path) -> None:
    """A heading has an outline level, its own or its style's, or the style of a heading."""
    second, none = '<w:outlineLvl w:val="1"/>', '<w:outlineLvl w:val="9"/>'
    styles = (
        _style("heading 1")
        + _style("Clause", second)
        + _style("Sub Clause", parent="Clause")
        + _style("Section Heading")
    )
    numbering = _list(1, _level(0, "decimal", "%1."))
    own = second + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        _styled("Report", "heading1")
        + paragraph("Housing", '<w:outlineLvl w:val="2"/>')
        + paragraph(PROSE)
        + _styled("Rent", "SubClause")
        + paragraph("Buses", own)
        + paragraph("Plain", '<w:pStyle w:val="Clause"/>' + none)
        + _styled("Trains", "SectionHeading")
        + _styled("We demand free buses.", "SectionHeading")
        + _styled("Figure 3 Buses", "SectionHeading")
    )
    found = said(read(docx(tmp_path / "a.docx", body, styles=styles, numbering=numbering)))
    assert [one for one in found if one[1] != PROSE.strip()] == [
        ("heading 1", "Report"),
        ("heading 3", "Housing"),
        ("heading 2", "Rent"),
        ("heading 2", "1. Buses"),
        ("paragraph", "Plain"),
        ("heading 3", "Trains"),
        ("paragraph", "We demand free buses."),
        ("paragraph", "Figure 3 Buses"),
    ]


def test_the_one_bold_line_at_the_head_is_a_guessed_title(tmp_path: Path) -> None:
    """Without a stated title, a single bold first line is the title; several are a cover."""
    bold = paragraph("Free buses now", run=BOLD)
    one = read(docx(tmp_path / "a.docx", bold + paragraph(PROSE)))
    two = read(docx(tmp_path / "b.docx", bold + bold + paragraph(PROSE)))
    assert (one.title, one.guessed) == ("Free buses now", ("title",))
    assert (two.title, two.guessed) == (None, ())


def test_tables_of_contents_are_apart(tmp_path: Path) -> None:
    """A contents list is found by style or page numbers, and ends at the next heading."""
    lines = ["I. Overview 1", "II. Changes N/A", "III. Exhibits", "A. Chart .... 12"]
    body = (
        paragraph("Table of Contents", run=BOLD)
        + "".join(paragraph(line) for line in lines)
        + _styled("Overview", "heading1")
        + paragraph(PROSE)
        + _styled("Figures", "TOCHeading")
        + _styled("Buses by year", "toc1")
        + paragraph(PROSE)
    )
    styles = _style("TOC Heading") + _style("toc 1") + _style("heading 1")
    found = said(read(docx(tmp_path / "a.docx", body, styles=styles)))
    assert [text for kind, text in found if kind == "contents"] == [
        "Table of Contents", *lines, "Figures", "Buses by year",
    ]  # fmt: skip
    assert ("heading 1", "Overview") in found
    bare = paragraph("Contents") + paragraph("Housing") + paragraph("Rent") + paragraph(PROSE)
    kinds = [kind for kind, _ in said(read(docx(tmp_path / "b.docx", bare)))]
    assert kinds == ["contents", "contents", "contents", "paragraph"]


def test_lists_of_works_are_apart(tmp_path: Path) -> None:
    """Text under a heading of references is marked as such, up to the next such heading."""
    styles = _style("heading 1") + _style("heading 2")
    body = (
        _styled("7. References", "heading1")
        + _styled("Laws", "heading2")
        + paragraph("Buses Act 1985.")
        + _styled("Annex", "heading1")
        + paragraph(PROSE)
    )
    found = said(read(docx(tmp_path / "a.docx", body, styles=styles)))
    assert found[2:] == [
        ("references", "Buses Act 1985."),
        ("heading 1", "Annex"),
        ("paragraph", PROSE.strip()),
    ]


def test_the_title_of_the_text_stays_in_the_text(tmp_path: Path) -> None:
    """A paragraph in the title style stays in the text, and is the title if none is stated."""
    body = _styled("Free buses now", "Title") + _styled("A plan", "Subtitle") + paragraph(PROSE)
    styles = _style("Title", run=BOLD) + _style("Subtitle")
    found = read(docx(tmp_path / "a.docx", body, styles=styles))
    assert (found.title, found.guessed) == ("Free buses now", ())
    assert texts(found, "paragraph")[:2] == ["Free buses now", "A plan"]
    later = read(docx(tmp_path / "c.docx", paragraph("Draft of May") + body, styles=styles))
    assert (later.title, texts(later)[1]) == ("Free buses now", "Free buses now")
    core = "<dc:title>The plan of 2026</dc:title><dc:creator>Ana Ruiz;Bo Li</dc:creator>"
    stated = read(docx(tmp_path / "b.docx", body, styles=styles, core=core))
    assert (stated.title, stated.creator) == ("The plan of 2026", ("Ana Ruiz", "Bo Li"))


def test_tracked_changes_are_accepted_and_reported(tmp_path: Path) -> None:
    """Deleted words are left out, inserted words are kept, and a remark says so."""
    who = 'w:id="1" w:author="a"'
    body = (
        f"<w:p><w:r><w:t>Free </w:t></w:r><w:del {who}><w:r><w:delText>cars</w:delText></w:r>"
        f"</w:del><w:ins {who}><w:r><w:t>buses</w:t></w:r></w:ins></w:p>"
    )
    found = read(docx(tmp_path / "a.docx", body))
    assert texts(found) == ["Free buses"]
    assert [remark.place for remark in found.remarks] == ["tracked changes"]
    assert not read(docx(tmp_path / "b.docx", paragraph("Free buses"))).remarks


@pytest.mark.parametrize(
    ("run", "style"),
    [
        ('<w:rStyle w:val="OldWord"/>', ""),
        ("<w:strike/>", ""),
        ("<w:dstrike/>", ""),
        ('<w:strike w:val="true"/>', "Old"),
        ("", "Old"),
        ("", "Older"),
    ],
)
def test_struck_out_text_is_left_out(run: str, style: str, tmp_path: Path) -> None:
    """Text with one or two lines through it, by run or style, is left out with a remark."""
    styles = _style("heading 1") + _style("Old", run="<w:dstrike/>") + _style("Older", parent="Old")
    styles += (
        '<w:style w:type="character" w:styleId="OldWord"><w:name w:val="Old Word"/>'
        "<w:rPr><w:dstrike/></w:rPr></w:style>"
    )
    old = _styled("Section 2. The clerk may charge a fee.", style, run)
    body = _styled("Wages", "heading1") + old + paragraph("Section 3.")
    if not style:
        words = f"<w:r><w:rPr>{run}</w:rPr><w:t>twelve</w:t></w:r>"
        body += f"<w:p>{words}<w:r><w:t> fifteen dollars</w:t></w:r></w:p>"
    found = read(docx(tmp_path / "a.docx", body, styles=styles))
    assert texts(found)[:2] == ["Wages", "Section 3."]
    assert texts(found)[2:] == ([] if style else ["fifteen dollars"])
    assert [(one.place, one.text.partition(" (")[0]) for one in found.remarks] == [
        ("under 'Wages'", "struck-out text left out")
    ]


def test_words_that_are_not_struck_out_stay(tmp_path: Path) -> None:
    """A run that switches off the strike of its style is read."""
    styles = _style("Old", run="<w:strike/>")
    body = _styled("live", "Old", '<w:strike w:val="0"/><w:dstrike w:val="false"/>') + paragraph(
        "under", run="<w:u/>"
    )
    found = read(docx(tmp_path / "a.docx", body, styles=styles))
    assert (texts(found), found.remarks) == (["live", "under"], ())


WRAPPERS = ["w:customXml", "w:dir", "w:bdo", "w:unknown", "x:wrapper"]


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("around", ["run", "paragraph", "cell", "row", "table", "in link"])
def test_text_in_wrappers_is_read(wrapper: str, around: str, tmp_path: Path) -> None:
    """Text in unknown elements is read in its place, wherever they are."""

    def wrap(inner: str, at: str) -> str:
        outer = f'<{wrapper} xmlns:x="urn:x"><w:customXmlPr/>{inner}</{wrapper}>'
        return outer if at == around else inner

    run = wrap("<w:r><w:t>buses </w:t></w:r>", "run")
    link = f"<w:hyperlink>{wrap('<w:r><w:t>now</w:t></w:r>', 'in link')}</w:hyperlink>"
    first = wrap(f"<w:p><w:r><w:t>Free </w:t></w:r>{run}{link}</w:p>", "paragraph")
    row = wrap(f"<w:tr>{wrap(_cell(paragraph('a')), 'cell')}{_cell(paragraph('b'))}</w:tr>", "row")
    table = wrap(f"<w:tbl>{row}</w:tbl>", "table")
    found = read(docx(tmp_path / "a.docx", first + table + paragraph("end")))
    assert texts(found) == ["Free buses now", "a | b", "end"]


def test_hidden_words_are_left_out(tmp_path: Path) -> None:
    """Words that are not printed are left out."""
    body = paragraph("shown") + paragraph("hidden", run="<w:vanish/>")
    body += paragraph("seen", run='<w:vanish w:val="0"/>')
    assert texts(read(docx(tmp_path / "a.docx", body))) == ["shown", "seen"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    """Text in a box follows its paragraph once, with or without the fallback form."""
    box = f"<w:txbxContent>{paragraph('in the box')}</w:txbxContent>"
    new = f'<mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
    old = (
        '<mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
    )
    for forms in (new, new + old):
        run = f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>"
        body = f"<w:p><w:r><w:t>before</w:t></w:r>{run}</w:p>" + paragraph("after")
        assert texts(read(docx(tmp_path / "a.docx", body))) == ["before", "in the box", "after"]


def test_ruby_text_is_read_without_its_readings(tmp_path: Path) -> None:
    """The base text of ruby is read, and the readings are not."""
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>東</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert texts(read(docx(tmp_path / "a.docx", f"<w:p>{ruby}</w:p>"))) == ["東"]


def _cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_cells_stay_in_their_columns(tmp_path: Path) -> None:
    """A cell that spans rows is in each, one that spans columns in the first; empty rows go."""
    two = '<w:gridSpan w:val="2"/>'
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = _table(
        _cell(paragraph("City")) + _cell(paragraph("Buses"), two) + _cell(paragraph("Year")),
        _cell(paragraph("Lima"), start) + "".join(_cell(paragraph(one)) for one in "123"),
        _cell("<w:p/>", on) + "".join(_cell(paragraph(one)) for one in "456"),
        "".join(_cell("<w:p/>") for _ in range(4)),
        _cell(paragraph("Cusco")) + "".join(_cell(paragraph(one)) for one in "789"),
    )
    found = read(docx(tmp_path / "a.docx", body))
    assert texts(found, "row") == [
        "City | Buses | | Year", "Lima | 1 | 2 | 3", "Lima | 4 | 5 | 6", "Cusco | 7 | 8 | 9",
    ]  # fmt: skip


def test_a_table_in_a_cell_is_flattened(tmp_path: Path) -> None:
    """The cells of a nested table are kept apart within the one row."""
    inner = _table(_cell(paragraph("a")) + _cell(paragraph("b")))
    body = _table(_cell(paragraph("left")) + _cell(paragraph("top") + inner + paragraph("end")))
    assert texts(read(docx(tmp_path / "a.docx", body))) == ["left | top a / b end"]


def test_boxes_and_layouts_are_no_rows(tmp_path: Path) -> None:
    """A frame around text and a layout table are read as paragraphs."""
    framed = _table(_cell(paragraph("Our demands") + paragraph("Free buses")))
    assert said(read(docx(tmp_path / "a.docx", framed))) == [
        ("paragraph", "Our demands"),
        ("paragraph", "Free buses"),
    ]
    laid = _table(_cell(paragraph(PROSE) * 12) + _cell(paragraph("Aside")))
    assert texts(read(docx(tmp_path / "b.docx", laid)), "paragraph") == [
        *[PROSE.strip()] * 12, "Aside",
    ]  # fmt: skip


def test_bullets_that_are_typed_are_items(tmp_path: Path) -> None:
    """A typed bullet makes an item and is no part of its text."""
    body = paragraph("• Free buses") + paragraph("- a dash is left as it is")
    assert said(read(docx(tmp_path / "a.docx", body))) == [
        ("item", "Free buses"),
        ("paragraph", "- a dash is left as it is"),
    ]


def test_missing_pictures_leave_nothing(tmp_path: Path) -> None:
    """A picture that is missing from the file gives no block and no error."""
    drawing = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
        'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'r:embed="rId9"/></w:drawing></w:r></w:p>'
    )
    body = paragraph("before") + drawing + paragraph("after")
    assert texts(read(docx(tmp_path / "a.docx", body))) == ["before", "after"]


def test_layouts_in_layouts_are_read_once(tmp_path: Path) -> None:
    """Deeply nested layout tables are read once."""
    body = paragraph(PROSE) * 12
    for _ in range(40):
        body = _table(_cell(body) + _cell(paragraph("Aside")))
    found = texts(read(docx(tmp_path / "a.docx", body)))
    assert found == [PROSE.strip()] * 12 + ["Aside"] * 40
