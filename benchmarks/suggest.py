"""Measure the suggestions that appear while somebody types a title of our corpus.

Every prefix of the titles is completed in this process, and the processor time of its one thread is
measured; some prefixes are also sent as requests to the application in the same process. The same
prefixes are measured again with a letter missing from each word that may be misspelled, because
spellings are corrected only if nothing matches the text as typed.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from fastapi.testclient import TestClient

from benchmarks.figures import Latency, latency
from benchmarks.machine import machine
from benchmarks.quiet import Others, wait_for_quiet
from benchmarks.results import Suggest, Typed, write
from benchmarks.tables import suggest_table
from kb.index.engine import open_engine
from kb.search.complete import Completer
from kb.search.names import Names
from kb.server.app import State, create_app, follow
from kb.settings import Settings
from kb.text.prefixes import edits_allowed
from kb.text.query import QueryTree

LETTERS = 30  # of the longest prefix
EACH = 3  # one of this many prefixes is sent as a request
LIMIT = 8
PACKAGES = ("precedent", "numpy", "rapidfuzz", "fastapi", "pydantic")


def prefixes(titles: Sequence[str]) -> list[str]:
    """Return every prefix of the titles up to LETTERS, each once, in order."""
    found = (title[:end] for title in titles for end in range(1, min(LETTERS, len(title)) + 1))
    return list(dict.fromkeys(found))


def misspelled(typed: str) -> str:
    """Return the text without the third letter of each word long enough for spelling correction.

    >>> misspelled("police out of sch")
    'poice out of sch'
    """
    words = typed.split(" ")
    return " ".join(one[:2] + one[3:] if edits_allowed(one[1:]) else one for one in words)


def timed(
    ask: Callable[[str], object],
    texts: Sequence[str],
    clock: Callable[[], float] = time.perf_counter,
) -> Latency:
    """Call `ask` once with each text; return the latency by `clock`, which counts seconds."""
    found = []
    for text in texts:
        started = clock()
        ask(text)
        found.append((clock() - started) * 1000)
    return latency(found)


def measure() -> Suggest:
    """Measure the completions of the published index."""
    settings = Settings.from_environment()
    reader = open_engine(settings.index).reader()
    names = Names(reader.topics(), reader.places())
    summaries = reader.fetch(reader.select(QueryTree(), (("kind=summary",),)).tolist())
    right = prefixes([entry.title for entry in summaries])
    wrong = [typed for typed in dict.fromkeys(map(misspelled, right)) if typed not in set(right)]
    wait_for_quiet()
    others, started = Others(), time.thread_time()
    completer = Completer(reader, names)
    opened = time.thread_time() - started
    app = create_app(State(follow(settings)))
    with TestClient(app, base_url="http://127.0.0.1") as client:

        def request(typed: str) -> None:
            client.post("/v1/suggest", json={"q": typed, "limit": LIMIT}).raise_for_status()

        request("a")  # reads the texts
        rows = [
            Typed(
                name=name,
                prefixes=len(texts),
                completed=timed(
                    lambda typed: completer.suggest(typed, LIMIT, "en"), texts, time.thread_time
                ),
                requested=timed(request, texts[::EACH]),
            )
            for name, texts in (("as in the title", right), ("misspelled", wrong))
        ]
    return Suggest(
        machine=machine(PACKAGES),
        titles=len(summaries),
        texts=completer.size,
        open_s=round(opened, 2),
        rows=tuple(rows),
        others_cores=others.cores(),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store the result and print its table; return the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.suggest", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the result")
    arguments = parser.parse_args(argv)
    result = measure()
    if arguments.json:
        write(arguments.json, result)
    print(suggest_table(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
