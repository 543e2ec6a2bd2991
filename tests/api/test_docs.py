"""docs/api.md documents every endpoint, filter, error and limit of the API, and no others."""

import json
import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient

from kb.domain.queries import MAX_VALUE_CHARACTERS, MAX_VALUES, Filters
from kb.http.guards import MAX_TARGET_BYTES
from kb.search.retrieve import DEPTH
from kb.server.connections import REQUEST_SECONDS
from kb.settings import (
    MAX_BODY_BYTES,
    MAX_COMPLETIONS,
    MAX_HITS,
    MAX_QUERY_CHARACTERS,
    MAX_TYPED_CHARACTERS,
)
from tests.api.builders import ADDRESS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
_EXAMPLE = re.compile(r"```console\n\$ (curl [^\n]+)\n```\n(?:[^`]*?```json\n(.*?)```)?", re.DOTALL)


class Example(NamedTuple):
    """A curl command of the page, and an excerpt of the JSON that answers it."""

    command: str
    excerpt: str


def examples() -> list[Example]:
    """Return every curl command of the page with its excerpt."""
    return [Example(*match.groups()) for match in _EXAMPLE.finditer(PAGE.read_text("utf-8"))]


def table(first_column: str) -> list[list[str]]:
    """Return the rows of the table whose first column has this heading."""
    lines = PAGE.read_text("utf-8").split(f"| {first_column} |", 1)[1].splitlines()[2:]
    rows = lines[: next(i for i, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def holds(whole: Any, part: Any) -> bool:
    """Return whether `whole` holds `part`: objects may have more fields, lists more items."""
    if isinstance(part, dict):
        return all(key in whole and holds(whole[key], value) for key, value in part.items())
    if isinstance(part, list) and part:
        return len(whole) >= len(part) and all(map(holds, whole, part))
    return bool(whole == part)


def send(client: TestClient, command: str) -> Any:
    """Send the request of a curl command and return the JSON of the response."""
    words = shlex.split(command)[1:]
    body, headers = None, {}
    while words[0].startswith("-"):
        option, value, *words = words
        if option == "-d":
            body = value
        else:
            name, _, text = value.partition(": ")
            headers[name] = text
    assert words[0].startswith(ADDRESS)
    method = "GET" if body is None else "POST"
    return client.request(method, words[0], content=body, headers=headers).json()


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.command[:60])
def test_an_example_answers_what_the_page_says(client: TestClient, example: Example) -> None:
    """The response to every command holds the excerpt below it."""
    assert holds(send(client, example.command), json.loads(example.excerpt))


def test_there_are_examples() -> None:
    """The page has at least five commands, and `examples` finds all of them."""
    assert len(examples()) == PAGE.read_text("utf-8").count("$ curl") >= 5


def test_every_endpoint_is_in_the_table_and_no_other(client: TestClient) -> None:
    """The table of endpoints lists exactly the operations of the OpenAPI document."""
    paths = client.get("/openapi.json").json()["paths"]
    real = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}

    assert {row[0].strip("`") for row in table("method and path")} == real


def test_every_filter_is_in_the_table_and_no_other(client: TestClient) -> None:
    """The table lists exactly the fields of `Filters`, which every path with filters takes."""
    written = [row[0].strip("`") for row in table("filter")]
    paths = client.get("/openapi.json").json()["paths"]

    assert written == list(Filters.model_fields)
    for path in ("search", "documents", "records", "passages", "coverage"):
        names = {one["name"] for one in paths[f"/v1/{path}"]["get"]["parameters"]}
        assert names - {
            "q",
            "mode",
            "sort",
            "group",
            "intent",
            "k",
            "cursor",
            "if-none-match",
        } == set(written)


def test_every_value_of_a_filter_is_in_the_table(client: TestClient) -> None:
    """The row of a filter with fixed values names all of them."""
    parameters = client.get("/openapi.json").json()["paths"]["/v1/coverage"]["get"]["parameters"]
    rows = {row[0].strip("`"): row[1] for row in table("filter")}
    for parameter in parameters:
        values = parameter["schema"].get("items", {}).get("enum", [])

        assert [value for value in values if f"`{value}`" not in rows[parameter["name"]]] == []


def test_every_error_is_in_the_table(client: TestClient) -> None:
    """The table of statuses lists exactly those of the OpenAPI document, and 405."""
    paths = client.get("/openapi.json").json()["paths"]
    real = {
        status
        for methods in paths.values()
        for operation in methods.values()
        for status in operation["responses"]
        if status[0] in "45"
    }

    assert {row[0] for row in table("status")} == real | {"405"}


def test_the_limits_are_those_of_the_code() -> None:
    """The numbers in the section on limits are exactly the constants of the code."""
    limits = PAGE.read_text("utf-8").split("## Limits")[1].split("##")[0]
    numbers = {int(number) for number in re.findall(r"\d+", limits)}

    assert numbers == {
        MAX_QUERY_CHARACTERS,
        MAX_TYPED_CHARACTERS,
        MAX_COMPLETIONS,
        MAX_VALUES,
        MAX_VALUE_CHARACTERS,
        MAX_HITS,
        MAX_BODY_BYTES,
        MAX_TARGET_BYTES,
        DEPTH,
        REQUEST_SECONDS,
    }


def test_each_line_of_prose_has_one_sentence() -> None:
    """Prose has one sentence on each line, so that a diff shows which sentences changed."""
    prose = re.sub(r"```.*?```", "", PAGE.read_text("utf-8"), flags=re.DOTALL)
    lines = [line for line in prose.splitlines() if line and line[0] not in "|#"]

    assert [line for line in lines if re.search(r"[.!?] [A-Z]", line)] == []
