"""GET and POST /v1/suggest."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from kb.settings import MAX_TYPED_CHARACTERS
from tests.strategies import examples

JSON = {"content-type": "application/json"}


def suggested(client: TestClient, **asked: Any) -> list[dict[str, Any]]:
    """Return the completions that GET answers for these parameters."""
    answer = client.get("/v1/suggest", params=asked).raise_for_status().json()
    found: list[dict[str, Any]] = answer["items"]
    return found


def test_every_page_that_is_suggested_opens(client: TestClient) -> None:
    """A topic, place, organization or document leads to a page; a phrase leads to none."""
    found = [one for q in "acmps" for one in suggested(client, q=q, limit=20)]

    assert {one["kind"] for one in found} == {
        "topic", "place", "organization", "document", "phrase",
    }  # fmt: skip
    for one in found:
        assert (one["id"] is None) == (one["path"] is None) == (one["kind"] == "phrase")
        if one["path"]:
            page = client.get(one["path"], headers={"accept": "text/html"})
            assert page.status_code == 200, one
            assert page.headers["content-type"].startswith("text/html")


def test_the_answer_names_its_generation(client: TestClient) -> None:
    """The answer names the generation that /healthz names."""
    answer = client.get("/v1/suggest", params={"q": "police"}).json()

    assert answer["generation"] == client.get("/healthz").json()["generation"]


def test_no_cache_keeps_what_was_typed(client: TestClient) -> None:
    """GET and POST give the same answer, which is not stored and has no ETag."""
    asked: dict[str, str | int] = {"q": "police", "limit": 3, "language": "es"}
    by_get, by_post = (
        client.get("/v1/suggest", params=asked),
        client.post("/v1/suggest", json=asked),
    )

    assert by_get.json() == by_post.json()
    assert len(by_get.json()["items"]) == 3
    for answer in (by_get, by_post):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_limit_and_language_are_respected(client: TestClient) -> None:
    """Eight completions come unless a limit is given, those in the reader's language first."""
    assert len(suggested(client, q="p")) == 8
    assert len(suggested(client, q="p", limit=20)) == 20
    for language in ("en", "es"):
        first = suggested(client, q="p", language=language)[0]
        assert first["language"] in {language, None}


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": " "}, {"q": "-"}, {"q": "qqqqzzzz"}])
def test_without_a_match_the_list_is_empty(client: TestClient, asked: dict[str, str]) -> None:
    """Text without words, and words that nothing begins with, give an empty list."""
    assert suggested(client, **asked) == []


@pytest.mark.parametrize(
    ("asked", "pointer", "detail"),
    [
        ({"q": "x" * (MAX_TYPED_CHARACTERS + 1)}, "q", "expected at most 200 characters"),
        ({"limit": 0}, "limit", "expected 1 or more"),
        ({"limit": 21}, "limit", "expected 20 or less"),
        ({"limit": "many"}, "limit", "expected a whole number"),
        ({"language": "x" * 36}, "language", "expected at most 35 characters"),
        ({"k": 3}, "k", "unknown name; see /docs"),
    ],
)
def test_a_wrong_request_is_told_what_was_expected(
    client: TestClient, asked: dict[str, Any], pointer: str, detail: str
) -> None:
    """Both methods say what was expected, and do not repeat the value."""
    by_get, by_post = (
        client.get("/v1/suggest", params=asked),
        client.post("/v1/suggest", json=asked),
    )

    for answer, part in ((by_get, "query"), (by_post, "body")):
        assert answer.status_code == 422
        assert answer.json()["errors"] == [{"pointer": f"/{part}/{pointer}", "detail": detail}]


@pytest.mark.parametrize("limit", ["3", True])
def test_a_number_in_a_body_must_be_a_number(client: TestClient, limit: object) -> None:
    """A text or a boolean in a JSON body is not accepted as a number."""
    answer = client.post("/v1/suggest", json={"q": "police", "limit": limit})

    assert answer.json()["errors"][0]["detail"] == "expected a whole number"


@given(text=st.text(st.characters(codec=None), max_size=60))
@examples(60)
def test_any_text_can_be_typed(client: TestClient, text: str) -> None:
    """Every text gets a valid answer or is refused."""
    body = json.dumps({"q": text})

    assert client.post("/v1/suggest", content=body, headers=JSON).status_code in {200, 422}
