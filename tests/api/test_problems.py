"""Errors are problem documents (RFC 9457) and do not repeat what was asked."""

import logging
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kb.http.problems import expected, problem
from tests.api.builders import make_app, make_client
from tests.fakes import HashEncoder

CANARY = "kanarienvogel"


def is_problem(answer: Any) -> bool:
    """Return whether a response is a problem document that says its own status."""
    body = answer.json()
    return (
        answer.headers["content-type"] == "application/problem+json"
        and body["status"] == answer.status_code
        and body["type"].startswith("/problems/")
        and bool(body["title"])
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/nothing", 404, "not-found"),
        ("GET", "/v1/documents/nothing", 404, "not-found"),
        ("GET", "/v1/search/x", 404, "not-found"),
        ("DELETE", "/v1/search", 405, "method-not-allowed"),
        ("GET", "/v1/search?k=0", 422, "invalid-request"),
        ("GET", f"/v1/search?cursor={'A' * 32}", 409, "cursor"),
        ("POST", "/v1/search", 422, "invalid-request"),
        ("GET", f"/v1/search?q={'x' * 20_000}", 414, "address-too-long"),
    ],
)
def test_every_error_is_a_problem_document(
    client: TestClient, method: str, path: str, status: int, name: str
) -> None:
    """An error states its type, title and status as RFC 9457 defines them."""
    answer = client.request(method, path)

    assert answer.status_code == status
    assert is_problem(answer)
    assert answer.json()["type"] == f"/problems/{name}"


def test_405_names_every_method_of_the_path(client: TestClient) -> None:
    """The Allow header of a 405 names the methods that the path takes."""
    assert client.put("/v1/search").headers["allow"] == "GET, POST"
    assert client.post("/v1/topics").headers["allow"] == "GET"
    assert "GET" in client.post("/openapi.json").headers["allow"]


def test_a_bad_request_is_told_where_it_is_wrong(client: TestClient) -> None:
    """Each error has a pointer to the wrong value; the value itself is not repeated."""
    by_get = client.get("/v1/search", params={"kind": CANARY, "k": CANARY, "other/~": 1})
    by_post = client.post("/v1/search", json={"q": [CANARY], "year_from": CANARY, "k": "3"})

    assert {fault["pointer"] for fault in by_get.json()["errors"]} == {
        "/query/kind/0",
        "/query/k",
        "/query/other~1~0",
    }
    assert [fault["pointer"] for fault in by_post.json()["errors"]] == [
        "/body/year_from",
        "/body/k",
        "/body/q",
    ]
    assert CANARY not in by_get.text + by_post.text


def test_a_body_that_is_not_json_is_refused(client: TestClient) -> None:
    """Broken JSON and deeply nested JSON are client errors, not failures of the server."""
    broken = client.post(
        "/v1/search", content=b'{"q": ', headers={"content-type": "application/json"}
    )
    deep = client.post(
        "/v1/search", content=b"[" * 60_000, headers={"content-type": "application/json"}
    )

    assert broken.status_code == 422
    assert deep.status_code in {400, 422}
    assert all(is_problem(answer) for answer in (broken, deep))


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain", "application/x-www-form-urlencoded", "text/json", "application/xml", "json",
        "multipart/form-data; boundary=x", "",
    ],
)  # fmt: skip
def test_a_body_of_another_media_type_is_refused(client: TestClient, media_type: str) -> None:
    """A 415 names the accepted media type, whatever the body holds."""
    headers = {"content-type": media_type} if media_type else {}
    sized = client.post("/v1/search", content=b'{"q": "rent"}', headers=headers)
    chunked = client.post("/v1/search", content=iter([b'{"q": "rent"}']), headers=headers)

    for answer in (sized, chunked):
        assert (answer.status_code, is_problem(answer)) == (415, True)
        assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_is_accepted_in_any_spelling(client: TestClient, media_type: str) -> None:
    """Letter case and parameters of the media type make no difference."""
    headers = {"content-type": media_type}

    answer = client.post("/v1/search", content=b'{"q": "rent"}', headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"kind": "demand"}, "expected a list"),
        ({"topic": {"a": 1}}, "expected a list"),
        (
            {"kind": ["x"]},
            "expected 'demand', 'finding', 'idea', 'summary', 'text' or 'suggestion'",
        ),
        ({"q": 1}, "expected text"),
        ({"topic": [1]}, "expected text"),
        ({"k": "3"}, "expected a whole number"),
        ({"k": 1.5}, "expected a whole number"),
        ({"k": None}, "expected a whole number"),
        ({"k": 0}, "expected 1 or more"),
        ({"k": 101}, "expected 100 or less"),
        ({"has_amount": "yes"}, "expected true or false"),
        ({"topic": ["a"] * 51}, "expected at most 50 values"),
        ({"topic": ["a" * 301]}, "expected at most 300 characters"),
        ({"other": 1}, "unknown name; see /docs"),
        (["q"], "expected a JSON object, with fields in braces"),
        ("q", "expected a JSON object, with fields in braces"),
        (None, "expected a body in JSON"),
    ],
)
def test_what_was_expected_is_said_in_plain_words(
    client: TestClient, body: object, detail: str
) -> None:
    """Each error is told in terms of JSON and HTTP, not of Python."""
    answer = client.post("/v1/search", json=body)

    assert answer.status_code == 422
    assert [fault["detail"] for fault in answer.json()["errors"]] == [detail]


def test_an_unknown_kind_of_error_is_told_in_plain_words() -> None:
    """No message of the library is passed on, even for an error without words of ours."""
    known = {"type": "dataclass_exact_type", "loc": ("body", "q"), "ctx": {"class_name": "Asked"}}

    assert expected(known) == "expected another value; see /docs"


def failing_app() -> FastAPI:
    """Return an application with a route that raises an unexpected exception."""
    app = make_app(Path("nowhere"), HashEncoder())

    def fail(q: str) -> None:
        raise ZeroDivisionError(f"could not divide {q}")

    app.add_api_route("/fail", fail)
    return app


def test_a_failure_is_told_without_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    """An unexpected exception is a plain 500; the log has its type and place, not its message."""
    with caplog.at_level(logging.DEBUG), make_client(failing_app()) as client:
        answer = client.get(f"/fail?q={CANARY}")

    ours = [record for record in caplog.records if record.name == "kb.api"]
    assert answer.status_code == 500
    assert answer.json() == {
        "type": "/problems/internal-server-error",
        "title": "Internal server error",
        "status": 500,
    }
    assert [record.levelname for record in ours] == ["ERROR"]
    assert ours[0].getMessage().startswith("ZeroDivisionError at ")
    assert "test_problems.py:" in ours[0].getMessage()
    assert CANARY not in ours[0].getMessage()
    assert ours[0].exc_info is None


def test_a_problem_can_tell_text_that_is_not_unicode() -> None:
    """A detail with bytes of a file name that are not text is sent with a replacement character."""
    assert b"index?" in problem(503, "index-missing", "index\udcff: no index").body
