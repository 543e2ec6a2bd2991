"""GET and POST /v1/search."""

from typing import Any

from fastapi.testclient import TestClient

from tests.api.builders import pages

QUESTION: dict[str, Any] = {
    "q": "police in schools",
    "kind": ["demand", "finding"],
    "k": 4,
    "year_from": 2014,
    "topic": ["school-discipline"],
}


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without the time it took, the one field that differs from call to call."""
    return {name: value for name, value in answer.items() if name != "took_ms"}


def test_a_hit_comes_with_source_citation_and_explanation(client: TestClient) -> None:
    """A hit carries its document, source, citation, highlights and lexical rank."""
    answer = client.get("/v1/search", params={"q": "remove police from schools"}).json()

    best = answer["hits"][0]
    assert best["rank"] == 1
    assert best["document"]["id"] == best["document_id"] == best["id"].split("#")[0]
    assert best["source"]["title"] in best["citation"]
    assert best["highlights"]["title"] or best["highlights"]["text"]
    assert best["explanation"]["lexical"]["rank"] >= 1
    assert answer["generation"] == client.get("/healthz").json()["generation"]


def test_post_answers_what_get_answers(client: TestClient) -> None:
    """The same question by POST has the same answer, which no cache may store."""
    by_get = client.get("/v1/search", params=QUESTION)
    by_post = client.post("/v1/search", json=QUESTION)

    assert without_time(by_post.json()) == without_time(by_get.json())
    assert by_post.headers["cache-control"] == "no-store"


def test_filters_narrow_the_hits_together(client: TestClient) -> None:
    """A hit has one of the values of each filter, and meets every filter."""
    answer = client.get("/v1/search", params={**QUESTION, "document_kind": "outcome"}).json()

    assert answer["hits"]
    assert {hit["kind"] for hit in answer["hits"]} <= {"demand", "finding"}
    assert {hit["document"]["kind"] for hit in answer["hits"]} == {"outcome"}


def test_without_words_search_lists_what_the_filters_leave(client: TestClient) -> None:
    """Without words, a search lists the passages that /v1/passages lists, in the same order."""
    searched = client.get("/v1/search", params={"place": "us", "k": 100}).json()
    listed = client.get("/v1/passages", params={"place": "us", "k": 100}).json()

    assert [hit["id"] for hit in searched["hits"]] == [one["id"] for one in listed["items"]]


def test_pages_together_are_one_big_page(client: TestClient) -> None:
    """Following the cursors gives the same hits, ranks and scores as one page of them all."""
    whole = client.get("/v1/search", params={**QUESTION, "k": 100}).json()
    parts = pages(client, "/v1/search", **QUESTION)

    assert 2 < len(parts) <= whole["total"] / 4 + 1
    assert [hit for part in parts for hit in part["hits"]] == whole["hits"]
    assert {part["total"] for part in parts} == {whole["total"]}
    assert whole["next"] is None


def test_pages_may_differ_in_size(client: TestClient) -> None:
    """A cursor may be sent with another page size."""
    first = client.get("/v1/search", params={**QUESTION, "k": 3}).json()
    rest = client.post("/v1/search", json={**QUESTION, "k": 100, "cursor": first["next"]}).json()
    whole = client.get("/v1/search", params={**QUESTION, "k": 100}).json()

    assert first["hits"] + rest["hits"] == whole["hits"]


def test_the_order_of_filter_values_does_not_change_the_question(client: TestClient) -> None:
    """A cursor is accepted when the same values are given in another order."""
    first = client.get("/v1/search", params={**QUESTION, "kind": ["finding", "demand"]}).json()
    second = client.get("/v1/search", params={**QUESTION, "cursor": first["next"]})

    assert second.status_code == 200


def test_unknown_names_are_told_with_the_ones_near_them(client: TestClient) -> None:
    """An unknown place or topic is a 404 that names similar ones."""
    place = client.get("/v1/search", params={"q": "rent", "place": "Okland"})
    topic = client.post("/v1/search", json={"topic": ["polise"]})

    assert (place.status_code, topic.status_code) == (404, 404)
    assert "similar: us-ca-oakland" in place.json()["detail"]
    assert "policing" in topic.json()["detail"]
