"""Files of rows in JSON and CSV keep their ids and fields."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.importers.base import Extracted
from indexer.importers.shared.decode import MAX_TEXT_BYTES
from kb.errors import UnreadableError
from tests.importers.files import read, texts

BEIR = (
    '{"_id": "d1", "title": "Rent", "text": "One.\\n\\nTwo.", "metadata": {}}\n'
    '{"_id": "d2", "title": "", "text": "Three.", "votes": 1.50, "tags": ["a", "b"]}\n'
)


def rows(extracted: Extracted) -> list[tuple[str, str, str | None]]:
    """Return kind, text and row id of every block."""
    return [(block.kind, block.text, block.item) for block in extracted.blocks]


BEIR_ROWS = [
    ("heading", "Rent", "d1"),
    ("paragraph", "One.", "d1"),
    ("paragraph", "Two.", "d1"),
    ("paragraph", "Three.", "d2"),
    ("row", "votes: 1.50", "d2"),
    ("row", "tags: a; b", "d2"),
]


def test_beir_keeps_ids_titles_and_texts(tmp_path: Path) -> None:
    """A row gives a heading, paragraphs and its other fields, all under its id."""
    found = read(tmp_path, "corpus.jsonl", BEIR)

    assert rows(found) == BEIR_ROWS
    assert found.format == "jsonl"
    assert {block.level for block in found.blocks if block.kind == "heading"} == {2}


def test_rows_packed_with_gzip_are_the_same(tmp_path: Path) -> None:
    """A gzip file gives the same rows as the plain file."""
    assert rows(read(tmp_path, "corpus.jsonl.gz", gzip.compress(BEIR.encode()))) == BEIR_ROWS


def test_a_list_of_objects_is_rows(tmp_path: Path) -> None:
    """A list of objects is read as rows, and so is the longest list in an object."""
    listed = [json.loads(line) for line in BEIR.split("\n") if line]
    listed[1]["votes"] = "1.50"

    assert rows(read(tmp_path, "a.json", json.dumps(listed))) == BEIR_ROWS
    held = json.dumps({"count": 2, "rows": listed, "none": []}, indent=1)
    assert rows(read(tmp_path, "b.json", held)) == BEIR_ROWS


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """A line that is no object, and a repeated id, give a remark with the line."""
    page = (
        '{"_id": "1", "text": "one"}\n\n{"broken\n[1]\n{"_id": "1", "text": "two"}\n{"text": "x"}'
    )
    found = read(tmp_path, "a.jsonl", page)

    assert [(block.text, block.item) for block in found.blocks] == [
        ("one", "1"),
        ("two", "1"),
        ("x", "row 5"),
    ]
    assert [remark.place for remark in found.remarks] == ["line 3", "line 4", "line 5"]
    assert "line 1" in found.remarks[2].text


def test_many_bad_lines_are_counted(tmp_path: Path) -> None:
    """After a number of remarks the rest are counted in one."""
    found = read(tmp_path, "a.jsonl", BEIR + "[1]\n" * 1000)

    assert len(found.remarks) < 30
    assert "980" in found.remarks[-1].text


@pytest.mark.parametrize(
    "content",
    ["[]", "{}\n{}", '{"a', "[1, 2]", "1", "[" * 50_000 + "{", '[{"a": 1},', "id,text\n,\n"],
)
def test_nothing_to_read_is_an_error(tmp_path: Path, content: str) -> None:
    """A file without a readable row raises UnreadableError with its name."""
    name = "a.csv" if content.startswith("id") else "a.json"
    with pytest.raises(UnreadableError, match=name):
        read(tmp_path, name, content)


def test_csv_keeps_ids_fields_and_lines_within_quotes(tmp_path: Path) -> None:
    """Columns other than id, title and text have their name; empty cells are left out."""
    page = 'id,title,text,city\na1,"Rent, now","One\nline\n\ntwo",Oakland\n2,,only this,\n\n'
    found = read(tmp_path, "a.csv", page)

    assert rows(found) == [
        ("heading", "Rent, now", "a1"),
        ("paragraph", "One line", "a1"),
        ("paragraph", "two", "a1"),
        ("row", "city: Oakland", "a1"),
        ("paragraph", "only this", "2"),
    ]
    assert (found.format, found.remarks) == ("csv", ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_from_the_rows(tmp_path: Path, delimiter: str) -> None:
    """Any usual delimiter is found, and decimal commas do not split cells."""
    table = [["ciudad", "gasto"], ["Madrid", "1,5"], ["Sevilla", "2,5"]]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(table)

    assert texts(read(tmp_path, "a.csv", file.getvalue())) == [
        "ciudad: Madrid",
        "gasto: 1,5",
        "ciudad: Sevilla",
        "gasto: 2,5",
    ]


def test_a_budget_has_titles_above_years(tmp_path: Path) -> None:
    """Lines above the header are text, the first is a guessed title; years may be headers."""
    page = "City of Oakland,,\nAdopted,,\n,,\nDepartment,2019,2020\nPolice,1,2\nLibrary,3,4\n"
    found = read(tmp_path, "a.csv", page)

    assert texts(found, "paragraph") == ["City of Oakland", "Adopted"]
    assert (found.title, found.guessed) == ("City of Oakland", ("title",))
    assert [(block.text, block.item) for block in found.blocks[2:5]] == [
        ("Department: Police", "row 1"),
        ("2019: 1", "row 1"),
        ("2020: 2", "row 1"),
    ]


def test_a_table_without_a_header_has_values_alone(tmp_path: Path) -> None:
    """Rows of figures are not taken for a header."""
    assert texts(read(tmp_path, "a.csv", "12,Police\n13,Library\n")) == [
        *("12", "Police", "13", "Library")
    ]


def test_a_file_of_one_column_is_not_split(tmp_path: Path) -> None:
    """Commas in a column of sentences do not split it."""
    found = read(tmp_path, "a.csv", "demand\nHomes\nBuses, now\nSchools\n")

    assert texts(found) == ["demand: Homes", "demand: Buses, now", "demand: Schools"]


def test_ragged_rows_are_read_and_named(tmp_path: Path) -> None:
    """A row with more or fewer cells than the header is read, with a remark."""
    found = read(tmp_path, "a.csv", 'a,b,c\n1,"x\ny",3\n1\n1,2,3,four\n1,2,3,,\n1,2,3\n')

    assert [remark.place for remark in found.remarks] == ["line 4", "line 5"]
    assert "four" in texts(found)


def test_an_unclosed_quotation_mark_affects_its_row_alone(tmp_path: Path) -> None:
    """The rows below it are read, and a remark names its line."""
    found = read(tmp_path, "a.csv", 'a,b\n1,"open\n2,x\n3,y\n')

    assert texts(found) == ["a: 1", "b: open", "a: 2", "b: x", "a: 3", "b: y"]
    assert [remark.place for remark in found.remarks] == ["line 2"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_very_long_field_is_bounded(tmp_path: Path, name: str) -> None:
    """A field of over a million characters is cut or left out, with a remark."""
    long = "y" * 1_200_000
    content = json.dumps({"text": long}) if name == "a.jsonl" else f"id,text\n1,{long}\n2,short\n"
    found = read(tmp_path, name, content)

    assert max(map(len, texts(found))) <= 1_000_000
    assert len(found.remarks) == 1


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    """Unpacking stops at the limit of a text."""
    bomb = gzip.compress(b'{"text": "x"}\n' + b" " * (MAX_TEXT_BYTES + 1))

    with pytest.raises(UnreadableError, match="50 MB"):
        read(tmp_path, "a.jsonl.gz", bomb)


def test_a_gzip_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    """The error says that the file is cut off."""
    packed = gzip.compress(BEIR.encode() * 1000)

    with pytest.raises(UnreadableError, match="cut off"):
        read(tmp_path, "a.jsonl.gz", packed[:-20])


PRINTED = st.characters(codec="utf-8", exclude_categories=["Cc"])
CELL = st.text("abcñ漢م ,;|\t\"'\n:{}[]", max_size=12).map(lambda text: f"x{text}x")


@given(st.lists(st.tuples(CELL, CELL), min_size=3, max_size=12, unique_by=lambda row: row[0]))
def test_ids_and_fields_of_any_csv_are_kept(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str]]
) -> None:
    """CSV of the standard library is read back, each field under its row's id."""
    file = io.StringIO()
    csv.writer(file).writerows([("id", "asked for"), *table])
    found = read(tmp_path_factory.getbasetemp(), "a.csv", file.getvalue())

    assert [(block.item, block.text) for block in found.blocks] == [
        (" ".join(key.split()), f"asked for: {' '.join(value.split())}") for key, value in table
    ]


@given(
    st.dictionaries(
        st.text("abcdefg", min_size=1, max_size=5).map(lambda name: f"f_{name}"),
        st.text(PRINTED, max_size=20).map(lambda text: f"x{text}"),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
def test_fields_of_any_object_are_kept(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str], plain: bool
) -> None:
    """Every field of a JSON object is one block with its name, in order."""
    content = json.dumps({"_id": "d1", **fields}, ensure_ascii=plain) + "\n" + '{"_id": "d2"}'
    found = read(tmp_path_factory.getbasetemp(), "a.jsonl", content)

    assert [block.text.partition(":")[0] for block in found.blocks] == list(fields)
    assert {block.item for block in found.blocks} == {"d1"}
