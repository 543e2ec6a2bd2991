"""Links with parameters that other programs added."""

import pytest
from fastapi.testclient import TestClient

from tests.web.test_pages import Tags

# What social networks, advertisers and newsletters add to links.
ADDED = [
    "fbclid", "gclid", "msclkid", "utm_source", "utm_medium", "mc_cid", "mc_eid", "igshid", "ref",
    "_hsenc", "x",
]  # fmt: skip
PAGES = [
    "/search?q=bail&kind=demand", "/search", "/d/m4bl-vision-2016", "/topics/policing",
    "/organizations?name=BYP100", "/saved?r=m4bl-vision-2016", "/places", "/",
]  # fmt: skip


def words(page: str) -> str:
    """Return the HTML of a page's main part."""
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", ADDED)
def test_added_parameters_change_nothing(client: TestClient, path: str, name: str) -> None:
    """An unknown parameter changes neither the page nor its links."""
    plain = client.get(path)

    answer = client.get(f"{path}{'&' if '?' in path else '?'}{name}=IwAR0canary")

    assert answer.status_code == plain.status_code
    assert "canary" not in answer.text
    assert words(answer.text) == words(plain.text)
    assert list(Tags(answer.text).links()) == list(Tags(plain.text).links())


@pytest.mark.parametrize("name", ADDED)
def test_the_api_refuses_unknown_parameters(client: TestClient, name: str) -> None:
    """The API answers an unknown parameter with an error that names it."""
    answer = client.get("/v1/search", params={"q": "bail", name: "1"})

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/query/{name}"]


def test_unknown_form_fields_are_ignored(client: TestClient) -> None:
    """A private search with unknown fields, a file and empty values is the search without them."""
    plain = client.post("/search", data={"q": "bail"})

    fields = client.post("/search", data={"q": "bail", "fbclid": "canary", "topic": ""})
    file = client.post("/search", data={"q": "bail"}, files={"kind": ("a.txt", b"canary")})

    assert words(fields.text) == words(file.text) == words(plain.text)
    assert "canary" not in fields.text + file.text


def test_an_invalid_value_is_named(client: TestClient) -> None:
    """The page names the filter with the invalid value."""
    for query, field in (
        ("kind=nothing", "kind"),
        ("year_from=x", "year_from"),
        ("from=x", "from"),
    ):
        answer = client.get(f"/search?{query}")

        assert answer.status_code == 422
        assert f"your search: {field}." in answer.text
