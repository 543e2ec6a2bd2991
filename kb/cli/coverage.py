"""kb coverage: count what the corpus has and what it lacks."""

import argparse

from indexer.corpus.coverage import Row, Table, tables
from indexer.corpus.read import read
from kb.cli.terminal import say, say_json
from kb.errors import CorpusError
from kb.settings import Settings

BAR = 30  # characters of the longest bar


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("--json", action="store_true", help="print the tables as JSON")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the tables."""
    corpus = read(settings.corpus)
    if corpus.problems:
        raise CorpusError(corpus.problems)
    found = tables(corpus)
    if arguments.json:
        say_json([{"title": one.title, "rows": [row._asdict() for row in one.rows]}
                  for one in found])  # fmt: skip
    else:
        say("\n\n".join(map(_text, found)))
    return 0


def _text(table: Table) -> str:
    """Return a table; bars show a row's share of its total or, without one, of the largest row."""
    width = max((len(row.label) for row in table.rows), default=0)
    most = max((row.number for row in table.rows), default=0)
    return "\n".join([table.title, *(_line(row, width, most) for row in table.rows)])


def _line(row: Row, width: int, most: int) -> str:
    whole = most if row.of is None else row.of
    bar = "█" * round(BAR * min(row.number / whole, 1)) if whole else ""
    count = str(row.number) if row.of is None else f"{row.number} of {row.of}"
    drawn = f"{bar:{BAR}}  {row.more}" if row.more else bar
    return f"  {row.label:{width}}  {count:>12}  {drawn}".rstrip()
