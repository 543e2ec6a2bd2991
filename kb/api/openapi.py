"""The OpenAPI document: what is in it beside what the routes say themselves."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kb.domain.noun import Noun
from kb.http.problems import MEDIA_TYPE, Problem

TITLE = "Precedent"
SUMMARY = "What movements asked for, of whom, with which evidence, and what came of it."
DESCRIPTION = """\
Search and read a knowledge base of policy demands: platforms, reports, writings and outcomes, \
described in our own words, each with its source.

Every answer names the index generation that gave it. The same question of the same generation \
has the same answer. Questions are not logged.
"""
LICENCE = {"name": "Apache-2.0; the descriptions: CC-BY-4.0", "identifier": "Apache-2.0"}

Responses = dict[int | str, dict[str, Any]]

_ETAG = {
    "ETag": {
        "description": "Weak tag of the answer: the same until the index is built again.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {
        "description": "An answer may be kept, and is to be asked for again each time.",
        "schema": {"type": "string"},
    },
}


def problems(**said: str) -> Responses:
    """Responses by status, `s404="..."`, each a problem document."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        int(status.removeprefix("s")): {"description": text, "content": content}
        for status, text in said.items()
    }


def by_get(noun: type[Noun], text: str) -> Responses:
    """The responses of a GET that answers with a noun, or that it is known."""
    unchanged = {"description": "The answer is one of If-None-Match.", "headers": _ETAG}
    return {200: {"model": noun, "description": text, "headers": _ETAG}, 304: unchanged}


def by_post(noun: type[Noun], text: str) -> Responses:
    """The response of a POST that answers with a noun."""
    return {200: {"model": noun, "description": text}}


RESPONSES = problems(
    s400="The host is not one of this server's, or the body is not JSON.",
    s413="The body is too large.",
    s414="The address is too long.",
    s422="The request cannot be read; `errors` says where and what was expected.",
    s500="A fault of ours; what was asked is neither shown nor logged.",
    s503="There is no index, or it cannot be opened.",
)
NO_SUCH_NAME = problems(s404="A place or topic is not known; `detail` names the ones near it.")
STALE_CURSOR = problems(
    s409="The cursor is of another question, or the index was built again. Ask without it."
)
OTHER_SITE = problems(s403="The request was sent by a page of another site.")


def document(app: FastAPI) -> dict[str, Any]:
    """The whole document."""
    found = get_openapi(
        title=app.title,
        version=app.version,
        summary=SUMMARY,
        description=DESCRIPTION,
        license_info=LICENCE,
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
    """A parameter is there or it is not; no address can hold null."""
    kept: list[dict[str, Any]] = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(kept) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name not in {"anyOf", "default"}}
    return kept[0] | rest


TAGS = [
    {"name": "search", "description": "Questions in words, and what is indexed."},
    {"name": "read", "description": "Documents, records and passages by id or by filter."},
    {"name": "vocabulary", "description": "The thesaurus and the gazetteer."},
    {"name": "server", "description": "The server itself."},
]
