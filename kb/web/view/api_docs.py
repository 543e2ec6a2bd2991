"""Extract the contents of the API documentation page from the OpenAPI document."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

Schema = dict[str, Any]

_METHODS = ("get", "post")
_BOUNDS = {
    "minimum": "{} or more", "maximum": "{} or less", "maxItems": "at most {} values",
    "maxLength": "at most {} characters",
}  # fmt: skip


class Described(NamedTuple):
    """A parameter or a field: its name, its type in words and its description."""

    name: str
    type: str
    schema: str  # name of the schema; empty for a simple value
    description: str
    is_required: bool = False


class Answer(NamedTuple):
    """A response: its status, description and schema."""

    status: str
    description: str
    schema: str


class Operation(NamedTuple):
    """One HTTP method on one path of the API."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Described]
    body: str  # name of the schema of the body; empty without a body
    example: str  # a working curl command
    answers: list[Answer]


class Shape(NamedTuple):
    """A schema with its fields, as shown on the page."""

    name: str
    description: str
    fields: list[Described]


class ApiDocs(NamedTuple):
    """The contents of the API documentation page."""

    title: str
    version: str
    description: str
    groups: list[tuple[str, list[Operation]]]  # the description of a tag and its operations
    shapes: list[Shape]


def api_docs(document: Schema, origin: str) -> ApiDocs:
    """Return the page contents for an OpenAPI document; examples call the server `origin`."""
    info, schemas = document["info"], document["components"]["schemas"]
    operations = list(_operations(document, origin))
    groups = [
        (tag["description"], [one for name, one in operations if name == tag["name"]])
        for tag in document["tags"]
    ]
    shapes = [
        Shape(name, one.get("description", ""), list(_fields(one))) for name, one in schemas.items()
    ]
    return ApiDocs(info["title"], info["version"], info["description"], groups, shapes)


def _operations(document: Schema, origin: str) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if found := methods.get(method):
                yield found["tags"][0], _operation(document, origin, path, method, found)


def _operation(document: Schema, origin: str, path: str, method: str, found: Schema) -> Operation:
    parameters = found.get("parameters", [])
    body = _held(found["requestBody"]) if "requestBody" in found else ""
    return Operation(
        id=found["operationId"],
        method=method.upper(),
        path=path,
        summary=found["summary"],
        description=found.get("description", ""),
        parameters=[
            Described(one["name"], type_words(one["schema"]), "", one["description"],
                      one.get("required", False))
            for one in parameters
        ],
        body=body,
        example=_command(origin + path, parameters, document["components"]["schemas"].get(body)),
        answers=[
            Answer(status, one["description"], _held(one))
            for status, one in sorted(found["responses"].items())
        ],
    )  # fmt: skip


def _fields(schema: Schema) -> Iterator[Described]:
    required = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        yield Described(
            name, type_words(one), _ref(one), one.get("description", ""), name in required
        )


def _held(part: Schema) -> str:
    """Return the name of the schema in a body or response, or "" if there is none."""
    for content in part.get("content", {}).values():
        return _ref(content["schema"])
    return ""


def _ref(schema: Schema) -> str:
    """Return the name of the first schema that this one refers to, or "" if there is none."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    inner = [schema.get("items"), schema.get("additionalProperties"), *_choices(schema)]
    return next((name for one in inner if isinstance(one, dict) and (name := _ref(one))), "")


def _choices(schema: Schema) -> list[Schema]:
    return [*schema.get("anyOf", ()), *schema.get("oneOf", ())]


def type_words(schema: Schema) -> str:
    """Describe the type of a schema in words.

    >>> type_words({"type": "array", "items": {"enum": ["won", "lost"]}, "maxItems": 50})
    'list of won | lost, at most 50 values'
    """
    bounds = [words.format(schema[name]) for name, words in _BOUNDS.items() if name in schema]
    return ", ".join([_kind(schema), *bounds])


def _kind(schema: Schema) -> str:
    if "$ref" in schema:
        return _ref(schema)
    if choices := _choices(schema):
        return " or ".join(dict.fromkeys(map(_kind, choices)))
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum") or [schema["const"]]))
    if schema.get("type") == "array":
        return f"list of {type_words(schema.get('items', {}))}"
    name = str(schema.get("type", "any"))
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(name, name)


def _command(address: str, parameters: list[Schema], body: Schema | None) -> str:
    """Return a curl command that uses the example values of the OpenAPI document."""
    query = {}
    for one in parameters:
        example = next(iter(one["schema"].get("examples", ())), None)
        if one["in"] == "path":
            address = address.replace(f"{{{one['name']}}}", str(example))
        elif one["name"] == "q" or one.get("required"):
            query[one["name"]] = example[0] if isinstance(example, list) else example
    if body:
        fields = body["properties"].items()
        name, field = next((name, one) for name, one in fields if one.get("examples"))
        text = json.dumps({name: field["examples"][0]}, ensure_ascii=False)
        return f"curl -H 'Content-Type: application/json' -d '{text}' '{address}'"
    return f"curl '{address}{'?' if query else ''}{urlencode(query)}'"
