"""Compare our search with other systems on the same texts, queries, judgments and encoder.

Systems run one after the other, each in its own process: it builds its index, runs one query to
warm up, and then every query in turn, from text to ids and scores, encoding included.

To save time, sentence-transformers computes the documents' vectors once for the systems that accept
vectors; its time is added to their build time. Precedent and txtai always encode the documents
themselves, and every system encodes every query itself, within the measured time. With
`--own-embeddings` each system computes all its vectors, within the measured build.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.figures import latency
from benchmarks.machine import ROOT, machine
from benchmarks.quiet import MAX_OTHER_CORES, wait_for_quiet
from benchmarks.results import FOLDER, Peers, SystemResult, write
from benchmarks.systems import SYSTEMS
from benchmarks.systems.encoding import FILE
from benchmarks.tables import peers_table
from benchmarks.trial import QUIET, Task, Trial
from benchmarks.work import Text, Work, read_documents, write_work
from kb.errors import KbError
from kb.evaluation.collect import kept
from kb.evaluation.judgments import Run, Scored, read_judgments
from kb.evaluation.measures import DEPTH, MAIN, Values, interval, per_query

OURS = "ours"
SHARED = ("torch", "sentence-transformers", "numpy")
ATTEMPTS = 4  # to get an undisturbed build
LIMIT_S = 3600  # per trial; a slower system is stopped
ERROR_LINES = 3  # last lines of a failed system's output that are shown


class Bench(NamedTuple):
    """Settings of all trials of a run."""

    folder: Path  # temporary
    work: Path
    own_embeddings: bool
    depth: int


class Tried(NamedTuple):
    """A trial with its build time, or the problem if it failed."""

    trial: Trial | None
    build_s: float = 0.0
    index_s: float | None = None
    problem: str | None = None
    others_build: float = 0.0  # of an earlier trial whose build time is included


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the chosen systems on one collection, store the result and print its table."""
    arguments = _parser().parse_args(argv)
    try:
        result = compare(arguments)
    except KbError as error:
        print(f"benchmarks.peers: {error}", file=sys.stderr)
        return error.exit_code
    if arguments.json:
        write(arguments.json, result)
    print(peers_table(result))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a collection in BEIR's layout")
    parser.add_argument("--drop-self", action="store_true", help="leave the query's own id out")
    parser.add_argument("--language", choices=("en", "es"), default="en")
    parser.add_argument("--queries", type=Path, metavar="FILE", help="read the queries from here")
    parser.add_argument("--limit-queries", type=int, metavar="N", help="only the first N queries")
    parser.add_argument("--only", metavar="NAME,...", help=f"some of {', '.join(SYSTEMS)}")
    parser.add_argument("--own-embeddings", action="store_true",
                        help="let every system encode the documents itself")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE",
                        help=f"store the result, for the report in {FOLDER.name}/")  # fmt: skip
    return parser


def compare(arguments: argparse.Namespace) -> Peers:
    """Measure the chosen systems on the same documents and queries.

    Raise JudgmentsError if the collection or its judgments cannot be read.
    """
    judgments = read_judgments(arguments.folder, arguments.queries)
    measured = judgments.measured()
    topics = measured[: arguments.limit_queries]
    before = machine(()).code
    queries = [Text(topic.query_id, topic.text) for topic in topics]
    documents = read_documents(arguments.folder)
    work = Work(arguments.folder.resolve(), arguments.language, documents, queries)
    chosen = [name for name in SYSTEMS if name in (arguments.only or ",".join(SYSTEMS)).split(",")]
    with tempfile.TemporaryDirectory(prefix="kb-peers-") as name:
        bench = Bench(
            Path(name), Path(name) / "work.json", arguments.own_embeddings,
            DEPTH + arguments.drop_self,
        )  # fmt: skip
        write_work(bench.work, work)
        tried = _try_all(chosen, bench)
    values = {
        one: per_query(judgments, topics, _run(one, found.trial, arguments.drop_self))
        for one, found in tried.items()
        if found.trial
    }
    packages = {one for name in chosen for one in SYSTEMS[name].packages}
    return Peers(
        collection=arguments.folder.resolve().name,
        queries_file=arguments.queries.name if arguments.queries else "queries.jsonl",
        language=arguments.language,
        drop_self=arguments.drop_self,
        own_embeddings=arguments.own_embeddings,
        documents=len(documents),
        queries=len(topics),
        judged=len(measured),
        depth=DEPTH,
        main=MAIN,
        machine=machine([*SHARED, *sorted(packages)], before),
        systems=tuple(_result(one, found, values) for one, found in tried.items()),
    )


def _run(name: str, trial: Trial, drop_self: bool) -> Run:
    rankings = {
        query: tuple(Scored(*one) for one in ranking) for query, ranking in trial.rankings.items()
    }
    return kept(Run(name, rankings), drop_self)


def _result(name: str, tried: Tried, values: Mapping[str, Mapping[str, Values]]) -> SystemResult:
    about, trial = SYSTEMS[name], tried.trial
    if trial is None:
        return SystemResult(key=name, name=about.name, problem=tried.problem)
    against = values.get(OURS) if name != OURS else None
    return SystemResult(
        key=name,
        name=about.name,
        measures={one: round(float(found.mean()), 4) for one, found in values[name].items()},
        ours_minus=interval(against[MAIN] - values[name][MAIN]) if against else None,
        build_s=round(tried.build_s, 2),
        index_s=None if tried.index_s is None else round(tried.index_s, 2),
        search=latency(trial.search_ms),
        encode_ms=round(float(np.median(trial.encode_ms)), 3) if trial.encode_ms else None,
        peak_mb=trial.peak_mb,
        resident_mb=trial.resident_mb,
        timed=trial.quiet,
        others_build=max(trial.others_build, tried.others_build),
    )


def _try_all(names: Sequence[str], bench: Bench) -> dict[str, Tried]:
    """Run the trials of each system in turn, never two at once."""
    vectors = None
    if not bench.own_embeddings and any(SYSTEMS[name].takes_vectors for name in names):
        vectors = _trial("encoding", bench, only_build=True)
    ours = None
    if not bench.own_embeddings and {"ours", "ours-dense"} & set(names):
        ours = _trial("ours", bench, home="ours", only_build=True)
    found = {}
    for name in names:
        if name in {"ours", "ours-dense"} and ours:
            found[name] = _after(ours, _trial(name, bench, home="ours"), whole=True)
        elif SYSTEMS[name].takes_vectors and vectors:
            file = bench.folder / "encoding" / FILE
            found[name] = _after(vectors, _trial(name, bench, vectors=file), whole=False)
        else:
            found[name] = _trial(name, bench)
    return found


def _after(before: Tried, tried: Tried, whole: bool) -> Tried:
    """Return a trial whose build time includes an earlier trial, or the trial that failed.

    If `whole`, the earlier trial was the whole build; otherwise it only computed vectors.
    """
    if tried.trial is None or before.trial is None:
        return tried if tried.trial is None else before
    build = before.build_s if whole else before.build_s + tried.build_s
    others = before.trial.others_build
    return tried._replace(build_s=build, index_s=tried.build_s, others_build=others)


def _trial(
    name: str, bench: Bench, home: str = "", vectors: Path | None = None, only_build: bool = False
) -> Tried:
    """Run a system until its build is undisturbed, or ATTEMPTS times; return the last trial."""
    for attempt in range(1, ATTEMPTS + 1):
        wait_for_quiet()
        place = bench.folder / (home or name)
        if only_build or not home:  # a named home keeps the files of its first trial
            shutil.rmtree(place, ignore_errors=True)
        place.mkdir(exist_ok=True)
        task = Task(
            name, str(bench.work), str(place), str(bench.folder / "answer.json"),
            str(vectors) if vectors else None, bench.depth, only_build, attempt == ATTEMPTS,
        )  # fmt: skip
        tried = _attempt(task, bench.folder / "task.json")
        if tried.trial is None or tried.trial.others_build <= MAX_OTHER_CORES:
            break
        print(f"  others used {tried.trial.others_build} cores", file=sys.stderr, flush=True)
    return tried


def _attempt(task: Task, written: Path) -> Tried:
    """Run one trial in its own process; show its output only if it fails."""
    answer = Path(task.answer)
    answer.unlink(missing_ok=True)
    written.write_text(json.dumps(task), "utf-8")
    print(f"{task.system}{', build alone' if task.only_build else ''} ...",
          file=sys.stderr, flush=True)  # fmt: skip
    command = [sys.executable, "-m", "benchmarks.trial", str(written)]
    try:
        ended = subprocess.run(
            command, cwd=ROOT, env=os.environ | QUIET, capture_output=True, text=True,
            timeout=LIMIT_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Tried(None, problem=f"took more than {LIMIT_S} s")
    if ended.returncode or not answer.exists():
        last = ended.stderr.strip().splitlines()[-ERROR_LINES:]
        print("\n".join(last), file=sys.stderr)
        return Tried(None, problem=last[-1] if last else f"ended with {ended.returncode}")
    trial = Trial(*json.loads(answer.read_text("utf-8")))
    return Tried(trial, trial.build_s)


if __name__ == "__main__":
    sys.exit(main())
