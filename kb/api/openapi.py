"""The parts of the OpenAPI document that the routes do not define themselves."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kb.domain.base import Noun
from kb.http.problems import MEDIA_TYPE, Problem

TITLE = "Precedent"
SUMMARY = "What movements demanded, from whom, on what evidence, and with what outcome."
DESCRIPTION = """\
Search and read a knowledge base of policy demands: platforms, reports, writings and outcomes, \
described in our own words, each with its source.

Every response names the index generation that produced it; the same query to the same generation \
gets the same response. Queries are not logged.
"""
LICENSE = {"name": "Apache-2.0; the descriptions: CC-BY-4.0", "identifier": "Apache-2.0"}

Responses = dict[int | str, dict[str, Any]]

_ETAG = {
    "ETag": {
        "description": "Weak entity tag: the same until the index is rebuilt.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {
        "description": "A response may be cached and must be revalidated each time.",
        "schema": {"type": "string"},
    },
}


def problems(**said: str) -> Responses:
    """Return the OpenAPI problem responses by status; pass a description as `s404="..."`."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        int(status.removeprefix("s")): {"description": text, "content": content}
        for status, text in said.items()
    }


def by_get(noun: type[Noun], text: str) -> Responses:
    """Return the OpenAPI responses of a GET route: 200 with the model, or 304."""
    unchanged = {"description": "The response matches If-None-Match.", "headers": _ETAG}
    return {200: {"model": noun, "description": text, "headers": _ETAG}, 304: unchanged}


def by_post(noun: type[Noun], text: str) -> Responses:
    """Return the OpenAPI responses of a POST route: 200 with the model."""
    return {200: {"model": noun, "description": text}}


def unkept(noun: type[Noun], text: str) -> Responses:
    """Return the OpenAPI responses of a GET route that forbids caching: 200 with the model."""
    control = {"description": "`no-store`: no cache may store it.", "schema": {"type": "string"}}
    return {200: {"model": noun, "description": text, "headers": {"Cache-Control": control}}}


RESPONSES = problems(
    s400="The server does not serve this host, or the body is not JSON.",
    s413="The body is too large.",
    s414="The address is too long.",
    s422="The request is invalid; `errors` says where and what was expected.",
    s500="Internal error; the content of the request is neither shown nor logged.",
    s503="The index is missing or cannot be opened.",
)
NO_SUCH_NAME = problems(s404="A place or topic is unknown; `detail` names similar ones.")
STALE_CURSOR = problems(
    s409="The cursor belongs to another query, or the index was rebuilt. Start again without it."
)
OTHER_SITE = problems(s403="The request was sent by a page of another site.")


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the API, including the parts that no route defines."""
    found = get_openapi(
        title=app.title,
        version=app.version,
        summary=SUMMARY,
        description=DESCRIPTION,
        license_info=LICENSE,
        routes=app.routes,
        tags=TAGS,
    )
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    found["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
    for operations in found["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _without_null(parameter["schema"])
    return found


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema without its null alternative, because a URL parameter is never null."""
    kept: list[dict[str, Any]] = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(kept) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name not in {"anyOf", "default"}}
    return kept[0] | rest


TAGS = [
    {"name": "search", "description": "Search, and what is indexed."},
    {"name": "quotes", "description": "Quotations in drafts."},
    {"name": "read", "description": "Documents, records and passages by id or by filter."},
    {"name": "vocabulary", "description": "The thesaurus and the gazetteer."},
    {"name": "server", "description": "The server itself."},
]
