"""The OpenAPI document describes everything, and loads nothing from elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.builders import ADDRESS


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """The document as it is served."""
    found: dict[str, Any] = client.get("/openapi.json").raise_for_status().json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation with its name."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_the_document_says_what_it_is(document: dict[str, Any]) -> None:
    """Version of the format, title, summary, description and licence are there."""
    info = document["info"]

    assert document["openapi"].startswith("3.1.")
    assert info["title"] == "Precedent"
    assert info["summary"]
    assert info["description"]
    assert info["license"]["identifier"] == "Apache-2.0"


def test_every_field_is_described(document: dict[str, Any]) -> None:
    """No field of any answer or question is without a description."""
    fields = {
        f"{name}.{field}": schema
        for name, noun in document["components"]["schemas"].items()
        for field, schema in noun.get("properties", {}).items()
    }

    assert len(fields) > 100
    assert [name for name, schema in fields.items() if not schema.get("description")] == []


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    """No parameter is without a description, and none may be null, which no address can hold."""
    parameters = {
        f"{name} {parameter['name']}": parameter
        for name, operation in operations(document)
        for parameter in operation.get("parameters", ())
    }

    assert [name for name, one in parameters.items() if not one.get("description")] == []
    assert [name for name, one in parameters.items() if "null" in str(one["schema"])] == []


def test_every_operation_says_what_can_go_wrong(document: dict[str, Any]) -> None:
    """Each operation has a summary, a tag and problem documents for its errors."""
    for name, operation in operations(document):
        errors = {status for status in operation["responses"] if status[0] in "45"}

        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"], name
        assert {"400", "413", "414", "422", "500", "503"} <= errors, name
        for status in errors:
            content = operation["responses"][status]["content"]
            assert list(content) == ["application/problem+json"], name


def test_parameters_that_need_one_have_an_example(document: dict[str, Any]) -> None:
    """Ids and words come with an example that works."""
    for name, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path" or parameter["name"] in {"q", "topic", "place"}:
                assert parameter["schema"]["examples"], (name, parameter["name"])


def test_no_page_loads_scripts_from_elsewhere(client: TestClient) -> None:
    """The page of the API has no script but our own; the other one of FastAPI is not served."""
    page = client.get("/docs").text

    assert re.findall(r"<script[^>]*src=[\"']([^\"']*)", page)
    assert "//" not in "".join(re.findall(r"<(?:script|link|img|style)[^>]*>", page)).replace(
        ADDRESS, ""
    )
    assert client.get("/redoc").status_code == 404


def references(part: Any) -> Iterator[str]:
    """Every `$ref` in a part of the document."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def test_every_reference_leads_to_a_schema(document: dict[str, Any]) -> None:
    """Nothing is referred to that is not there, and nothing is there that is not referred to."""
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    assert set(references(document)) == schemas


def test_the_document_is_not_sent_again(client: TestClient) -> None:
    """It has a tag and says how long it holds; who names the tag gets 304."""
    first = client.get("/openapi.json")

    again = client.get("/openapi.json", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    for answer in (first, again):
        assert answer.headers["cache-control"] == "private, no-cache"
