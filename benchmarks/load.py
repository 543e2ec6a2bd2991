"""Measure our server under load, in closed loops and then in an open loop.

Closed loop: each client sends its next query when the last one is answered.
Open loop: requests are sent at random times at the given mean rate, whether or not earlier ones
are answered; a latency counts from the time at which the request was due, so it includes waiting.

The clients run on the same machine, as threads of one process, and use part of its processor.
"""

import argparse
import http.client
import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from benchmarks.figures import latency
from benchmarks.machine import ROOT, machine
from benchmarks.questions import SEED, questions, seeds
from benchmarks.quiet import Others, wait_for_quiet
from benchmarks.results import Load, LoadStep, write
from benchmarks.server import Server, serving
from benchmarks.tables import load_table
from kb.errors import KbError
from kb.settings import Settings

CLIENTS = (1, 2, 4, 8, 16, 32, 64)
SECONDS = 10.0
RATE = 40.0
HITS = 10  # per answer
WARM_UP_QUERIES = 20  # before anything is measured
TIMEOUT_S = 30.0
MAX_REQUESTS = 20_000  # of one step, whatever its duration
MAX_CONCURRENT_REQUESTS = 256  # of the open loop
SAMPLE_S = 0.25
PACKAGES = ("precedent", "fastapi", "uvicorn", "onnxruntime", "tantivy", "faiss-cpu", "numpy")


class Answered(NamedTuple):
    """Latency and error of a finished request."""

    ms: float
    error: str | None


class Asker:
    """Thread-safe source of queries, each of which is used once."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source, self._lock = source, threading.Lock()

    def next(self) -> str:
        """Return a query that was not used before. Raise StopIteration if none is left."""
        with self._lock:
            return next(self._source)


class Client:
    """One persistent connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)

    def ask(self, text: str) -> str | None:
        """Send a query and read the whole response; return the error, or None."""
        try:
            self._connection.request("GET", f"/v1/search?q={quote(text)}&k={HITS}")
            response = self._connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            return type(error).__name__
        return None if response.status == http.HTTPStatus.OK else f"status {response.status}"

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def closed(port: int, asker: Asker, clients: int, seconds: float) -> list[Answered]:
    """Run a closed loop of `clients` clients for `seconds`; return their finished requests."""
    until = time.perf_counter() + seconds

    def one() -> list[Answered]:
        client = Client(port)
        found: list[Answered] = []
        while time.perf_counter() < until and len(found) < MAX_REQUESTS // clients:
            text, started = asker.next(), time.perf_counter()
            error = client.ask(text)
            found.append(Answered((time.perf_counter() - started) * 1000, error))
        client.close()
        return found

    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(one) for _ in range(clients)]
        return [answered for each in running for answered in each.result()]


def opened(port: int, asker: Asker, rate: float, seconds: float) -> list[Answered]:
    """Run an open loop of `rate` requests a second on average; return the finished requests.

    Latencies count from the time at which each request was due.
    """
    local, drawn = threading.local(), random.Random(SEED)
    clients: list[Client] = []

    def one(due: float, text: str) -> Answered:
        if not hasattr(local, "client"):
            local.client = Client(port)
            clients.append(local.client)
        error = local.client.ask(text)
        return Answered((time.perf_counter() - due) * 1000, error)

    due = started = time.perf_counter()
    running: list[Future[Answered]] = []
    with ThreadPoolExecutor(MAX_CONCURRENT_REQUESTS) as pool:
        while len(running) < MAX_REQUESTS:
            due += drawn.expovariate(rate)
            if due > started + seconds:
                break
            text = asker.next()
            time.sleep(max(0.0, due - time.perf_counter()))
            running.append(pool.submit(one, due, text))
    for client in clients:
        client.close()
    return [each.result() for each in running]


def step(
    server: Server, ask: Callable[[], list[Answered]], **level: float | str | None
) -> LoadStep:
    """Call `ask`, which sends requests to the server, and return the measurements.

    `level` has the fields that describe the load: loop, clients and rate.
    """
    highest, ended = [server.memory_mb()], threading.Event()

    def watch() -> None:
        while not ended.wait(SAMPLE_S):
            highest.append(server.memory_mb())

    watching = threading.Thread(target=watch)
    watching.start()
    others, used, started = Others(), server.used_s(), time.perf_counter()
    try:
        found = ask()
    finally:
        passed = time.perf_counter() - started
        others_cores = others.cores(server.used_s() - used)
        ended.set()
        watching.join()
    good = [one.ms for one in found if one.error is None]
    return LoadStep.model_validate(
        level
        | {
            "seconds": round(passed, 2),
            "requests": len(found),
            "errors": dict(Counter(one.error for one in found if one.error)),
            "throughput": round(len(good) / passed, 2),
            "latency": latency(good) if good else None,
            "resident_mb": round(max(highest), 1),
            "others_cores": others_cores,
        }
    )


def measure(arguments: argparse.Namespace, settings: Settings) -> Load:
    """Measure every level in turn, on one server."""
    asker = Asker(questions(seeds(arguments.queries, settings.corpus)))
    wait_for_quiet()
    with serving(settings, arguments.workers) as server:
        port, seconds = server.port, arguments.seconds
        warm = Client(port)
        for _ in range(WARM_UP_QUERIES * arguments.workers):
            warm.ask(asker.next())
        warm.close()
        steps = []
        for clients in arguments.clients:
            found = step(
                server, lambda n=clients: closed(port, asker, n, seconds),  # type: ignore[misc]
                loop="closed", clients=clients, rate=None,
            )  # fmt: skip
            print(f"{clients} clients: {found.throughput} a second", file=sys.stderr)
            steps.append(found)
        steps.append(
            step(
                server, lambda: opened(port, asker, arguments.rate, seconds),
                loop="open", clients=None, rate=arguments.rate,
            )
        )  # fmt: skip
        passages = _passages(port)
    return Load(
        machine=machine(PACKAGES),
        workers=arguments.workers,
        passages=passages,
        hits=HITS,
        steps=tuple(steps),
    )


def _passages(port: int) -> int:
    """Return how many passages are served: an empty query matches all of them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    connection.request("GET", "/v1/search?k=1")
    found = json.loads(connection.getresponse().read())
    connection.close()
    return int(found["total"])


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store the result and print its table; return the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.load", description=__doc__)
    parser.add_argument("--clients", type=_numbers, default=CLIENTS, metavar="N,...")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each level")
    parser.add_argument("--rate", type=float, default=RATE, help="of the open loop, a second")
    parser.add_argument("--workers", type=int, default=1, help="processes of the server")
    parser.add_argument("--queries", type=Path, metavar="FILE",
                        default=ROOT / "tests" / "relevance" / "queries.jsonl")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the result")
    arguments = parser.parse_args(argv)
    try:
        result = measure(arguments, Settings.from_environment())
    except KbError as error:
        print(f"benchmarks.load: {error}", file=sys.stderr)
        return error.exit_code
    if arguments.json:
        write(arguments.json, result)
    print(load_table(result))
    return 0


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
