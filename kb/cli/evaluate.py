"""kb evaluate: measure the ranking on judged queries, with nDCG and other measures."""

import argparse
from pathlib import Path
from typing import get_args

from kb.cli.progress import Bars
from kb.cli.terminal import say, say_json
from kb.domain.queries import Mode
from kb.encoders.open import make_spaces, open_reranker
from kb.encoders.sentence_transformers import Encoder
from kb.encoders.vector_spaces import vector_spaces
from kb.errors import QueryError
from kb.evaluation.collect import evaluate, kept
from kb.evaluation.experiments import MODES, Found, Measured, Options, open_searcher, search
from kb.evaluation.judgments import (
    Judgments,
    read_compared,
    read_judgments,
    read_run,
    write_run,
)
from kb.evaluation.report import table
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder with queries.jsonl and "
                        "qrels.tsv, and optionally a corpus.jsonl to search")  # fmt: skip
    parser.add_argument("--mode", choices=get_args(Mode), help="only one mode (default: all)")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    files = parser.add_mutually_exclusive_group()
    files.add_argument("--run", type=Path, metavar="FILE", help="write the ranking of the "
                       "mode (default: hybrid) as a TREC run file")  # fmt: skip
    files.add_argument("--score", type=Path, metavar="FILE", help="measure an existing TREC "
                       "run file instead of searching")  # fmt: skip
    parser.add_argument("--compare", type=Path, metavar="FILE", help="compare with a TREC run "
                        "file of the same queries, query by query")  # fmt: skip
    parser.add_argument(
        "--drop-self", action="store_true", help="ignore the document with the query's own id"
    )
    parser.add_argument(
        "--queries", type=Path, metavar="FILE", help="read the queries from this file"
    )
    parser.add_argument("--language", metavar="CODE", help="language of the queries, and of the "
                        "corpus in the folder: en or es")  # fmt: skip


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Measure the rankings of the queries, or an existing run file, and print the report."""
    if arguments.score and arguments.mode:
        raise QueryError("--mode cannot be used with --score, which does not search. "
                         "Next: kb evaluate DIR --score FILE")  # fmt: skip
    if arguments.run and not arguments.run.parent.is_dir():  # checked now: the search takes minutes
        raise QueryError(f"{arguments.run}: the folder {arguments.run.parent} does not exist. "
                         f"Next: mkdir -p {arguments.run.parent}")  # fmt: skip
    options = Options(
        folder=arguments.folder,
        queries=arguments.queries,
        modes=(arguments.mode,) if arguments.mode else MODES,
        language=arguments.language,
        drop_self=arguments.drop_self,
    )
    judgments = read_judgments(options.folder, options.queries)
    other = read_compared(arguments.compare, judgments) if arguments.compare else None
    if arguments.score:
        found = Found((Measured(read_run(arguments.score)),), {})
    else:
        found = _searched(judgments, options, settings)
    if arguments.run:
        write_run(arguments.run, kept(found.runs[-1].run, options.drop_self))
    report = evaluate(judgments, options, found, other)
    if arguments.json:
        say_json(report)
    else:
        say(table(report))
    return 0


def _searched(judgments: Judgments, options: Options, settings: Settings) -> Found:
    with Bars() as bars:
        meaning = options.modes != ("lexical",)  # lexical search needs no model
        spaces = make_spaces(settings, bars) if meaning else vector_spaces(Encoder(settings.model))
        reranker = open_reranker(settings.reranker)
        searcher = open_searcher(options, settings.index, spaces, bars, reranker)
        return search(searcher, judgments, options, bars)
