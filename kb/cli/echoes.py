"""kb echoes: show where a bill, memo or op-ed has the words or ideas of what is indexed."""

import argparse
from collections.abc import Iterator

from kb.cli.check_quotes import read_file
from kb.cli.terminal import say, say_json
from kb.encoders.open import open_spaces
from kb.index.engine import open_engine
from kb.quotes.drafts import read_draft
from kb.quotes.echoes import EchoReport, echoes
from kb.quotes.originals import Originals
from kb.search.searcher import Searcher
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("file", help="DOCX, ODT, Markdown, HTML or text; - for standard input")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the echoes of each section; nothing of the text is kept."""
    blocks = read_draft(*read_file(arguments.file))
    reader = open_engine(settings.index).searched().reader()
    try:
        searcher = Searcher(reader, open_spaces(settings))
        report = echoes(blocks, Originals(reader, settings.shelves), searcher)
    finally:
        reader.close()
    if arguments.json:
        say_json(report)
    else:
        say("\n".join(lines(report)))
    return 0


def lines(report: EchoReport) -> Iterator[str]:
    """Yield the report as lines of text."""
    for one in report.same_words:
        place = f", {one.found.locator}" if one.found.locator else ""
        yield f"{one.place}: {one.words} words as in {one.found.title}{place}"
        yield f"  draft:  {' '.join(one.text.split())}"
        yield f"  source: {' '.join(one.found.stored.split())}"
    section = ""
    for idea in report.same_ideas:
        if idea.section != section:
            section = idea.section
            yield f"{idea.place}: {section}"
        facts = (idea.target, idea.amount, idea.instrument, idea.outcome)
        yield f"  {idea.title} ({idea.document}; {idea.id})"
        yield f"    {' · '.join([idea.action, *filter(None, facts)])}"
    if not report.same_words and not report.same_ideas:
        yield "No echoes found."
