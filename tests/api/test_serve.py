"""The server as people start it: a process of its own, on a real port."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from kb.errors import KbError
from kb.server.serve import lan_address, listen, url
from tests.api.builders import DOCUMENTS

CANARY = "kanarienvogel"
SCRIPT = """
import sys
from functools import partial
from pathlib import Path
from kb.server.serve import Door, serve
from kb.settings import Settings

if __name__ == "__main__":
    settings = Settings(corpus=Path("corpus"), index=Path("index"), shelves=Path("shelves"))
    workers, lan = int(sys.argv[1]), sys.argv[2] == "lan"
    serve(settings, Door("127.0.0.1", 0, lan), workers, partial(print, flush=True))
"""


class Answer(NamedTuple):
    """The status, text and headers of a response."""

    status: int
    text: str
    headers: dict[str, str]


class Server(NamedTuple):
    """A running server process with its port and first line of output."""

    process: subprocess.Popen[str]
    port: int
    first_line: str

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send a request and return the response, also if its status is an error."""
        if body is not None:
            headers = {"Content-Type": "application/json", **headers}
        request = Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        try:
            with urlopen(request, timeout=60) as found:
                return Answer(found.status, found.read().decode(), dict(found.headers))
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(), dict(error.headers))


@contextmanager
def running(folder: Path, repository: Path, workers: int = 1, lan: str = "") -> Iterator[Server]:
    """Yield a server over `folder/index`; everything that it may write goes into `folder`."""
    (folder / "run.py").write_text(SCRIPT, "utf-8")
    (folder / "home").mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(repository),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "home"),
        # What would send every address to a collector, if it were not switched off.
        "FASTAPI_OTEL_AUTO_CONFIGURE": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
    }
    with (folder / "stdout").open("w") as out, (folder / "stderr").open("w") as err:
        process = subprocess.Popen(
            [sys.executable, "run.py", str(workers), lan],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
        )
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith("Serving "), (folder / "stderr").read_text("utf-8")
            port = int(line.split(" ")[1].rpartition(":")[2])
            yield Server(process, port, line.strip())
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            with process.stdout as rest:  # what was read ahead of the first line is in it too
                out.write(rest.read())


def make_folder(tmp_path: Path, index: Path) -> Path:
    """Copy the small index into the folder of a test and return the folder."""
    shutil.copytree(index, tmp_path / "index", symlinks=True)
    return tmp_path


def test_no_word_of_a_question_is_written_anywhere(
    tmp_path: Path, index: Path, repository: Path
) -> None:
    """Words sent by GET and POST, in refused and in failing requests, are in no log and no file."""
    folder = make_folder(tmp_path, index)
    question = json.dumps({"q": CANARY, "organization": [CANARY]}).encode()
    with running(folder, repository) as server:
        asked = [
            server.ask(f"/v1/search?q={CANARY}&mode=lexical"),
            server.ask("/v1/search", question),
            server.ask(f"/v1/suggest?q={CANARY}"),
            server.ask("/v1/suggest", question),
            server.ask(f"/v1/search?q=x&place={CANARY}"),
            server.ask(f"/v1/search?k={CANARY}"),
            server.ask("/v1/search", b'{"q": "' + CANARY.encode()),
            server.ask(f"/{CANARY}"),
            server.ask("/v1/search", CANARY.encode() * 10_000),
            server.ask(f"/v1/search?q={CANARY * 2_000}"),
            server.ask(f"/v1/search?q={CANARY}", Host=f"{CANARY}.example"),
        ]
        # The catalogue is damaged under the running server, so that a request fails.
        catalogue = next((folder / "index" / "generations").glob("*/catalogue.sqlite"))
        with catalogue.open("r+b") as file:
            file.write(b"rubbish" * (catalogue.stat().st_size // 7))
        asked.append(server.ask(f"/v1/search?q={CANARY}&mode=dense&k=100"))

    refused = [422, 404, 422, 422, 404, 413, 414, 400]
    assert [answer.status for answer in asked] == [200, 200, 200, *refused, 500]
    assert CANARY not in asked[-1].text
    log = (folder / "stderr").read_text("utf-8")
    assert "DatabaseError at " in log
    assert "telemetry configuration" not in log  # FastAPI tries it, unless it is switched off
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert {"stdout", "stderr", "catalogue.sqlite"} <= {path.name for path in written}
    assert [path for path in written if CANARY.encode() in path.read_bytes()] == []


def test_the_server_says_what_it_serves_and_not_its_software(
    tmp_path: Path, index: Path, repository: Path
) -> None:
    """The first line has the address and the generation; no header names the software."""
    with running(make_folder(tmp_path, index), repository) as server:
        health = server.ask("/healthz")
        headers = {name.lower() for name in health.headers}

    generation = json.loads(health.text)["generation"]
    assert server.first_line == (
        f"Serving http://127.0.0.1:{server.port} (generation {generation}, "
        f"{len(DOCUMENTS)} documents)"
    )
    assert "server" not in headers
    assert server.process.returncode == 0


def test_workers_serve_the_local_network(tmp_path: Path, index: Path, repository: Path) -> None:
    """Two workers answer at this machine's network address and print it with its QR code."""
    folder = make_folder(tmp_path, index)
    with running(folder, repository, workers=2, lan="lan") as server:
        there = server.ask("/v1/search?q=rent", Host=f"{lan_address()}:{server.port}")
        elsewhere = server.ask("/v1/search?q=rent", Host="evil.example")

    said = (folder / "stdout").read_text("utf-8")
    assert (there.status, elsewhere.status) == (200, 400)
    assert f"For phones on this network: http://{lan_address()}:{server.port}\n" in said
    assert "█" in said


@pytest.mark.slow
def test_a_server_without_an_index_says_what_to_do(tmp_path: Path, repository: Path) -> None:
    """Without an index the server starts and says in its first line how to make one."""
    with running(tmp_path, repository) as server:
        health = server.ask("/healthz")

    assert "Next: kb build" in server.first_line
    assert health.status == 503


def test_a_port_in_use_is_an_error_that_names_the_next_port() -> None:
    """The message for a port in use names the command for the next port."""
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(KbError) as caught:
            listen("127.0.0.1", port)

    assert str(caught.value) == (
        f"127.0.0.1:{port}: the port is in use. Next: kb serve --port {port + 1}"
    )


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("no such host", 0), ("::1", 70000)])
def test_an_unusable_address_is_an_error(host: str, port: int) -> None:
    """Any refusal by the system is raised as KbError."""
    with pytest.raises(KbError, match="cannot listen here"):
        listen(host, port)


def test_addresses_are_printed_as_they_are_typed() -> None:
    """An IPv6 address has brackets; a server on all addresses is shown at this machine's own."""
    assert url("127.0.0.1", 80) == "http://127.0.0.1:80"
    assert url("0.0.0.0", 80) == "http://127.0.0.1:80"
    assert url("::", 80) == "http://[::1]:80"
    assert socket.inet_aton(lan_address())
