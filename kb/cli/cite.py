"""kb cite: print citations of records and documents in any citation style."""

import argparse

from kb.citations.cited import ENGLISH_TAG
from kb.citations.styles import style_named
from kb.citations.written import FORMS, cited, written
from kb.cli.terminal import say, say_json
from kb.errors import NotFoundError
from kb.index.engine import open_engine
from kb.search.passages import passage_or_former
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("ids", nargs="+", metavar="ID", help="DOCUMENT or DOCUMENT#RECORD")
    parser.add_argument(
        "--style", default="chicago",
        help="chicago (footnotes), chicago-author-date, apa, mla, harvard, bluebook, the name of a "
        "style in the CSL repository, or the path of a .csl file",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=FORMS, default="text", help="text (default), html or markdown"
    )
    parser.add_argument(
        "--language", default=ENGLISH_TAG, metavar="TAG",
        help="language of the words that the style adds, such as es (default en-US)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the citations as JSON")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print a citation for each id as a line, a Markdown footnote or JSON, and return 0.

    Raise NotFoundError if there is no document or record with one of the ids.
    """
    style = style_named(arguments.style, may_be_file=True)
    reader = open_engine(settings.index).searched().reader()
    entries, missing = [], []
    for id in (one.removeprefix("precedent:").replace("/", "#", 1) for one in arguments.ids):
        entry, _ = passage_or_former(reader, id)
        entries += [entry] if entry else []
        missing += [] if entry else [id[:200]]
    reader.close()
    if missing:
        raise NotFoundError(f"no document or record: {', '.join(missing)}. Next: kb search WORDS")
    found = cited(entries, style, arguments.language)
    lines = [written(one, arguments.format) for one in found]
    if arguments.json:
        pairs = zip(entries, lines, strict=True)
        say_json([{"id": entry.id, "citation": line} for entry, line in pairs])
    elif arguments.format == "markdown" and style.in_notes:
        say("\n".join(f"[^{number}]: {line}" for number, line in enumerate(lines, start=1)))
    else:
        say("\n".join(lines))
    return 0
