"""kb import: import files, folders and URLs to a shelf, and index them."""

import argparse
from collections.abc import Iterator
from typing import Any, get_args

from indexer.corpus.read import tables
from indexer.imports.run import (
    ImportedDocument,
    ImportPaths,
    ImportReport,
    ImportRequest,
    run_import,
)
from kb.cli.progress import Bars
from kb.cli.searched_index import build_searched
from kb.cli.terminal import say, say_json
from kb.domain.documents import DocumentKind
from kb.encoders.open import make_encoder
from kb.errors import QueryError
from kb.search.names import Names
from kb.settings import Settings
from kb.shelves.layout import DEFAULT_SHELF

MAX_NAMED = 20  # documents named in the summary, which counts the rest


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH|URL", help="files, folders (with subfolders) or URLs"
    )
    parser.add_argument(
        "--shelf", default=DEFAULT_SHELF, help=f"shelf to import to (default {DEFAULT_SHELF})"
    )
    parser.add_argument("--password", help="password for encrypted PDFs")
    parser.add_argument("--dry-run", action="store_true", help="read everything, store nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument(
        "--allow-private", action="store_true", help="also fetch from addresses on private networks"
    )
    parser.add_argument(
        "--processes",
        type=int,
        default=0,
        metavar="N",
        help="files to read in parallel (default: one per core)",
    )
    known = parser.add_argument_group("what you know about the documents; also read from FILE.yaml")
    known.add_argument("--title", help="title, if you import one file")
    known.add_argument(
        "--author", action="append", metavar="NAME", help="an author; repeat for more"
    )
    known.add_argument(
        "--organization", action="append", metavar="NAME", help="a publisher; repeat for more"
    )
    known.add_argument("--issued", metavar="DATE", help="EDTF date: 2020, 2020-06, 2020-06-01")
    known.add_argument("--address", metavar="URL", help="web address of the original")
    known.add_argument("--kind", choices=get_args(DocumentKind), help="kind of document")
    known.add_argument("--language", metavar="TAG", help="BCP 47 tag of the text: en, es ...")
    known.add_argument("--place", help="place that the document is about, by id or name")
    known.add_argument(
        "--topic", action="append", metavar="TOPIC", help="a topic, by id or label; repeat for more"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import the files, print the report and rebuild the index.

    Return 1 if a file failed or the import stopped early, else 0.
    """
    if arguments.title and len(arguments.paths) > 1:
        raise QueryError("--title: expected one file. Next: write FILE.yaml next to each file")
    with Bars() as bars:
        request = ImportRequest(
            paths=arguments.paths,
            shelf=arguments.shelf,
            metadata=metadata_of(arguments, settings),
            language=arguments.language,
            password=arguments.password,
            dry_run=arguments.dry_run,
            private=arguments.allow_private,
            processes=arguments.processes,
        )
        report = run_import(request, import_paths(settings, bars), bars)
    # Printed before the build, because the documents are on the shelf even if that fails.
    if arguments.json:
        say_json(report)
    else:
        say("\n".join(lines(report)))
    if not report.dry_run:
        # Even without changes, because an earlier run may have stopped before the build.
        with Bars() as bars:
            change = build_searched(settings, bars)
        if change and change.published and not arguments.json:
            say(f"The index of corpus and shelves now has {change.passages} passages.")
    return int(bool(report.failed or report.stopped))


def import_paths(settings: Settings, bars: Bars) -> ImportPaths:
    """Return the folders for an import, and the token limit for passages."""
    encoder = make_encoder(settings.model, settings.index, bars)
    return ImportPaths(settings.shelves, settings.corpus, encoder.tokens)


def metadata_of(arguments: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """Return the options as front matter; raise NotFoundError if a place or topic is unknown."""
    names = Names(*tables(settings.corpus))
    source = {
        "title": arguments.title,
        "author": [{"literal": name} for name in arguments.author or ()],
        "organization": arguments.organization,
        "issued": arguments.issued,
        "URL": arguments.address,
        "language": arguments.language,
    }
    front = {
        "kind": arguments.kind,
        "language": arguments.language,
        "place": names.listed_place(arguments.place) if arguments.place else None,
        "topics": [names.topic(one) for one in arguments.topic or ()],
    }
    given = {key: value for key, value in front.items() if value}
    known = {key: value for key, value in source.items() if value}
    return given | ({"source": known} if known else {})


def lines(report: ImportReport) -> Iterator[str]:
    """Yield the report of an import as lines of text."""
    for one in report.documents[:MAX_NAMED]:
        yield from _document_lines(one)
    if len(report.documents) > MAX_NAMED:
        yield f"... and {len(report.documents) - MAX_NAMED} more"
    for heading, some in (("Not imported", report.failed), ("Left out", report.skipped),
                          ("Duplicates", report.duplicates)):  # fmt: skip
        if some:
            yield f"{heading}: {len(some)}"
            yield from (f"  {one.name}: {one.reason}" for one in some)
    if report.unchanged:
        yield f"Unchanged: {len(report.unchanged)}"
    if report.stopped:
        yield f"Stopped before the remaining files: {report.stopped}"
    new = sum(one.change == "new" for one in report.documents)
    changed = len(report.documents) - new
    on = "would be on" if report.dry_run else "on"
    yield f"{new} new and {changed} changed {on} the shelf '{report.shelf}'."
    if any(one.suggestions for one in report.documents):
        yield "Suggested demands were found. Next: kb review"


def _document_lines(one: ImportedDocument) -> Iterator[str]:
    size = f"{one.pages} pages, " if one.pages else ""
    yield f"{one.change}: {one.title}"
    yield f"  {one.id} from {one.name}"
    if one.change != "record":
        yield f"  {size}{one.passages} passages, {one.suggestions} suggested demands"
    if one.guessed:
        yield f"  guessed: {', '.join(one.guessed)}"
    for remark in one.remarks:
        yield f"  {remark.place + ': ' if remark.place else ''}{remark.text}"
