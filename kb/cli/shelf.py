"""kb shelf: list, export, import, re-read or remove imported documents."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from indexer.imports.package import pack, unpack
from indexer.imports.reread import RereadReport, RereadRequest, reread_originals
from indexer.imports.review import document_items
from indexer.imports.store import ShelfStore, StoredDocument, read_pieces
from indexer.imports.validate import read_rules
from kb.cli.import_ import import_paths
from kb.cli.progress import Bars
from kb.cli.searched_index import build_searched
from kb.cli.terminal import say
from kb.errors import CorpusError, NotFoundError, ShelfError
from kb.locks import locked
from kb.settings import Settings
from kb.shelves.layout import LOCK, read_origin


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="list shelves and documents, with their origins")
    listed.add_argument("shelf", nargs="?", help="list only this shelf")
    removed = actions.add_parser("remove", help="remove a document or a whole shelf")
    removed.add_argument("shelf")
    removed.add_argument("document", nargs="?", help="remove only this document")
    again = actions.add_parser("rebuild", help="read the originals again and rebuild the index")
    again.add_argument("shelf", nargs="?", help="rebuild only this shelf")
    again.add_argument("--password", help="password for encrypted PDFs")
    out = actions.add_parser("export", help="write a shelf to one file, for a colleague")
    out.add_argument("shelf")
    out.add_argument("file", type=Path, help="the file to write")
    into = actions.add_parser("import", help="import a shelf from a colleague's file")
    into.add_argument("file", type=Path)
    into.add_argument("--shelf", dest="name", help="name for the imported shelf")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the action and print the result; return 1 if `rebuild` could not read an original."""
    store = ShelfStore(settings.shelves)
    if arguments.action == "list":
        say("\n".join(listing(store, arguments.shelf)))
        return 0
    with Bars() as bars:
        with locked(settings.shelves, lambda: bars("waiting for an import", 0, 0), name=LOCK):
            code = _change(arguments, settings, store, bars)
        if arguments.action != "export":
            build_searched(settings, bars)
    return code


def _change(
    arguments: argparse.Namespace, settings: Settings, store: ShelfStore, bars: Bars
) -> int:
    """Export, remove, import or rebuild; return the exit code. The caller must hold the lock."""
    match arguments.action:
        case "export":
            count = pack(store, arguments.shelf, arguments.file)
            say(f"Wrote {count} documents of the shelf '{arguments.shelf}' to {arguments.file}.")
            say(f"Next, on the other machine: kb shelf import {arguments.file.name}")
        case "remove":
            count = store.remove(arguments.shelf, arguments.document)
            say(f"Removed {count} documents from the shelf '{arguments.shelf}'.")
        case "import":
            rules = read_rules(settings.corpus)
            name, count = unpack(store, arguments.file, arguments.name, rules)
            say(f"Imported {count} documents to the shelf '{name}'.")
        case _:
            request = RereadRequest(arguments.shelf, arguments.password, os.cpu_count() or 1)
            report = reread_originals(request, import_paths(settings, bars), bars)
            say("\n".join(rebuilt(report)))
            return int(bool(report.failed))
    return 0


def listing(store: ShelfStore, shelf: str | None) -> Iterator[str]:
    """Yield the shelves and their documents as text; raise NotFoundError for an unknown shelf."""
    names = store.names()
    if shelf and shelf not in names:
        raise NotFoundError(f"no shelf '{shelf}'; expected one of: {', '.join(names) or 'none'}")
    if not names:
        yield "No imported documents. Next: kb import PATH"
    for name in [shelf] if shelf else names:
        documents = store.documents(name)
        yield f"{name}: {len(documents)} documents"
        for stored in documents:
            try:
                yield "\n".join(_document_lines(stored))
            except (ShelfError, CorpusError) as error:
                yield f"  {stored.id}: {error}"


def _document_lines(stored: StoredDocument) -> Iterator[str]:
    origin = read_origin(stored.latest)
    version = f", version {stored.latest.name}" if len(stored.versions) > 1 else ""
    states = [item.state for item in document_items(stored)]
    yield f"  {stored.id}{version}: {stored.record().source.title}"
    yield (
        f"    {origin.format}, {len(read_pieces(stored.latest))} passages, "
        f"{states.count('open')} suggested demands, {states.count('accepted')} accepted; "
        f"imported {origin.imported} from {origin.path}"
    )


def rebuilt(report: RereadReport) -> Iterator[str]:
    """Yield lines that say what changed when the originals were read again."""
    yield f"Changed: {len(report.changed)}, each stored as a new version."
    yield f"Unchanged: {report.unchanged}."
    yield from (f"  {id}" for id in report.changed)
    yield from (f"Not read: {one.name}: {one.reason}" for one in report.failed)
