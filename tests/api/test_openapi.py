"""The OpenAPI document describes every field, parameter and operation."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.builders import ADDRESS


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """Return the OpenAPI document as the server sends it."""
    found: dict[str, Any] = client.get("/openapi.json").raise_for_status().json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every operation with its method and path as its name."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_the_document_says_what_it_is(document: dict[str, Any]) -> None:
    """The document states its version, title, summary, description and licence."""
    info = document["info"]

    assert document["openapi"].startswith("3.1.")
    assert info["title"] == "Precedent"
    assert info["summary"]
    assert info["description"]
    assert info["license"]["identifier"] == "Apache-2.0"


def test_every_field_is_described(document: dict[str, Any]) -> None:
    """Every field of every schema has a description."""
    fields = {
        f"{name}.{field}": schema
        for name, noun in document["components"]["schemas"].items()
        for field, schema in noun.get("properties", {}).items()
    }

    assert len(fields) > 100
    assert [name for name, schema in fields.items() if not schema.get("description")] == []


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    """Every parameter has a description and none may be null, which an address cannot express."""
    parameters = {
        f"{name} {parameter['name']}": parameter
        for name, operation in operations(document)
        for parameter in operation.get("parameters", ())
    }

    assert [name for name, one in parameters.items() if not one.get("description")] == []
    assert [name for name, one in parameters.items() if "null" in str(one["schema"])] == []


def test_every_operation_says_what_can_go_wrong(document: dict[str, Any]) -> None:
    """Each operation has a summary, a description, a tag and problem documents for its errors."""
    for name, operation in operations(document):
        errors = {status for status in operation["responses"] if status[0] in "45"}

        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"], name
        assert {"400", "413", "414", "422", "500", "503"} <= errors, name
        for status in errors:
            content = operation["responses"][status]["content"]
            assert list(content) == ["application/problem+json"], name


def test_ids_and_words_have_an_example(document: dict[str, Any]) -> None:
    """Parameters that are ids or words have an example."""
    for name, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path" or parameter["name"] in {"q", "topic", "place"}:
                assert parameter["schema"]["examples"], (name, parameter["name"])


def test_no_page_loads_scripts_from_elsewhere(client: TestClient) -> None:
    """The page of the API loads nothing from other hosts; FastAPI's page /redoc is not served."""
    page = client.get("/docs").text

    assert re.findall(r"<script[^>]*src=[\"']([^\"']*)", page)
    assert "//" not in "".join(re.findall(r"<(?:script|link|img|style)[^>]*>", page)).replace(
        ADDRESS, ""
    )
    assert client.get("/redoc").status_code == 404


def references(part: Any) -> Iterator[str]:
    """Yield every `$ref` in a part of the document."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def test_references_and_schemas_correspond(document: dict[str, Any]) -> None:
    """Every referenced schema exists, and every schema is referenced."""
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    assert set(references(document)) == schemas


def test_a_known_document_is_not_sent_again(client: TestClient) -> None:
    """The document has an ETag; a request with this tag gets a 304 without a body."""
    first = client.get("/openapi.json")

    again = client.get("/openapi.json", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    for answer in (first, again):
        assert answer.headers["cache-control"] == "private, no-cache"
