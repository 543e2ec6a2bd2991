"""A reader who sees a mistake gets a text to fill in and send; the page sends nothing."""

from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from tests.api.builders import indexed_client
from tests.builders import make_demand, make_document, make_outcome

DEMAND = make_demand("freeze", title="Freeze <rents>", outcome=make_outcome())
PATHS = ["/d/outcome-oakland", "/d/outcome-oakland/freeze"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client for pages on one case file."""
    case = make_document("outcome-oakland", [DEMAND], kind="outcome", title="Oakland & rents")
    with indexed_client(tmp_path_factory.mktemp("mistakes"), [case]) as opened:
        yield opened


def report(html: str) -> list[str]:
    """Return the lines of the report on a page."""
    text = html.partition('<textarea id="mistake"')[2].partition(">")[2].partition("</textarea>")[0]
    return unescape(text).splitlines()


@pytest.mark.parametrize("path", PATHS)
def test_a_report_names_the_record_its_version_and_its_sources(
    client: TestClient, path: str
) -> None:
    """Whoever gets the report knows what it is about, without an address of this computer."""
    lines = report(client.get(path).text)
    generation = client.get("/v1/search", params={"q": "rents"}).json()["generation"]

    assert f"Id: precedent:{path.removeprefix('/d/').replace('/', '#')}" in lines
    assert f"Version: {generation}" in lines
    assert any(one.startswith("Source: ") for one in lines)
    assert lines[-2:] == ["What is wrong: ", "Page that shows it: "]
    assert not [one for one in lines if "testserver" in one or "127.0.0.1" in one]


def test_a_report_says_what_the_page_says(client: TestClient) -> None:
    """Title, text and outcome are those of the record; its marks are text, not markup."""
    html = client.get(PATHS[1]).text
    lines = report(html)

    assert lines[0] == "Title: Freeze <rents>"
    assert f"What it says: {DEMAND.text}" in lines
    assert any(one.startswith("Outcome: won") for one in lines)
    assert "<rents>" not in html


def test_a_report_is_in_the_language_of_the_reader(client: TestClient) -> None:
    """Blanks to fill in are in Spanish on a Spanish page."""
    assert report(client.get(f"{PATHS[1]}?lang=es").text)[-2:] == [
        "Qué está mal: ",
        "Página que lo muestra: ",
    ]
