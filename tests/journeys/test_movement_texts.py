"""The texts from which the collection grew, in the API and on the pages.

A statement on the end of mass incarceration, a webinar on invest/divest, the Vision for Black Lives
in two versions, and the report The $3.4 Trillion Mistake.
"""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kb.encoders.base import TextEncoder
from tests.api.builders import make_app, make_client, pages

STATEMENT, WEBINAR = "end-of-mass-incarceration-statement", "invest-divest-webinar-2016"
VISION, VISION_2020 = "m4bl-vision-2016", "m4bl-vision-2020"
REPORT = "the-3-4-trillion-mistake-2016"


@pytest.fixture(scope="module")
def client(whole_index: Path, encoder: TextEncoder) -> Iterator[TestClient]:
    """Yield a client of a server over the shipped corpus."""
    with make_client(make_app(whole_index, encoder, every=60)) as opened:
        yield opened


def document(client: TestClient, id: str) -> dict[str, Any]:
    """Return a document from the API."""
    found: dict[str, Any] = client.get(f"/v1/documents/{id}").raise_for_status().json()
    return found


def records(client: TestClient, id: str, kind: str) -> list[dict[str, Any]]:
    """Return the records of one kind in a document."""
    return [one for one in document(client, id)["records"] if one["kind"] == kind]


def page(client: TestClient, path: str) -> str:
    """Return the HTML of a page with its entities decoded."""
    return unescape(client.get(path).raise_for_status().text)


def test_the_statement_has_its_ideas_publisher_and_address(client: TestClient) -> None:
    """The statement is found by its words, has publisher and URL, and its page shows each idea."""
    found = client.get("/v1/search", params={"q": "roots and not only branches"}).json()["hits"]
    ideas = records(client, STATEMENT, "idea")
    source = document(client, STATEMENT)["source"]
    shown = page(client, f"/d/{STATEMENT}")

    assert STATEMENT in [hit["document_id"] for hit in found[:3]]
    assert len(ideas) >= 8
    assert all(idea["text"] in shown for idea in ideas)
    assert "Institute to End Mass Incarceration" in source["organization"]
    assert source["URL"].startswith("https://endmassincarceration.org/")


def test_the_webinar_leads_to_its_texts_and_to_local_campaigns(client: TestClient) -> None:
    """The webinar is tied to the platform and the report; decided local demands are listed."""
    answer = document(client, WEBINAR)
    cited = {tie["document"]["id"] for tie in answer["ties"] if tie["document"]}
    local = pages(
        client, "/v1/records", topic="invest-divest", level="city", kind="demand",
        outcome=["won", "partly-won", "reversed", "lost"], k=50,
    )  # fmt: skip
    decided = [record for part in local for record in part["items"]]
    first = decided[0]["record"]
    shown = page(client, f"/d/{decided[0]['id'].replace('#', '/')}")

    assert {VISION, REPORT} <= cited
    assert any("defund" in idea["id"] for idea in records(client, WEBINAR, "idea"))
    assert len(decided) >= 20
    assert first["outcome"]["events"]
    assert first["outcome"]["text"] in shown


@pytest.mark.parametrize(
    ("id", "planks"),
    [
        (VISION, ["End the War on Black People", "Reparations", "Invest-Divest",
                  "Economic Justice", "Community Control", "Political Power"]),
        (VISION_2020, ["Platform 1: End the War on Black People"]),
    ],
)  # fmt: skip
def test_demands_of_the_vision_are_listed_by_plank(
    client: TestClient, id: str, planks: list[str]
) -> None:
    """Each demand has its plank as section, and the page lists the planks."""
    demands = records(client, id, "demand")
    sections = [demand["locator"]["section"][0] for demand in demands]
    shown = page(client, f"/d/{id}")

    assert list(dict.fromkeys(sections)) == planks
    assert all(plank in shown for plank in planks)
    assert all(demand["title"] in shown for demand in demands)


def test_the_versions_of_the_vision_echo_each_other(client: TestClient) -> None:
    """The later version names the earlier; a demand leads to its counterpart and its outcome."""
    ties = document(client, VISION_2020)["ties"]
    record = client.get(f"/v1/records/{VISION}/abolish-death-penalty").json()
    outcome = record["record"]["outcome"]
    shown = page(client, f"/d/{VISION}/abolish-death-penalty")

    assert ("revises", VISION) in [
        (tie["relation"], tie["document"]["id"]) for tie in ties if tie["direction"] == "to"
    ]
    assert any(one["document_id"] == VISION_2020 for one in record["nearest"])
    assert outcome["status"] == "partly-won"
    assert outcome["text"] in shown


def test_the_report_has_its_figures_with_years_dollars_and_page(client: TestClient) -> None:
    """The figure that people cite has its amount, years and page."""
    findings = {one["id"].partition("#")[2]: one for one in records(client, REPORT, "finding")}
    surplus = findings["surplus-3-4-trillion"]
    (found,) = client.get(
        "/v1/search", params={"q": "$3.4 trillion", "document": REPORT, "kind": "finding", "k": 1}
    ).json()["hits"]
    shown = page(client, f"/d/{REPORT}/surplus-3-4-trillion")

    assert surplus["figure"]["value"] == 3.4e12
    assert (surplus["figure"]["unit"], surplus["figure"]["period"]) == ("USD", "1983-2012")
    assert surplus["locator"]["page"] == "3"
    assert found["id"] == f"{REPORT}#surplus-3-4-trillion"
    assert "$3,400,000,000,000" in shown
    assert "p. 3" in shown
    assert sum(one["figure"] is not None for one in findings.values()) >= 12
