"""Which requests are refused, and which headers every response has."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Semaphore

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from kb.encoders.base import Vectors
from kb.encoders.vector_spaces import vector_spaces
from kb.http.guards import (
    LONG_QUESTION_BYTES,
    MAX_TARGET_BYTES,
    SECURITY_HEADERS,
    host_name,
    same_origin,
)
from kb.http.index_watcher import IndexWatcher
from kb.server.app import State, allowed, create_app
from kb.settings import MAX_BODY_BYTES
from tests.api.builders import ADDRESS, make_app, make_client
from tests.builders import make_corpus, make_index
from tests.fakes import HashEncoder

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "LOCALHOST", "[::1]:1", "my.name"])
def test_hosts_of_this_machine_and_configured_ones_are_served(host: str) -> None:
    """The server answers to this machine's names with any port and to configured host names."""
    app = create_app(
        State(IndexWatcher(Path("nowhere"), vector_spaces(HashEncoder())), allowed(["My.Name", ""]))
    )

    assert make_client(app).get("/openapi.json", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::1", "a:b"]
)
def test_other_hosts_are_refused(client: TestClient, host: str) -> None:
    """A request for another host name, as in DNS rebinding, is a 400 for every path."""
    for path in ("/v1/search?q=x", "/healthz", "/openapi.json", "/nothing"):
        answer = client.get(path, headers={"host": host})

        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/host")


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8765", "http://127.0.0.1:8765/"])
def test_a_page_of_this_server_may_post(client: TestClient, origin: str) -> None:
    """A page may post questions to the server that it came from."""
    answer = client.post("/v1/search", json={"q": "rent"}, headers={"origin": origin})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "http://127.0.0.1:8766",
        "http://127.0.0.1",
        "x",
        "http://[",
        "",
    ],
)
def test_a_page_of_another_site_may_not_post(client: TestClient, origin: str) -> None:
    """A question posted by a page of another site or of an unknown origin is refused with 403."""
    answer = client.post("/v1/search", json={"q": "rent"}, headers={"origin": origin})

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/origin")


def test_the_usual_port_of_a_scheme_may_be_left_out() -> None:
    """`https://name` and `name:443` are the same origin, as are `http://name:80` and `name`."""
    assert same_origin(Headers({"origin": "https://name", "host": "name:443"}))
    assert same_origin(Headers({"origin": "http://name:80", "host": "name"}))
    assert not same_origin(Headers({"origin": "https://name", "host": "name:80"}))


def test_a_host_is_read_without_its_port() -> None:
    """`host_name` drops port and brackets, and returns None for text that is not a host."""
    assert host_name("[2001:db8::1]:80") == "2001:db8::1"
    assert host_name("a/b") is None


def test_other_sites_may_not_read(client: TestClient) -> None:
    """No response allows another site to read it."""
    answer = client.get("/v1/topics", headers={"origin": "http://evil.example"})

    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/topics"),
        ("GET", "/nothing"),
        ("POST", "/v1/search"),
        ("DELETE", "/v1/search"),
        ("GET", "/openapi.json"),
        ("GET", "/healthz"),
        ("GET", "/v1/search?" + "x" * MAX_TARGET_BYTES),
    ],
)
def test_every_answer_has_the_security_headers(client: TestClient, method: str, path: str) -> None:
    """Error responses and refusals have the security headers too."""
    headers = client.request(method, path).headers

    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


def chunks(size: int) -> Iterator[bytes]:
    """Yield a body of about `size` bytes, which is sent without a Content-Length."""
    yield b'{"q": "'
    for _ in range(size // 1000):
        yield b"x" * 1000


def test_a_body_over_the_limit_is_refused(client: TestClient) -> None:
    """A body over the limit is refused by its stated length or, without one, while it arrives."""
    said = client.post("/v1/search", content=b"x" * (MAX_BODY_BYTES + 1), headers=JSON)
    unsaid = client.post("/v1/search", content=chunks(2_000_000), headers=JSON)

    assert "content-length" not in unsaid.request.headers
    for answer in (said, unsaid):
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


def test_a_body_up_to_the_limit_is_read(client: TestClient) -> None:
    """A body of exactly the limit is read."""
    question = b'{"q": "rent"}'
    answer = client.post("/v1/search", content=question.ljust(MAX_BODY_BYTES), headers=JSON)

    assert answer.status_code == 200


def test_an_address_over_the_limit_is_refused(client: TestClient) -> None:
    """A longer address is a 414 that says to use POST."""
    answer = client.get("/v1/search", params={"q": "x" * MAX_TARGET_BYTES})

    assert answer.status_code == 414
    assert "POST /v1/search" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/topics/", "/topics"),
        ("/d/m4bl-vision-2016/", "/d/m4bl-vision-2016"),
        ("/d/m4bl-vision-2016//", "/d/m4bl-vision-2016"),
        (
            "/search/?q=rent+control&kind=demand&q=%C3%A9",
            "/search?q=rent+control&kind=demand&q=%C3%A9",
        ),
        ("/v1/documents/?k=1", "/v1/documents?k=1"),
        ("/healthz/", "/healthz"),
        ("/openapi.json/", "/openapi.json"),
        ("/places/us%2Fx/", "/places/us%2Fx"),
        ("/nothing/", "/nothing"),
        ("//", "/"),
    ],
)
def test_a_slash_at_the_end_leads_to_the_address_without(
    client: TestClient, path: str, canonical: str
) -> None:
    """A slash at the end redirects permanently to the address without it and keeps the query."""
    answer = client.get(f"{ADDRESS}{path}", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (308, canonical)


@pytest.mark.parametrize(
    "path", ["//evil.example/", "///evil.example//", "/\\evil.example/", "/%5C/"]
)
def test_a_redirect_never_leads_to_another_host(client: TestClient, path: str) -> None:
    """A redirect leads to a path of this host, however many slashes the address begins with."""
    answer = client.get(f"{ADDRESS}{path}", follow_redirects=False)

    assert answer.status_code == 308
    location = answer.headers["location"]
    assert location[0] == "/"
    assert location[1:2] not in {"/", "\\"}


def test_a_form_is_sent_again_to_the_address_without_a_slash(client: TestClient) -> None:
    """The redirect keeps the method and the body."""
    question = {"q": "police free schools", "k": 1}

    assert client.post("/v1/search/", json=question).json()["total"] > 0


def test_a_request_with_two_lengths_is_refused(client: TestClient) -> None:
    """Content-Length and Transfer-Encoding together are refused: they could mean two requests."""
    both = JSON | {"content-length": "9", "transfer-encoding": "chunked"}

    answer = client.post("/v1/search", content=iter([b'{"q": "a"}']), headers=both)

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/framing")
    assert answer.headers["connection"] == "close"


class SlowEncoder(HashEncoder):
    """An encoder that waits for `go_on` before it encodes a long text."""

    def __init__(self) -> None:
        super().__init__()
        self.reading, self.go_on = Semaphore(0), Event()

    def question(self, text: str) -> Vectors:
        """Encode a short text at once and a long one after `go_on` is set."""
        if len(text) > LONG_QUESTION_BYTES:
            self.reading.release()
            assert self.go_on.wait(60)
        return super().question(text)


@pytest.mark.slow
def test_a_short_question_does_not_wait_for_long_ones(tmp_path: Path) -> None:
    """While long questions by GET and POST are encoded, a short one is answered."""
    root, encoder = tmp_path / "index", SlowEncoder()
    make_index(root, make_corpus(tmp_path), encoder)
    long = "rent " * LONG_QUESTION_BYTES
    with make_client(make_app(root, encoder)) as client, ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(client.post, "/v1/search", json={"q": long[:2000]}),
            pool.submit(client.get, "/v1/search", params={"q": long[:2000]}),
            pool.submit(client.post, "/search", data={"q": long[:2000]}),
            pool.submit(client.get, "/search", params={"q": long[:2000]}),
        ]
        try:
            assert encoder.reading.acquire(timeout=60)
            short = [
                client.post("/v1/search", json={"q": "rent"}).status_code,
                client.get("/search?q=rent").status_code,
            ]
        finally:
            encoder.go_on.set()

        assert short == [200, 200]
        assert [one.result().status_code for one in asked] == [200] * 4
