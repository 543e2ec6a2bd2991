"""A page that the browser has is not sent again, and any other page is."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.http.etags import known_tags
from kb.web.view.page import POLICY
from tests.api.builders import make_app, make_client
from tests.builders import make_corpus, make_document, make_index, write_document
from tests.fakes import HashEncoder

PATHS = [
    "/",
    "/search?q=police",
    "/d/m4bl-vision-2016",
    "/topics/policing",
    "/saved",
    "/feed.atom",
    "/sitemap.xml",
    "/robots.txt",
]
SECURITY = ("content-security-policy", "x-content-type-options", "referrer-policy")


@pytest.mark.parametrize("path", PATHS)
def test_a_known_page_is_not_sent_again(client: TestClient, path: str) -> None:
    """A request with the page's weak ETag gets a 304 with the same headers and no body."""
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": f'"other", {first.headers["etag"]}'})

    assert first.headers["etag"].startswith('W/"')
    assert (again.status_code, again.content) == (304, b"")
    for answer in (first, again):
        assert answer.headers["etag"] == first.headers["etag"]
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["vary"] == "accept-language, cookie"
    assert {name for name in SECURITY if name not in again.headers} == set()


def test_a_known_page_keeps_its_policy(client: TestClient) -> None:
    """A 304 has the security policy and the language of the page."""
    tag = client.get("/").headers["etag"]

    again = client.get("/", headers={"if-none-match": tag})

    assert again.headers["content-security-policy"] == POLICY
    assert again.headers["content-language"] == "en"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/search?q=rent", {"accept-language": "es"}),
        ("/search?q=rent", {"cookie": "saved=x"}),
        ("/search?q=rent&lang=es", {}),
        ("/search?q=rents", {}),
        ("/", {}),
    ],
)
def test_another_page_is_sent(client: TestClient, path: str, headers: dict[str, str]) -> None:
    """Another language, saved list or address gives another page, whatever ETag is sent."""
    tag = client.get("/search?q=rent").headers["etag"]

    answer = client.get(path, headers={"if-none-match": tag} | headers)

    assert answer.status_code == 200
    assert answer.headers["etag"] != tag


def test_other_cookies_and_languages_change_nothing(client: TestClient) -> None:
    """A foreign cookie and an unsupported language do not change the ETag."""
    tag = client.get("/").headers["etag"]
    others = {"if-none-match": tag, "cookie": "session=1", "accept-language": "fr, en;q=0.5"}

    assert client.get("/", headers=others).status_code == 304


def test_a_new_index_makes_new_pages(tmp_path: Path) -> None:
    """After a build every ETag changes."""
    root, corpus, encoder = tmp_path / "index", make_corpus(tmp_path), HashEncoder()
    make_index(root, corpus, encoder)
    with make_client(make_app(root, encoder)) as client:
        tag = client.get("/glossary").headers["etag"]
    write_document(corpus, make_document("tenants-platform-2021"))
    make_index(root, corpus, encoder)

    with make_client(make_app(root, encoder)) as client:
        answer = client.get("/glossary", headers={"if-none-match": tag})

    assert answer.status_code == 200
    assert answer.headers["etag"] != tag


def test_a_known_page_is_not_rendered(tmp_path: Path) -> None:
    """A 304 is answered before anything is searched or encoded."""
    root, encoder = tmp_path / "index", HashEncoder()
    make_index(root, make_corpus(tmp_path), encoder)
    with make_client(make_app(root, encoder)) as client:
        tag = client.get("/search?q=rent").headers["etag"]
        encoder.encoded.clear()

        again = client.get("/search?q=rent", headers={"if-none-match": tag})
        encoded = list(encoder.encoded)
        client.get("/search?q=rent")

    assert (again.status_code, encoded) == (304, [])
    assert encoder.encoded == ["rent"]


def test_a_private_search_is_not_cached(client: TestClient) -> None:
    """An answer to a form has no ETag and must not be stored."""
    known = {"if-none-match": client.get("/search").headers["etag"]}

    answer = client.post("/search", data={"q": "strike"}, headers=known)

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in answer.headers


def test_an_error_page_has_no_tag(client: TestClient) -> None:
    """An error page has no ETag and is not matched by a star."""
    for path in ("/d/no-such-document", "/search?from=-1"):
        answer = client.get(path, headers={"if-none-match": "*"})

        assert answer.status_code in {404, 422}
        assert "etag" not in answer.headers
    assert client.get("/", headers={"if-none-match": "*"}).status_code == 304


def test_headers_alone_can_be_asked_for(client: TestClient) -> None:
    """HEAD is answered with the headers of GET, its ETag included."""
    whole, alone = client.get("/glossary"), client.head("/glossary")

    assert (alone.status_code, alone.headers) == (200, whole.headers)
    assert client.head("/d/no-such-document").status_code == 404
    assert (
        client.head("/glossary", headers={"if-none-match": whole.headers["etag"]}).status_code
        == 304
    )


def test_tags_are_compared_weakly() -> None:
    """An ETag is known with and without its weak mark, in a list of any spacing."""
    assert known_tags('W/"a" ,"b"') == {'"a"', '"b"'}
    assert known_tags(None) == {""}
