"""kb coverage: count the contents of the corpus and show its gaps."""

import argparse

from indexer.corpus.coverage import tables
from indexer.corpus.read import read
from kb.cli.terminal import say, say_json
from kb.domain.tables import Row, Table
from kb.errors import CorpusError
from kb.languages.labels import COVERAGE, EVIDENCE, KNOWN, SUPPORT, UNKNOWN
from kb.search.labels import label
from kb.search.names import Names
from kb.settings import Settings

OWN_WORDS = KNOWN | SUPPORT | EVIDENCE
BAR = 30  # characters of the longest bar


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print the tables as JSON")
    forms.add_argument(
        "--markdown",
        action="store_true",
        help="print the tables as Markdown, as in docs/reliability.md",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the tables as text, Markdown or JSON; raise CorpusError if a file is invalid."""
    corpus = read(settings.corpus)
    if corpus.problems:
        raise CorpusError(corpus.problems)
    found = tables(corpus)
    if arguments.json:
        say_json([one.model_dump(exclude_none=True) for one in found])
        return 0
    names = Names(corpus.topics.topics, corpus.places.places)
    print_table = _markdown if arguments.markdown else _text
    say("\n\n".join(print_table(one, names) for one in found))
    return 0


def _markdown(table: Table, names: Names) -> str:
    """Return a table in Markdown, under a heading."""
    lines = [f"## {COVERAGE[table.name]}", "", "| | number |", "| --- | ---: |"]
    for row in table.rows:
        number = f"{row.number:,}" if _is_plain(row) else f"{row.number:,} of {row.of:,}"
        lines.append(f"| {_label(table.field, row.value, names)} | {number} |")
    return "\n".join(lines)


def _text(table: Table, names: Names) -> str:
    """Return a table as text; a bar shows a row's share of its total, or of the largest row."""
    labels = [_label(table.field, row.value, names) for row in table.rows]
    width = max(map(len, labels), default=0)
    most = max((row.number for row in table.rows), default=0)
    lines = (
        _line(f"{one:{width}}", row, most) for one, row in zip(labels, table.rows, strict=True)
    )
    return "\n".join([COVERAGE[table.name], *lines])


def _label(field: str, value: str, names: Names) -> str:
    if not value:
        return UNKNOWN[field]
    return OWN_WORDS.get(value) or label(names, field, value, "en")


def _line(name: str, row: Row, most: int) -> str:
    whole = most if row.of is None else row.of
    bar = "█" * round(BAR * min(row.number / whole, 1)) if whole else ""
    count = str(row.number) if _is_plain(row) else f"{row.number} of {row.of}"
    if row.regions is not None:
        bar = f"{bar:{BAR}}  lost or reversed: {row.undone}; states or countries: {row.regions}"
    return f"  {name}  {count:>12}  {bar}".rstrip()


def _is_plain(row: Row) -> bool:
    """Return whether to print a row's number alone: it has no total, or its total is a goal."""
    return row.of is None or row.regions is not None
