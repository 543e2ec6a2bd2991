"""References and files lead to their record after the port of this computer changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kb.encoders.vector_spaces import vector_spaces
from kb.errors import KbError
from kb.exports.formats import FORMATS
from kb.http.index_watcher import IndexWatcher
from kb.server.app import State, allowed, create_app
from kb.server.serve import Door
from kb.settings import Settings
from kb.web.view.urls import is_public
from tests.builders import make_demand, make_document, make_index, write_document
from tests.fakes import HashEncoder

PUBLIC = "https://precedent.example.org"
DOCUMENT, RECORD = "tenants-platform-2020", "tenants-platform-2020#freeze-rents"
PATH = "/d/tenants-platform-2020/freeze-rents"
HOSTS = ["127.0.0.1:8765", "localhost:8765", "192.168.1.5:8765", "laptop.local:8765", "[::1]:80"]
# Everything that is taken along, put on paper or pasted, and what programs of other people read.
KEPT = [f"/saved.{one}?r={PATH[3:]}" for one in FORMATS]
PAGES = [PATH, f"/d/{DOCUMENT}", f"/saved?r={PATH[3:]}", "/search?q=rents"]
FOR_PROGRAMS = ["/feed.atom", "/sitemap.xml", "/robots.txt", "/opensearch.xml"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """Return the folder of an index of one document."""
    folder, root = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    (folder / "platforms").mkdir()
    for name in ("topics.yaml", "places.yaml"):
        (folder / name).write_bytes((corpus / name).read_bytes())
    document = make_document(records=[make_demand(topics=("housing",))], topics=("housing",))
    write_document(folder, document.model_copy(update={"place": "us"}))
    make_index(root, folder, HashEncoder())
    return root


def browser(root: Path, public_url: str | None) -> Iterator[TestClient]:
    """Yield a client of a server with this public address, or without one."""
    names = [host.rpartition(":")[0].strip("[]") for host in HOSTS]
    watcher = IndexWatcher(root, vector_spaces(HashEncoder()), 60)
    app = create_app(State(watcher, allowed([*names, "other.example.org"]), public_url=public_url))
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        yield client


@pytest.fixture(scope="module")
def private(root: Path) -> Iterator[TestClient]:
    """Yield a client of a server without a public address."""
    yield from browser(root, None)


@pytest.fixture(scope="module")
def public(root: Path) -> Iterator[TestClient]:
    """Yield a client of a server with a public address."""
    yield from browser(root, PUBLIC)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", KEPT)
def test_a_file_has_no_local_address(private: TestClient, path: str, host: str) -> None:
    """A file has the record's id instead of an address that only this network knows."""
    text = private.get(path, headers={"host": host}).text.replace("\\", "")

    assert RECORD in text
    assert host.rpartition(":")[0] not in text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_gives_a_reference_to_keep(private: TestClient, path: str) -> None:
    """The permanent link that a page offers is the reference with the id."""
    text = private.get(f"{path}{'&' if '?' in path else '?'}lang=en").text

    assert f"precedent:{DOCUMENT}" in text
    assert f"127.0.0.1:8765{PATH}" not in text.partition("<main")[2]


def test_paper_has_no_code_of_this_computer(private: TestClient, public: TestClient) -> None:
    """The printed QR code is drawn only for an address that others can open."""
    assert "<svg" not in private.get(PATH).text.partition('class="print-only"')[2]
    assert "<svg" in public.get(PATH).text.partition('class="print-only"')[2]


@pytest.mark.parametrize("path", [*KEPT, *PAGES, *FOR_PROGRAMS])
def test_the_public_address_is_used_everywhere(public: TestClient, path: str) -> None:
    """With KB_PUBLIC_URL files, pages and feeds have that address for every host."""
    answer = public.get(path)

    assert answer.status_code == 200
    assert PUBLIC in answer.text.replace("\\", "")
    assert "127.0.0.1" not in answer.text
    assert "This address works on this computer only" not in answer.text


def test_a_public_host_name_needs_no_setting(private: TestClient) -> None:
    """A server that is requested by a public host name uses that name in links."""
    text = private.get(KEPT[0], headers={"host": "other.example.org"}).text

    assert f"http://other.example.org{PATH}" in text


def test_a_reference_finds_its_record(private: TestClient) -> None:
    """A search for the reference has its record first."""
    answer = private.get("/v1/search", params={"q": f"precedent:{RECORD}"}).json()

    assert answer["hits"][0]["id"] == RECORD


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("precedent.example.org", True), ("8.8.8.8", True), ("10.0.0.8", False),
        ("169.254.1.1", False), ("::1", False), ("fe80::1", False), ("laptop", False),
        ("laptop.local", False), ("a.localhost", False), ("", False),
    ],
)  # fmt: skip
def test_private_hosts_are_not_public(host: str, expected: bool) -> None:
    """Private addresses and local names are not public."""
    assert is_public(host) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [(f"{PUBLIC}/", PUBLIC), ("HTTP://Example.org:8080", "http://example.org:8080"), ("", None)],
)
def test_a_public_address_is_read(
    monkeypatch: pytest.MonkeyPatch, given: str, expected: str | None
) -> None:
    """Scheme and host are read, without a slash at the end; an empty setting is None."""
    monkeypatch.setenv("KB_PUBLIC_URL", given)

    assert Settings.from_environment().public_url == expected


@pytest.mark.parametrize("given", ["example.org", "ftp://a.org", "https://a.org/x", "https://a b"])
def test_an_invalid_public_address_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """The error says that scheme and host were expected."""
    monkeypatch.setenv("KB_PUBLIC_URL", given)

    with pytest.raises(KbError, match="expected scheme and host"):
        Settings.from_environment()


def test_a_public_server_serves_no_shelves() -> None:
    """A server with a public address serves no shelves."""
    assert Door().with_shelves
    assert not Door(public_url=PUBLIC).with_shelves
    assert Door(public_url=PUBLIC).public == {"precedent.example.org"}
