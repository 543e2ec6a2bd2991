r"""RTF: code pages, characters beyond 16 bits, printed numbers, and what is left out."""

from pathlib import Path

import pytest

from kb.errors import UnreadableError
from tests.importers.files import read, texts

FONTS = (
    r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset177 C;}{\f3\fcharset178 D;}"
    r"{\f4\fcharset128 E;}}"
)


def _texts(folder: Path, body: str, head: str = r"\ansi\ansicpg1252") -> list[str]:
    return texts(read(folder, "a.rtf", f"{{\\rtf1{head}{FONTS}{body}}}"))


def _coded(text: str, page: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(page))


@pytest.mark.parametrize(
    ("font", "page", "text"),
    [
        (0, "cp1252", "Educación"),
        (1, "cp1251", "Жильё"),
        (2, "cp1255", "דיור"),
        (3, "cp1256", "السكن"),
        (4, "cp932", "公共交通"),
    ],
)
def test_the_font_decides_the_code_page(tmp_path: Path, font: int, page: str, text: str) -> None:
    """Bytes are read in the code page of their font, group by group."""
    body = f"{{\\f{font} {_coded(text, page)}}} {{\\f0 caf{_coded('é', 'cp1252')}}}\\par"
    assert _texts(tmp_path, body) == [f"{text} café"]


@pytest.mark.parametrize(
    ("head", "page"), [(r"\ansi\ansicpg1251", "cp1251"), (r"\mac", "mac_roman"), (r"\pc", "cp437")]
)
def test_the_header_decides_the_code_page(tmp_path: Path, head: str, page: str) -> None:
    """Without a font's code page that of the file holds, for escaped and raw bytes."""
    text = "Жильё" if page == "cp1251" else "Educación"
    assert _texts(tmp_path, _coded(text, page), head) == [text]
    raw = f"{{\\rtf1{head} ".encode() + text.encode(page) + b"}"
    assert texts(read(tmp_path, "b.rtf", raw)) == [text]


def test_characters_beyond_16_bits_are_whole(tmp_path: Path) -> None:
    """A surrogate pair is one character; fallback characters are skipped."""
    assert _texts(tmp_path, r"a\u55296?\u57136?b\uc2\u233e'c {\uc0\u225}d") == ["a\U00010330béc ád"]
    assert _texts(tmp_path, r"\u233\'e9t\u233 \'e9") == ["été"]


def test_escaped_braces_and_backslashes_are_kept(tmp_path: Path) -> None:
    """Escaped characters are kept, and text after a control word is complete."""
    assert _texts(tmp_path, r"\{a\\b\}\b\u8212?x\b0 -1 z") == [r"{a\b}—x-1 z"]


def test_numbers_are_those_that_are_printed(tmp_path: Path) -> None:
    """An item has its printed number; bullets are left out."""
    items = "".join(
        rf"{{\listtext\f3 {number}\tab}}\ls1 {text}\par "
        for number, text in [("4)", "d"), ("5)", "e")]
    )
    empty = r"{\listtext 6)\tab}\par plain\par "
    bullets = r"{\pntext\f3 \'b7\tab}f\par {\pntext o\tab}g\par "
    assert _texts(tmp_path, items + empty + bullets) == ["4) d", "5) e", "plain", "f", "g"]


def test_text_that_is_not_printed_is_left_out(tmp_path: Path) -> None:
    """Pictures, binary data, comments, deleted and hidden words are left out."""
    body = (
        r"Free {\pict\wmetafile8 0a0b}{\*\shppict{\pict\bin3 }}x}}{\deleted old }"
        r"{\*\annotation why?}{\v hidden}buses\par"
    )
    found = read(tmp_path, "a.rtf", f"{{\\rtf1\\ansi {body}}}")
    assert texts(found) == ["Free buses"]
    assert [remark.place for remark in found.remarks] == ["tracked changes"]


@pytest.mark.parametrize("word", ["strike", "striked"])
def test_struck_out_text_is_left_out(word: str, tmp_path: Path) -> None:
    """Words with one or two lines through them are left out, with a remark."""
    body = rf"The wage is {{\{word}1 twelve}} fifteen\{word}1  more\{word}0  dollars\par"
    found = read(tmp_path, "a.rtf", f"{{\\rtf1\\ansi {body}}}")
    assert texts(found) == ["The wage is fifteen dollars"]
    assert [one.place for one in found.remarks] == ["before the first heading"]


@pytest.mark.slow
def test_nested_groups_take_linear_time(tmp_path: Path) -> None:
    """Two hundred thousand nested groups are read in linear time."""
    assert _texts(tmp_path, "{" * 200_000 + "words" + "}" * 200_000) == ["words"]


def test_notes_with_a_star_are_read(tmp_path: Path) -> None:
    """A footnote that is marked as optional with a star, which pandoc would skip, is read."""
    assert _texts(tmp_path, r"Free{\*\footnote \chftn See.} buses\par") == ["Free buses", "1 See."]


def test_a_document_in_a_document_is_read(tmp_path: Path) -> None:
    """A second header inside the document does not end the text."""
    assert _texts(tmp_path, r"{\rtf1\ansi Free} buses\par now") == ["Free buses", "now"]


def test_title_and_author_come_from_the_info_group(tmp_path: Path) -> None:
    """Title and author are read from the info group, in the code page of the file."""
    info = r"{\info{\title El presupuesto}{\author Ana Ru\'edz;user}}"
    found = read(tmp_path, "a.rtf", f"{{\\rtf1\\ansi{info} x}}")
    assert (found.title, found.creator, found.guessed) == ("El presupuesto", ("Ana Ruíz",), ())


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    """An unclosed group is an error; bytes after the document are ignored."""
    with pytest.raises(UnreadableError, match="cut off: it ends within a group"):
        read(tmp_path, "a.rtf", r"{\rtf1\ansi {\b Free buses\par")
    assert texts(read(tmp_path, "b.rtf", b"{\\rtf1 Free buses}\x00\x00}{")) == ["Free buses"]
