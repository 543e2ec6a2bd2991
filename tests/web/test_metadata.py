"""Metadata for citation managers, search engines and messengers in the head of a page."""

from typing import Any, get_args

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import Request

from kb.domain.passages import Card, Entry
from kb.domain.sources import CslType, Name, Rights, Source
from kb.search.names import Names
from kb.web.metadata.head import metadata
from kb.web.metadata.highwire import ITEM_TYPES
from kb.web.metadata.schema_org import TYPES
from kb.web.view.page import Page, environment
from tests.builders import DEFAULT_PLACES, DEFAULT_TOPICS, make_demand, make_outcome
from tests.web.conftest import HOSTILE
from tests.web.heads import Creator, Head, item

HERE = "http://127.0.0.1:8765/d/some-source"
URL = "https://example.org/platform"
PERSON = Name(family="Kaba", given="Mariame")


def make_source(type: str = "report", **changes: Any) -> Source:
    """Return a report of an organization."""
    fields = {
        "type": type,
        "title": "Homes for All",
        "organization": ("Movement for Black Lives",),
        "issued": "2016-08-01",
        "URL": URL,
        "rights": Rights(terms="All rights reserved by the holder"),
    }
    return Source(**(fields | changes))


def make_entry(source: Source, **changes: Any) -> Entry:
    """Return the summary of a document with this source."""
    fields = {
        "id": "some-source",
        "document_id": "some-source",
        "kind": "summary",
        "title": source.title,
        "text": "What tenants ask for.",
        "topics": ("tenants",),
        "document": Card(id="some-source", kind="platform", title=source.title),
        "source": source,
        "citation": "A line.",
    }
    return Entry(**(fields | changes))


def make_page(query: str = "") -> Page:
    """Return a page that is requested from this machine."""
    headers = [(b"host", b"127.0.0.1:8765")]
    scope = {"type": "http", "method": "GET", "path": "/x", "scheme": "http", "headers": headers}
    app = FastAPI()
    app.state.public_url = None
    return Page(Request(scope | {"query_string": query.encode(), "app": app}))


def head(entry: Entry, query: str = "") -> Head:
    """Return the head of an entry's page."""
    page = make_page(query)
    found = metadata(page, entry, Names(DEFAULT_TOPICS, DEFAULT_PLACES))
    html = environment(page.language).get_template("metadata.html").render(metadata=found)
    return Head(f"<html><head>{html}</head></html>")


def saved(type: str = "report", **changes: Any) -> dict[str, Any]:
    """Return what Zotero saves of a source."""
    return item(head(make_entry(make_source(type, **changes))))


def test_a_report_is_saved_whole() -> None:
    """Type, title, author, date, institution, address and abstract come from the tags."""
    assert saved() == {
        "itemType": "report",
        "title": "Homes for All",
        "creators": [Creator("Movement for Black Lives")],
        "date": "2016/08/01",
        "institution": "Movement for Black Lives",
        "url": URL,
        "language": "en",
        "abstractNote": "What tenants ask for.",
        "publicationTitle": None,
        "attachments": [],
    }


@pytest.mark.parametrize("type", get_args(CslType))
def test_every_kind_of_source_keeps_its_kind(type: CslType) -> None:
    """Zotero saves each kind of source as that kind, and not as a page of ours."""
    found = saved(type, organization=("Some Group",))

    assert found["itemType"] == ITEM_TYPES[type]
    assert found["publicationTitle"] != "Precedent"
    assert found["url"] == URL


def test_a_site_without_a_name_is_called_by_its_host() -> None:
    """A site without a name is called by its host; without a host it has no name."""
    nobody = {"organization": (), "author": ()}

    assert saved("webpage", **nobody)["publicationTitle"] == "example.org"
    assert saved("webpage", URL=None, **nobody)["publicationTitle"] is None
    assert saved("webpage", URL="https://[", **nobody)["publicationTitle"] is None


def test_periodicals_and_publishers_are_named() -> None:
    """The organization of an article is its periodical, and that of a book its publisher."""
    article = saved("article-journal", author=(PERSON,), DOI="10.1000/x")
    newspaper = saved("article-newspaper", author=(PERSON,))
    book = saved("book", author=(PERSON,), organization=("Haymarket",), ISBN="9781642595253")

    assert article["publicationTitle"] == "Movement for Black Lives"
    assert (article["itemType"], article["DOI"]) == ("journalArticle", "10.1000/x")
    assert newspaper["publicationTitle"] == "Movement for Black Lives"
    assert (book["publisher"], book["ISBN"]) == ("Haymarket", "9781642595253")


@pytest.mark.parametrize(
    ("names", "creators"),
    [
        ([("Kaba", "Mariame")], [Creator("Kaba", "Mariame")]),
        ([("Garcia Marquez", "Ana Maria")], [Creator("Garcia Marquez", "Ana Maria")]),
        ([("King", "Martin Luther, Jr.")], [Creator("King", "Martin Luther Jr")]),
        ([(None, None)], [Creator("Malcolm X")]),
        ([("Kaba", "Mariame"), ("Ritchie", "Andrea J.")],
         [Creator("Kaba", "Mariame"), Creator("Ritchie", "Andrea J.")]),
    ],
)  # fmt: skip
def test_names_of_persons_stay_whole(
    names: list[tuple[str | None, str | None]], creators: list[Creator]
) -> None:
    """No person becomes two, and no name loses a part."""
    authors = tuple(
        Name(family=family, given=given) if family else Name(literal="Malcolm X")
        for family, given in names
    )

    assert saved(author=authors)["creators"] == creators


@pytest.mark.parametrize(
    ("issued", "date"),
    [("2020", "2020"), ("2020-05", "2020/05"), ("1960/1963", "1960"), ("1838~", "1838"),
     ("2020-21", "2020"), (None, None), ("196X", None)],
)  # fmt: skip
def test_dates_are_given_as_far_as_they_are_known(issued: str | None, date: str | None) -> None:
    """A month or a year stays one, and no day is invented."""
    assert saved(issued=issued).get("date") == date


def test_a_pdf_is_offered_as_one() -> None:
    """A full text is offered only if the source's address is that of a PDF."""
    pdf = f"{URL}.PDF?download=1"

    assert saved(URL=pdf)["attachments"] == [pdf]
    assert saved()["attachments"] == []


def test_our_page_says_that_it_is_ours() -> None:
    """JSON-LD distinguishes our page, with its licence, from the source that it is based on."""
    found = head(make_entry(make_source(author=(PERSON,), issued="2016-08"))).linked_data

    assert found["@context"] == "https://schema.org"
    assert (found["@type"], found["url"], found["abstract"]) == (
        "WebPage", HERE, "What tenants ask for.",
    )  # fmt: skip
    assert found["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    source = found["isBasedOn"]
    assert (source["@type"], source["url"], source["datePublished"]) == ("Report", URL, "2016-08")
    assert source["author"] == [
        {"@type": "Person", "name": "Mariame Kaba", "givenName": "Mariame", "familyName": "Kaba"}
    ]
    assert source["publisher"] == {"@type": "Organization", "name": "Movement for Black Lives"}
    assert "abstract" not in source


def test_a_record_is_part_of_its_document() -> None:
    """A record's page is part of its document's page, and cites the evidence of its outcome."""
    record = make_demand(outcome=make_outcome(evidence="https://example.org/won"))
    entry = make_entry(make_source()).model_copy(
        update={"id": "some-source#freeze-rents", "record": record, "title": record.title}
    )

    found = head(entry)

    assert found.linked_data["url"] == f"{HERE}/freeze-rents"
    assert found.linked_data["isPartOf"]["url"] == HERE
    assert found.linked_data["citation"] == "https://example.org/won"
    assert found.one("og:title") == "Freeze rents"
    assert found.one("citation_title") == "Homes for All"
    assert found.one("citation_abstract_html_url") == f"{HERE}/freeze-rents"


@pytest.mark.parametrize("type", sorted(TYPES))
def test_schema_types_are_given(type: str) -> None:
    """A kind of source has its schema.org type, or else CreativeWork."""
    source = head(make_entry(make_source(type))).linked_data["isBasedOn"]

    assert source["@type"] == TYPES[type]  # type: ignore[index] # a parameter is any text
    assert head(make_entry(make_source("speech"))).linked_data["isBasedOn"]["@type"] == (
        "CreativeWork"
    )


def test_addresses_are_absolute_and_name_their_languages() -> None:
    """The page has one canonical address and one alternate for each language."""
    plain, spanish = (head(make_entry(make_source()), query) for query in ("", "lang=es&q=x"))

    links = {one.get("hreflang", one["rel"]): one["href"] for one in spanish.links}
    assert links == {
        "canonical": f"{HERE}?lang=es",
        "en": f"{HERE}?lang=en",
        "es": f"{HERE}?lang=es",
        "x-default": HERE,
    }
    assert plain.one("og:url") == HERE
    assert (plain.one("og:locale"), spanish.one("og:locale")) == ("en_US", "es_US")
    assert spanish.one("citation_keywords") == "Inquilinato"
    assert plain.one("og:site_name") == "Precedent"


@pytest.mark.parametrize(
    "text", [HOSTILE, "</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c&amp;"]
)
def test_no_text_breaks_out_of_the_block(text: str) -> None:
    """Any text is whole in the one JSON-LD block and cannot end it."""
    source = make_source(title=text, organization=(text,), author=(Name(literal=text),))
    entry = make_entry(source, text=text, title=text)

    found = head(entry)

    assert [one for one in found.scripts if one != {"type": "application/ld+json"}] == []
    assert len(found.blocks) == 1
    assert not set("<>&\u2028\u2029") & set(found.blocks[0])
    assert found.linked_data["abstract"] == text
    assert found.linked_data["isBasedOn"]["name"] == text
    assert found.one("description") == text


@pytest.mark.parametrize(
    "path", ["/d/m4bl-vision-2016", "/d/m4bl-vision-2016/abolish-death-penalty"]
)
def test_pages_have_metadata(client: TestClient, path: str) -> None:
    """The pages of a document and of a record have metadata with their own address."""
    found = Head(client.get(path).text)

    assert item(found)["title"].startswith("A Vision for Black Lives")
    assert item(found)["itemType"] == "report"
    assert found.linked_data["url"] == f"http://127.0.0.1:8765{path}"


def test_a_hostile_document_stays_data(client: TestClient) -> None:
    """Hostile text is in the JSON-LD block, which the policy does not run."""
    answer = client.get("/d/hostile-words/sneak")

    assert HOSTILE in Head(answer.text).linked_data["abstract"]
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert answer.text.count("</script>") == len(Head(answer.text).scripts)
