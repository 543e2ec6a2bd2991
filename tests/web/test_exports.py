"""Exported files: each program reads back what was written, and no text becomes markup."""

import csv
import json
import re
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any, cast, get_args

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.steps.passages import chunk
from kb.citations.item import works
from kb.citations.reference import one_line
from kb.citations.ris import ris
from kb.cli import search, show
from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.domain.places import Gazetteer
from kb.domain.records import Locator
from kb.domain.results import Hit
from kb.domain.sources import CslType
from kb.domain.topics import Thesaurus
from kb.exports.formats import FORMATS, REFERENCES, export
from kb.exports.formats import references as references_of
from kb.exports.handouts import markdown, message, plain
from kb.exports.presenter import Presenter
from kb.exports.spreadsheet import BOM, COLUMNS, harmless, table
from kb.index.contract import Reader
from kb.languages.registry import LANGUAGES
from kb.search.labels import label
from kb.search.names import Names
from tests.builders import (
    DEFAULT_PLACES,
    DEFAULT_TOPICS,
    make_demand,
    make_document,
    make_finding,
    make_idea,
    make_outcome,
    make_quantity,
)
from tests.strategies import MARKS, documents, examples, texts
from tests.web.conftest import HOSTILE

NAMES = Names(DEFAULT_TOPICS, DEFAULT_PLACES)
DOCUMENT = make_document(
    records=[
        make_demand(
            outcome=make_outcome(),
            amount=make_quantity(1_100_000, "USD"),
            locator=Locator(section=("Homes",), page="3"),
        ),
        make_finding(figure=make_quantity(40, of="income")),
        make_idea(),
    ],
    source={
        "type": "article-journal",
        "author": [{"family": "Rivera", "given": "Ana"}],
        "organization": ("Journal of Places", "City Press"),
        "DOI": "10.1000/x",
        "ISBN": "9780807000670",
        "accessed": "2026-11",
    },
)


LOOKED = "last checked for news in January 2022"


def presenter(language: str = "en") -> Presenter:
    """Return a presenter with addresses at example.org."""
    return Presenter(
        language,
        lambda field, value: label(NAMES, field, value, language),
        lambda id: f"https://example.org/d/{id.replace('#', '/')}",
    )


def entries(document: Document = DOCUMENT) -> list[Entry]:
    """Return the passages of a document, as a build stores them."""
    thesaurus, gazetteer = Thesaurus(DEFAULT_TOPICS), Gazetteer(DEFAULT_PLACES)
    return [unit.entry for unit in chunk(document, thesaurus, gazetteer)]


def cells(written: str) -> list[list[str]]:
    """Return the cells of a CSV file, as a spreadsheet reads it, headings first."""
    return list(csv.reader(StringIO(written.removeprefix(BOM), newline=""), strict=True))


def rows(written: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by the names of our columns."""
    return [dict(zip(COLUMNS, one, strict=True)) for one in cells(written)[1:]]


def demand_row(language: str = "en") -> dict[str, str]:
    """Return the row of the demand of `DOCUMENT`."""
    return rows(table(entries(), presenter(language)))[1]


def test_a_row_of_the_table_has_every_field_of_a_demand() -> None:
    """The row of a demand has every known field, and all other cells are empty."""
    row = demand_row()

    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "tenants-platform-2020#freeze-rents",
        "link": "https://example.org/d/tenants-platform-2020/freeze-rents",
        "kind": "demand",
        "title": "Freeze rents",
        "text": "No rent may rise this year.",
        "action": "ban",
        "target": "city council",
        "level": "city",
        "amount": "$1,100,000",
        "number": "1100000",
        "unit": "USD",
        "outcome": "won",
        "ended": "2021-06",
        "looked": "2022-01",
        "happened": "The council adopted it.",
        "evidence": "https://example.org/seen",
        "place": "Us Ca Oakland, Us Ca",
        "source": "Tenants platform 2020",
        "document_kind": "platform",
        "author": "Ana Rivera",
        "organization": "Journal of Places; City Press",
        "issued": "2020-05",
        "locator": "“Homes”, p. 3",
        "url": "https://example.org/seen",
        "citation": entries()[1].citation,
        "topics": "Tenants",
        "rights": "All rights reserved by the holder",
    }


def test_a_table_is_in_the_readers_language() -> None:
    """Headings and values are in Spanish; ids and dates are unchanged."""
    heading = cells(table(entries(), presenter("es")))[0]
    row = demand_row("es")

    assert heading[:4] == ["Identificador", "Enlace permanente", "Tipo", "Título"]
    assert (row["kind"], row["outcome"], row["topics"]) == ("demanda", "ganada", "Inquilinato")
    assert (row["id"], row["ended"]) == ("tenants-platform-2020#freeze-rents", "2021-06")


def test_a_record_without_a_locator_says_so() -> None:
    """A record without a locator has “not recorded”; a whole source has an empty cell."""
    whole, _, finding, _ = rows(table(entries(), presenter()))

    assert (whole["locator"], finding["locator"]) == ("", "not recorded")
    assert finding["figure"] == "40 percent of income"


def test_a_table_begins_with_the_mark_of_its_encoding() -> None:
    """The file begins with the UTF-8 mark for spreadsheets, and lines end as in RFC 4180."""
    written = table(entries(), presenter())

    assert written.encode().startswith(b'\xef\xbb\xbf"Id"')
    assert written.endswith('"\r\n')


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\x00=1", "＝1", "－1",
        '=HYPERLINK("https://example.org/"&A1)', "=cmd|' /C calc'!A0",
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(cell: str) -> None:
    """A cell that a spreadsheet would compute begins with an apostrophe."""
    found = str(harmless(cell))

    assert found.startswith("'")
    assert found.replace("'", "") == cell.replace("'", "")


def test_numbers_and_words_stay_as_they_are() -> None:
    """A negative number stays a number, and a sign within a text changes nothing."""
    assert [harmless(one) for one in (-5, 2.5, "rent = home", "a-b", "")] == [
        -5, 2.5, "rent = home", "a-b", ""
    ]  # fmt: skip


@examples(40)  # documents of many parts, most of the time in making them
@given(documents())
def test_a_table_reads_back(document: Document) -> None:
    """Each text is whole in its own cell, and no cell is a formula."""
    held = entries(document)

    found = rows(table(held, presenter()))

    assert len(found) == len(held)
    for row, entry in zip(found, held, strict=True):
        assert row["text"].replace("'", "") == entry.text.replace("'", "")
        assert row["source"].replace("'", "") == entry.source.title.replace("'", "")
        assert not [
            cell for name, cell in row.items()
            if name != "number" and re.match(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]", cell)
        ]  # fmt: skip


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
@pytest.mark.parametrize("before", [",", ";", "\t", "\n", "; ", ";\t", "a,b;\n"])
@pytest.mark.parametrize("divided_at", [",", ";", "\t"])
@pytest.mark.parametrize("extension", ["csv", "semicolon.csv"])
def test_no_formula_appears_with_another_separator(
    extension: str, divided_at: str, before: str, sign: str
) -> None:
    """A spreadsheet that splits cells at another separator finds no formula either."""
    demand = make_demand(text=f"Homes{before}{sign}cmd|' /C calc'!A0{before}now")
    written = export(entries(make_document(records=[demand])), extension, presenter())

    lines = csv.reader(StringIO(written.removeprefix(BOM), newline=""), delimiter=divided_at)

    cells = [cell for line in lines for cell in line]
    assert not [cell for cell in cells if re.match(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]", cell)]
    assert any("calc" in cell for cell in cells)


def test_a_table_with_semicolons_has_decimal_commas() -> None:
    """The file with semicolons has decimal commas and is otherwise the same."""
    finding = make_finding(figure=make_quantity(2.5, of="income"))
    held = entries(make_document(records=[finding]))

    lines = [
        dict(zip(COLUMNS, line, strict=True))
        for extension, sign in (("csv", ","), ("semicolon.csv", ";"))
        for line in csv.reader(
            StringIO(export(held, extension, presenter("es")), newline=""), delimiter=sign
        )
    ]

    assert [line["number"] for line in lines] == ["Número", "", "2.5", "Número", "", "2,5"]
    assert lines[0] == lines[3]
    assert lines[2] | {"number": ""} == lines[5] | {"number": ""}


def test_the_list_is_downloaded_in_every_format(client: TestClient) -> None:
    """The saved list links every format, and each is a file with its media type and extension."""
    page = client.get("/saved?r=hostile-words&lang=es").text

    for extension, found in FORMATS.items():
        answer = client.get(f"/saved.{extension}?r=hostile-words&lang=es")
        assert f'href="/saved.{extension}?' in page
        assert answer.headers["content-type"] == found.media_type
        assert answer.headers["content-disposition"].endswith(f'"precedent-saved.{extension}"')
    assert client.get("/saved.exe?r=hostile-words").status_code == 404


def read(written: str) -> list[Token]:
    """Return every token of a Markdown file, parsed with HTML, tables and strikethrough."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [one for token in parser.parse(written) for one in ([token, *(token.children or [])])]


def shown(written: str, kind: str) -> list[str]:
    """Return the text of each element of a kind."""
    parser = MarkdownIt("commonmark", {"html": True})
    tokens = parser.parse(written)
    return [
        "".join(child.content for child in tokens[place + 1].children or [])
        for place, token in enumerate(tokens)
        if token.type == kind
    ]


def links(written: str) -> list[str]:
    """Return the targets of the links in a Markdown file."""
    return [str(one.attrs["href"]) for one in read(written) if one.type == "link_open"]


@examples(40)  # documents of many parts, most of the time in making them
@given(documents())
def test_markdown_shows_every_text_as_it_is(document: Document) -> None:
    """No stored text becomes a heading, list, emphasis, link or HTML, and titles are whole."""
    held = entries(document)

    written = markdown(held, presenter())

    kinds = {one.type.removesuffix("_open").removesuffix("_close") for one in read(written)}
    assert kinds <= {
        "heading", "inline", "text", "text_special", "blockquote", "paragraph", "bullet_list",
        "list_item", "link", "softbreak",
    }  # fmt: skip
    assert shown(written, "heading_open") == ["Precedent", *(one_line(one.title) for one in held)]
    assert len(links(written)) == sum(map(addresses, held))
    assert {one.partition("://")[0] for one in links(written)} <= {"https"}


def addresses(entry: Entry) -> int:
    """Return the number of addresses in an entry's Markdown: its own, sources', outcome's."""
    outcome = getattr(entry.record, "outcome", None)
    seen = [one.work.URL for one in works(entry)]
    if outcome:
        seen += [outcome.evidence, outcome.instrument.URL if outcome.instrument else None]
    return 1 + sum(address is not None for address in seen)


@given(st.one_of(texts(), st.sampled_from(MARKS), st.text()))
def test_escaped_text_in_markdown_is_shown_exactly(text: str) -> None:
    """A text is shown letter by letter, at the beginning of a line and within one."""
    for before in ("> ", "- a: ", "## "):
        inlines = [one for one in read(before + plain(text)) if one.type == "inline"]
        spoken = "".join(child.content for one in inlines for child in one.children or [])
        assert spoken == (before[2:] + one_line(text)).strip()


def test_markdown_has_a_heading_a_quotation_and_facts() -> None:
    """A record has a heading, its text as a quotation, its facts as a list, and links."""
    written = markdown(entries()[1:2], presenter())

    assert written.split("\n\n", 2)[2].splitlines() == [
        "## Freeze rents",
        "",
        "> No rent may rise this year.",
        "",
        "- Kind: demand",
        "- Directed at: city council",
        "- Level: city",
        "- Amount: $1,100,000",
        f"- Outcome: won, June 2021 ({LOOKED}). The council adopted it. <https://example.org/seen>",
        "- Place: Us Ca Oakland, Us Ca",
        "- Page or section: “Homes”, p. 3",
        "- Topics: Tenants",
        "- Citation: Ana Rivera, “Tenants platform 2020”, 2020-05, “Homes”, p. 3. "
        "<https://example.org/seen>",
        "- Permanent link: <https://example.org/d/tenants-platform-2020/freeze-rents>",
    ]


def test_a_message_has_short_lines() -> None:
    """A message has one short line for each fact, then the source and the addresses."""
    demand, finding = message(entries()[1:3], presenter()).split("\n\n")

    assert demand.splitlines() == [
        "Freeze rents",
        "Directed at: city council",
        "Level: city",
        "Amount: $1,100,000",
        f"Outcome: won, June 2021 ({LOOKED}). The council adopted it.",
        "Us Ca Oakland, Us Ca · May 2020",
        "Source: Ana Rivera, “Tenants platform 2020”",
        "https://example.org/seen",
        "https://example.org/d/tenants-platform-2020/freeze-rents",
    ]
    assert finding.splitlines()[:2] == [
        "Renters pay over 40 percent of their income.",
        "Figure: 40 percent of income",
    ]


def test_a_message_says_that_no_outcome_is_known() -> None:
    """A message about a demand without an outcome says that none is recorded."""
    held = entries(make_document(records=[make_demand()]))[1:]

    assert "Outcome: not recorded" in message(held, presenter()).splitlines()
    assert "Resultado: no registrado" in message(held, presenter("es")).splitlines()


def test_a_message_is_in_the_readers_language() -> None:
    """Labels, dates and values are in the reader's language."""
    lines = message(entries()[1:2], presenter("es")).splitlines()

    assert lines[1:3] == ["Dirigida a: city council", "Nivel: ciudad"]
    assert lines[4].startswith("Resultado: ganada, junio de 2021 (")


@examples(40)  # documents of many parts, most of the time in making them
@given(documents())
def test_no_text_adds_a_line_to_a_message(document: Document) -> None:
    """Each record is one paragraph that ends with its link, whatever its text contains."""
    held = entries(document)

    parts = message(held, presenter()).split("\n\n")

    assert [part.strip("\n").splitlines()[-1] for part in parts] == [
        presenter().address(entry.id) for entry in held
    ]


def test_every_display_shows_every_fact() -> None:
    """Files, messages, search results and `kb show` have the same facts of a record."""
    demand = entries()[1]
    facts = presenter().facts(demand.record, demand.kind)
    assert [fact.name for fact in facts] == ["target", "level", "amount", "outcome"]
    sentences = [f"{fact.label}: {fact.sentence}" for fact in facts]

    hit = Hit.model_construct(**dict(demand))
    whole = show.whole(DOCUMENT, cast(Reader, Untied()))

    assert [one for one in sentences if one not in message([demand], presenter())] == []
    assert [one for one in sentences if plain(one) not in markdown([demand], presenter())] == []
    assert search.details(hit)[:4] == sentences
    assert [fact for fact in facts if f"  {fact.label}: {fact.words}\n" not in whole] == []
    assert "  Type of demand: ban\n" in whole
    row = demand_row()
    assert [fact for fact in facts if row[fact.name] not in fact.value] == []


class Untied:
    """A reader in which no document is related to another."""

    def related_to(self, _: str) -> tuple[()]:
        """Return no document."""
        return ()


def test_a_level_is_shown_without_a_target() -> None:
    """The level is shown where the target is unknown."""
    held = entries(make_document(records=[make_demand(target=None, level="school-district")]))[1:]

    assert "Level: school district" in message(held, presenter()).splitlines()
    assert "- Level: school district" in markdown(held, presenter()).splitlines()


def test_a_suggestion_has_no_fact_about_its_outcome() -> None:
    """A suggestion has no fact about its outcome, as nobody has looked for one."""
    record = make_demand()

    assert "outcome" in [fact.name for fact in presenter().facts(record, "demand")]
    assert "outcome" not in [fact.name for fact in presenter().facts(record, "suggestion")]


def references(held: Sequence[Entry], language: str = "en") -> list[Any]:
    """Return the references of passages."""
    return [one for entry in held for one in references_of(entry, presenter(language))]


def test_a_reference_has_our_text_topics_and_note() -> None:
    """Our text is the abstract, topics are keywords, and the note has outcome and link."""
    (entry,) = rispy.loads(ris(references(entries()[1:2])))

    assert entry["abstract"] == "No rent may rise this year."
    assert entry["keywords"] == ["Tenants"]
    assert entry["notes"] == [
        "Cited: “Homes”, p. 3",
        f"Freeze rents. Outcome: won, June 2021 ({LOOKED}). "
        "Precedent: https://example.org/d/tenants-platform-2020/freeze-rents",
    ]
    assert references(entries()[1:2], "es")[0].keywords == ("Inquilinato",)


def read_back(form: str, text: str) -> int:
    """Return how many references a program for this format reads."""
    if form == "ris":
        return len(rispy.loads(text))
    if form == "bib":
        library = parse_string(text)
        assert not library.failed_blocks
        return len(library.entries)
    return len(json.loads(text))


@pytest.mark.parametrize("form", REFERENCES)
@pytest.mark.parametrize("path", ["/d/hostile-words", "/d/hostile-words/sneak"])
def test_a_reference_is_downloaded(client: TestClient, path: str, form: str) -> None:
    """A reference is a file with a plain name, and a program for its format reads one reference."""
    answer = client.get(f"{path}.{form}")

    name = path.removeprefix("/d/").replace("/", "-")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="precedent-{name}.{form}"'
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == FORMATS[form].media_type
    assert read_back(form, answer.text) == 1
    reference = "Precedent: " + path.removeprefix("/d/").replace("/", "#")
    assert reference in answer.text.replace("\\", "")


def test_keywords_of_a_reference_are_in_the_readers_language(client: TestClient) -> None:
    """Keywords are in the reader's language; the permanent reference has no language."""
    (item,) = client.get("/d/hostile-words/sneak.json?lang=es").json()

    assert item["keyword"] == "Vivienda"
    assert item["note"].endswith("Precedent: hostile-words#sneak")
    assert HOSTILE in item["title"]


@pytest.mark.parametrize(
    "path",
    [
        "/d/hostile-words.exe",
        "/d/hostile-words.csv",
        "/d/no-such.ris",
        "/d/hostile-words/no.bib",
    ],
)
def test_an_unknown_file_has_an_error_page(client: TestClient, path: str) -> None:
    """An unknown format or id is a 404 page."""
    answer = client.get(path)

    assert answer.status_code == 404
    assert "We can’t find this file." in answer.text
    assert "content-disposition" not in answer.headers


def test_pages_link_their_references(client: TestClient) -> None:
    """A record and a document link to their reference in each format."""
    for path in ("/d/hostile-words", "/d/hostile-words/sneak"):
        page = client.get(path).text
        assert [form for form in REFERENCES if f'href="{path}.{form}"' not in page] == []


def test_every_form_is_written_in_every_language() -> None:
    """Each format can be written in each language, also without passages."""
    for form in FORMATS.values():
        for language in LANGUAGES:
            assert form.write(entries(), presenter(language))
            form.write([], presenter(language))


PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
ROW = re.compile(r"^\| `([A-Z][A-Z0-9])` \|", re.M)


def test_the_table_of_ris_tags_is_complete() -> None:
    """The documentation lists exactly the tags that our RIS contains."""
    documented = ROW.findall(PAGE.read_text("utf-8"))
    written = ris(references(entries()))

    assert sorted(set(documented)) == sorted(documented)
    assert {line[:2] for line in written.splitlines()} == set(documented)
    assert "unknown_tag" not in rispy.loads(written)[0]


@examples(40)  # documents of many parts, most of the time in making them
@given(documents())
def test_no_undocumented_ris_tag_is_written(document: Document) -> None:
    """Whatever a source contains, each line of its RIS has a documented tag."""
    documented = set(ROW.findall(PAGE.read_text("utf-8")))

    assert {
        line[:2] for line in ris(references(entries(document))).split("\r\n")[:-1]
    } <= documented


def test_every_kind_of_source_is_documented() -> None:
    """The documentation lists exactly the RIS types of our kinds of sources."""
    kinds = re.findall(r"^\| ([A-Z]+) \|", PAGE.read_text("utf-8"), re.M)
    sources = [make_document(source={"type": one}) for one in get_args(CslType)]

    written = ris([one for source in sources for one in references(entries(source)[:1])])

    assert sorted(set(re.findall(r"^TY  - (\w+)", written, re.M))) == sorted(kinds)


def test_every_format_is_documented() -> None:
    """The documentation lists each format with its extension and media type."""
    text = PAGE.read_text("utf-8")

    for form, written in FORMATS.items():
        assert f"| `.{form}` | `{written.media_type.partition(';')[0]}` |" in text
