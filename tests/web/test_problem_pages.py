"""Errors are pages for people and problem documents for programs."""

from pathlib import Path
from typing import get_args

import pytest
from fastapi.testclient import TestClient

from kb.http.guards import MAX_TARGET_BYTES, SECURITY_HEADERS
from kb.languages.catalog import catalogue
from kb.languages.registry import LANGUAGES
from kb.settings import MAX_BODY_BYTES, MAX_QUERY_CHARACTERS
from kb.web.error_pages import ABSENT, SENTENCES, Absent
from kb.web.view.page import POLICY
from tests.api.builders import make_app, make_client
from tests.fakes import HashEncoder
from tests.web.conftest import HOSTILE
from tests.web.test_pages import Tags

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
TOO_LONG = "x" * (MAX_QUERY_CHARACTERS + 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/d/a/b/c", 404),
        ("GET", "/v1x", 404),
        ("PUT", "/", 405),
        ("GET", "/search?q=" + "x" * MAX_TARGET_BYTES, 414),
    ],
)
def test_an_unknown_address_has_a_page(
    client: TestClient, method: str, path: str, status: int, language: str
) -> None:
    """A browser gets a page in the reader's language, with a search box and a link home."""
    answer = client.request(method, path, headers=BROWSER | {"accept-language": language})

    tags = Tags(answer.text)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == language
    assert answer.headers["cache-control"] == "no-store"
    assert catalogue(language).gettext(SENTENCES[status]) in answer.text
    assert [tag for tag, _ in tags.tags].count("h1") == 1
    assert ("form", "/search") in [(tag, given.get("action")) for tag, given in tags.tags]
    assert "/" in tags.links()
    assert tags.crossed == []


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/nothing", {}),
        ("/nothing", {"accept": "application/json"}),
        ("/v1/nothing", BROWSER),
        ("/v1", BROWSER),
        ("/v1/documents/nothing", BROWSER),
    ],
)
def test_programs_get_the_problem(client: TestClient, path: str, headers: dict[str, str]) -> None:
    """Clients that do not accept HTML, and all clients of the API, get a problem document."""
    answer = client.get(path, headers=headers)

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == 404


def test_an_error_page_has_the_security_headers(client: TestClient) -> None:
    """An error page has the policy of pages, the security headers and the allowed methods."""
    answer = client.put("/search", headers=BROWSER)

    assert answer.headers["allow"] == "GET, HEAD, POST"
    guards = SECURITY_HEADERS | {"content-security-policy": POLICY}
    assert {name: answer.headers[name] for name in guards} == guards
    assert client.put("/saved").headers["allow"] == "GET, HEAD, POST"
    assert client.post("/glossary").headers["allow"] == "GET, HEAD"


def test_forged_questions_are_refused_on_a_page(client: TestClient) -> None:
    """A form of another site gets an error page; a wrong host gets a problem document."""
    forged = client.post("/search", headers=BROWSER | {"origin": "http://evil.example"})
    elsewhere = client.get("/", headers=BROWSER | {"host": "[::1"})

    assert (forged.status_code, SENTENCES[403] in forged.text) == (403, True)
    assert (elsewhere.status_code, elsewhere.json()["type"]) == (400, "/problems/host")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/d/no-such-document", 404, "We can’t find this document."),
        ("/d/m4bl-vision-2016/no-such-record", 404, "We can’t find this demand or finding."),
        ("/topics/no-such-topic", 404, "We can’t find this topic."),
        ("/topics/no-such-topic/feed.atom", 404, "We can’t find this topic."),
        ("/places/no-such-place", 404, "We can’t find this place."),
        ("/static/nothing.js", 404, "We can’t find this file."),
        ("/search?topic=nothing", 404, "We don’t recognize a topic or place in your search."),
    ],
)
def test_a_missing_page_is_explained_in_the_readers_language(
    client: TestClient, path: str, status: int, said: str, language: str
) -> None:
    """Each kind of missing page has a sentence in each language, without internal messages."""
    answer = client.get(path, headers={"accept-language": language})

    assert answer.status_code == status
    assert f">{catalogue(language).gettext(said)}</p>" in answer.text
    assert "Next:" not in answer.text
    assert not [a for tag, a in Tags(answer.text).tags if tag == "p" and "lang" in a]


def test_every_absence_has_its_sentence() -> None:
    """Each code of `Absent` has a sentence that is translated."""
    assert set(get_args(Absent)) == set(ABSENT)
    for language in set(LANGUAGES) - {"en"}:
        sentences = (*ABSENT.values(), *SENTENCES.values())
        assert all(catalogue(language).gettext(one) != one for one in sentences)


@pytest.mark.parametrize(
    ("language", "question", "other"),
    [
        ("en", "Your search is too long. Use 4,000 characters or fewer.", "your search: from."),
        ("es", "Su búsqueda es demasiado larga. Use 4.000 caracteres o menos.", "búsqueda: from."),
    ],
)
def test_a_question_that_cannot_be_read_says_why(
    client: TestClient, language: str, question: str, other: str
) -> None:
    """By GET and POST the page names the wrong value's field and does not repeat the value."""
    reader = {"accept-language": language}
    by_get = client.get("/search", params={"q": TOO_LONG}, headers=reader)
    by_post = client.post("/search", data={"q": TOO_LONG}, headers=reader)
    wrong = client.get("/search", params={"from": HOSTILE, HOSTILE: "1"}, headers=reader)

    for answer in (by_get, by_post):
        assert answer.status_code == 422
        assert question in answer.text
    assert TOO_LONG not in by_post.text
    assert (wrong.status_code, HOSTILE in wrong.text) == (422, False)
    assert other in wrong.text


def test_a_broken_form_has_a_page(client: TestClient) -> None:
    """A body that is no form is a 400 page."""
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post("/search", content=b"--x\r\nno form", headers=kind)

    assert answer.status_code == 400
    assert SENTENCES[400] in answer.text


def test_too_much_is_refused_on_a_page(client: TestClient) -> None:
    """A form over the limit is a 413 page."""
    form = BROWSER | {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/search", content=b"q=" + b"x" * MAX_BODY_BYTES, headers=form)

    assert answer.status_code == 413
    assert SENTENCES[413] in answer.text


def test_without_an_index_pages_say_so_and_what_mends_it(tmp_path: Path) -> None:
    """Without an index a page is a 503 that names the next command."""
    with make_client(make_app(tmp_path, HashEncoder())) as client:
        answer = client.get("/search?q=rent")
        unknown = client.get("/nothing", headers=BROWSER)

    assert answer.status_code == 503
    assert SENTENCES[503] in answer.text
    assert "Next: kb build" in answer.text
    assert str(tmp_path) not in answer.text
    assert unknown.status_code == 404


def test_an_unexpected_failure_has_a_page_without_its_message() -> None:
    """An unexpected exception is a 500 page that does not name it."""
    app = make_app(Path("nowhere"), HashEncoder())

    def fail(q: str) -> None:
        raise ZeroDivisionError(q)

    app.add_api_route("/fail", fail)
    with make_client(app) as client:
        answer = client.get("/fail?q=x", headers=BROWSER)

    assert answer.status_code == 500
    assert SENTENCES[500] in answer.text
    assert "ZeroDivision" not in answer.text
