"""The page of the API shows all of the OpenAPI document, and its examples work."""

import html
import re
import shlex
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kb.languages.registry import LANGUAGES
from tests.web.test_pages import Tags


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    """Return the HTML of the page in English."""
    return client.get("/docs").raise_for_status().text


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """Return the OpenAPI document."""
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def shown(text: str) -> str:
    """Return a text escaped as the page escapes it."""
    return html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def test_everything_of_the_document_is_shown(page: str, document: dict[str, Any]) -> None:
    """Each operation, parameter, response, schema and field is shown with its description."""
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in page
            parts = [*one.get("parameters", ()), *one["responses"].values()]
            assert [p for p in parts if shown(p["description"]) not in page] == []
            assert shown(one["description"]) in page
    for name, schema in document["components"]["schemas"].items():
        assert f'id="schema-{name}"' in page
        for field, one in schema.get("properties", {}).items():
            assert f"<code>{field}</code>" in page
            assert shown(one["description"]) in page


def test_every_example_works(client: TestClient, page: str) -> None:
    """Each command on the page is answered by this server with 200."""
    commands = [html.unescape(one) for one in re.findall(r"<code>(curl .*?)</code>", page)]

    assert len(commands) > 12
    for command in commands:
        words = shlex.split(command)
        if "-d" in words:
            body = words[words.index("-d") + 1]
            headers = {"content-type": words[words.index("-H") + 1].partition(": ")[2]}
            assert client.post(words[-1], content=body, headers=headers).status_code == 200
        else:
            assert client.get(words[-1]).status_code == 200, command


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_within_the_page_lead_somewhere(client: TestClient, language: str) -> None:
    """Each link to a part of the page has a target, and ids are unique."""
    tags = Tags(client.get(f"/docs?lang={language}").text)
    ids = [given["id"] for _, given in tags.tags if "id" in given]

    assert len(set(ids)) == len(ids)
    assert [one for one in tags.links() if one.startswith("#") and one[1:] not in ids] == []


def test_the_home_page_links_the_page_of_the_api(client: TestClient) -> None:
    """The home page links to /docs."""
    assert "/docs" in Tags(client.get("/").text).links()
