"""Documents, records and passages by id and by filter; topics, places and coverage."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.builders import DOCUMENTS

IDS = {name.rpartition("/")[2].removesuffix(".md") for name in DOCUMENTS}


def get(client: TestClient, path: str, **params: str | int) -> Any:
    """Return the JSON of a response; fail unless its status is a success."""
    return client.get(path, params=params).raise_for_status().json()


def test_documents_are_listed_newest_first_and_undated_ones_last(client: TestClient) -> None:
    """Every document is listed once, as its summary, newest first."""
    items = get(client, "/v1/documents", k=100)["items"]

    years = [(item["source"]["issued"] or "")[:4] for item in items]
    assert {item["id"] for item in items} == IDS
    assert {item["kind"] for item in items} == {"summary"}
    assert years == sorted(years, reverse=True)


def test_a_document_is_listed_if_one_of_its_passages_holds_every_filter(client: TestClient) -> None:
    """A filter of records leaves the documents that hold such records, each with their number."""
    documents = get(client, "/v1/documents", action="ban", k=100)
    records = get(client, "/v1/records", action="ban", k=100)

    counts: dict[str, int] = {}
    for record in records["items"]:
        counts[record["document_id"]] = counts.get(record["document_id"], 0) + 1
    assert {one["id"]: one["found"] for one in documents["items"]} == counts


def test_a_document_is_read_whole(client: TestClient) -> None:
    """A document comes with all its records, its source, its citation and its card."""
    document = get(client, "/v1/documents/m4bl-vision-2016")

    assert len(document["records"]) == document["card"]["record_count"]
    assert document["source"]["title"] in document["citation"]
    assert document["card"]["place"]["name"]["en"] == "United States"


def test_ties_are_shown_from_both_ends(client: TestClient) -> None:
    """A relation between two documents is shown on both of them, with its direction."""
    there = get(client, "/v1/documents/breathe-act-2020")["ties"]
    back = get(client, "/v1/documents/m4bl-vision-2016")["ties"]

    assert [(tie["relation"], tie["direction"], tie["document"]["id"]) for tie in there] == [
        ("same-campaign", "to", "m4bl-vision-2016"),
        ("same-campaign", "from", "m4bl-vision-2016"),
    ]
    assert ("same-campaign", "from", "breathe-act-2020") in [
        (tie["relation"], tie["direction"], tie["document"]["id"]) for tie in back
    ]


def test_the_list_of_records_holds_no_summaries(client: TestClient) -> None:
    """The list of records holds demands, findings and ideas, and no summary."""
    records = get(client, "/v1/records", k=100)
    passages = get(client, "/v1/passages", k=100)

    assert all(item["record"] for item in records["items"])
    assert passages["total"] == records["total"] + len(IDS)
    assert get(client, "/v1/records", kind="summary")["items"] == []


def test_a_record_comes_with_source_ties_and_nearest_demands(client: TestClient) -> None:
    """A record comes with its source, its relations and the demands nearest to it."""
    record = get(client, "/v1/records/m4bl-vision-2016/reallocate-from-policing")

    assert record["id"] == "m4bl-vision-2016#reallocate-from-policing"
    assert record["record"]["action"] == "reallocate"
    assert record["citation"].endswith(record["source"]["URL"])
    assert {hit["kind"] for hit in record["nearest"]} == {"demand"}
    assert record["id"] not in {hit["id"] for hit in record["nearest"]}
    assert record["ties"]


def test_a_passage_is_the_same_at_every_address(client: TestClient) -> None:
    """A passage is the same at its own address, in a list and within its record."""
    item = get(client, "/v1/records", k=1)["items"][0]
    document, record = item["id"].split("#")

    passage = get(client, f"/v1/passages/{document}/{record}")
    whole = get(client, f"/v1/records/{document}/{record}")
    assert passage == item
    assert whole == {**passage, **{key: whole[key] for key in ("ties", "nearest", "generation")}}


def test_a_summary_is_the_passage_of_its_document(client: TestClient) -> None:
    """A document's summary is found as a passage under the document's id, and not as a record."""
    summary = get(client, "/v1/passages/m4bl-vision-2016")

    assert summary["text"] == get(client, "/v1/documents/m4bl-vision-2016")["summary"]
    assert client.get("/v1/records/m4bl-vision-2016/nothing").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "documents/nothing",
        "documents/a%00b",
        "passages/nothing",
        "passages/a/b",
        "topics/x",
        "places/x",
    ],
)
def test_an_unknown_id_is_not_found(client: TestClient, path: str) -> None:
    """An unknown id is a 404 problem."""
    answer = client.get(f"/v1/{path}")

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/not-found"


@pytest.mark.parametrize(("path", "field"), [("topics", "topic"), ("places", "place")])
def test_counts_of_a_name_are_what_its_filter_finds(
    client: TestClient, path: str, field: str
) -> None:
    """A topic or place states how many records and documents its filter leaves."""
    for item in get(client, f"/v1/{path}")["items"][:40]:
        narrowed = {field: item["id"], "k": 1}

        assert item["records"] == get(client, "/v1/records", **narrowed)["total"]
        assert item["documents"] == get(client, "/v1/documents", **narrowed)["total"]


def test_a_topic_is_found_by_any_of_its_names(client: TestClient) -> None:
    """A topic is found by its name as by its id, and lists its narrower topics."""
    by_id = get(client, "/v1/topics/policing")

    assert get(client, "/v1/topics/Law enforcement") == by_id
    assert by_id in get(client, "/v1/topics")["items"]
    narrower = {
        item["id"] for item in get(client, "/v1/topics")["items"] if "policing" in item["broader"]
    }
    assert set(by_id["narrower"]) == narrower


def test_a_place_says_what_it_lies_in_and_what_lies_in_it(client: TestClient) -> None:
    """A place lists the places that contain it, up to the world, and those directly inside it."""
    place = get(client, "/v1/places/california")

    assert (place["id"], place["within"]) == ("us-ca", ["us", "world"]) or "us" in place["within"]
    for inside in place["contains"]:
        assert get(client, f"/v1/places/{inside}")["parent"] == place["id"]


def test_coverage_says_what_is_indexed_where_the_filters_look(client: TestClient) -> None:
    """Coverage counts documents, and where it finds none names the filter to change."""
    there = get(client, "/v1/coverage", place="us")
    nothing = get(client, "/v1/coverage", place="us", year_to=1950)

    assert there["documents"] == get(client, "/v1/documents", place="us")["total"]
    assert nothing["documents"] == 0
    assert [near["field"] for near in nothing["near"]] == ["year"]
