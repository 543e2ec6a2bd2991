"""A cursor belongs to one question and to one generation."""

import base64
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kb.http.cursors import CursorError, Paging
from tests.api.builders import pages

LISTS = ("/v1/documents", "/v1/records", "/v1/passages")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("narrowed", [{}, {"place": "us", "year_from": 2015}])
def test_pages_of_a_list_together_are_one_big_page(
    client: TestClient, path: str, narrowed: dict[str, Any]
) -> None:
    """Following the cursors shows every item once, in the order of one page of them all."""
    whole = pages(client, path, **narrowed, k=100)
    parts = pages(client, path, **narrowed, k=7)

    shown = [item for part in parts for item in part["items"]]
    assert shown == [item for part in whole for item in part["items"]]
    assert len(shown) == len({item["id"] for item in shown}) == parts[0]["total"]


@pytest.mark.parametrize("change", [{"q": "prison"}, {"mode": "lexical"}, {"place": "us"}])
def test_a_cursor_of_another_question_is_refused(
    client: TestClient, change: dict[str, Any]
) -> None:
    """A cursor sent with another question is a 409 whose detail says what to do."""
    cursor = client.get("/v1/search", params={"q": "police", "k": 2}).json()["next"]

    refused = client.get("/v1/search", params={"q": "police", "cursor": cursor, **change})

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/cursor"
    assert "repeat the request without the cursor" in refused.json()["detail"]


def test_a_cursor_of_one_list_is_no_cursor_of_another(client: TestClient) -> None:
    """A cursor of the list of records is refused by the list of passages."""
    cursor = client.get("/v1/records", params={"k": 2}).json()["next"]

    assert client.get("/v1/passages", params={"cursor": cursor}).status_code == 409


def test_a_cursor_of_a_generation_that_has_gone_is_refused() -> None:
    """After a build a cursor is refused, as items may have moved between pages."""
    cursor = Paging("old", "records", "all").next(10, 100)

    with pytest.raises(CursorError, match="rebuilt"):
        Paging("new", "records", "all").offset(cursor)


def test_a_malformed_or_forged_cursor_is_refused(client: TestClient) -> None:
    """Text that cannot be a cursor is a 422; a forged cursor of the right form is a 409."""
    made_up = base64.urlsafe_b64encode(b"?" * 24).decode()

    assert client.get("/v1/records", params={"cursor": "1"}).status_code == 422
    assert client.get("/v1/records", params={"cursor": made_up}).status_code == 409


def test_the_last_page_has_no_next() -> None:
    """There is a next page if and only if items are left."""
    paging = Paging("one", "records", "all")

    assert paging.next(100, 100) is None
    assert paging.offset(paging.next(99, 100)) == 99
