"""Any text may be sent as a question; the server never fails."""

import json

import pytest
from fastapi.testclient import TestClient
from hypothesis import example, given
from hypothesis import strategies as st

from kb.settings import MAX_QUERY_CHARACTERS
from tests.strategies import examples

JSON = {"content-type": "application/json"}
# A lone surrogate, which JSON can name and UTF-8 cannot hold, is a text too.
ANY_TEXT = st.text(st.characters(codec=None), max_size=80)


@given(text=ANY_TEXT, mode=st.sampled_from(["hybrid", "lexical", "dense"]))
@example(text="\x00", mode="hybrid")
@example(text="\ud800", mode="lexical")
@example(text="\u202e مطالب الشعب \u202c", mode="hybrid")
@example(text="👩🏽‍🚒" * 200, mode="hybrid")
@example(text='"" -"" - "-', mode="hybrid")
@example(text="a" * MAX_QUERY_CHARACTERS, mode="hybrid")
@examples(60)
def test_any_text_by_post_is_answered_or_refused(client: TestClient, text: str, mode: str) -> None:
    """No text makes the server fail."""
    body = json.dumps({"q": text, "mode": mode, "k": 2})

    assert client.post("/v1/search", content=body, headers=JSON).status_code in {200, 422}


@given(body=st.binary(max_size=60))
@examples(60)
def test_any_bytes_by_post_are_answered_or_refused(client: TestClient, body: bytes) -> None:
    """No body makes the server fail."""
    assert client.post("/v1/search", content=body, headers=JSON).status_code in {200, 400, 422}


@given(name=ANY_TEXT)
@examples(40)
def test_any_unknown_field_by_post_is_refused(client: TestClient, name: str) -> None:
    """An unknown field is refused, whatever its name."""
    body = json.dumps({"x" + name: 1})

    assert client.post("/v1/search", content=body, headers=JSON).status_code == 422


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%ed%a0%80", "q=%ff", "q", "=", "&&&", "q=%", "q=a;b", "%00=1", "place=%00"],
)
def test_any_bytes_in_an_address_are_answered_or_refused(client: TestClient, query: str) -> None:
    """No address makes the server fail."""
    assert client.get(f"/v1/search?{query}").status_code in {200, 404, 422}


def test_ten_thousand_words_are_too_many(client: TestClient) -> None:
    """A text over the limit is a 422 that states the limit."""
    answer = client.post("/v1/search", json={"q": "word " * 10_000})

    assert answer.status_code == 422
    assert str(MAX_QUERY_CHARACTERS) in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("number", ["1" * 5000, "NaN", "1e999", "-1", "true", '"5"', "5.5"])
def test_odd_numbers_are_refused(client: TestClient, number: str) -> None:
    """A value that is not a number, or a number out of range, is refused."""
    body = f'{{"k": {number}}}'

    assert client.post("/v1/search", content=body, headers=JSON).status_code in {400, 422}
