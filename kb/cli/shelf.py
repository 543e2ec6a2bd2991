"""kb shelf: what was imported, and how it is handed to a colleague, read again or taken away."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from indexer.imports.package import pack, unpack
from indexer.imports.reread import Again, Rebuilt, read_again
from indexer.imports.review import suggestions
from indexer.imports.store import LOCK, Shelves, origin, pieces_of
from kb.cli.import_ import place_of
from kb.cli.progress import Bars
from kb.cli.searched_index import build_searched
from kb.errors import NotFoundError
from kb.index.local.generations import locked
from kb.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="shelves and documents, with where they came from")
    listed.add_argument("shelf", nargs="?", help="one shelf")
    removed = actions.add_parser("remove", help="take a document, or a whole shelf, away")
    removed.add_argument("shelf")
    removed.add_argument("document", nargs="?", help="id of one document")
    again = actions.add_parser("rebuild", help="read the originals again, and build the index")
    again.add_argument("shelf", nargs="?", help="one shelf")
    again.add_argument("--password", help="opens encrypted PDFs")
    out = actions.add_parser("export", help="write a shelf into one file for a colleague")
    out.add_argument("shelf")
    out.add_argument("file", type=Path, help="the file to write")
    into = actions.add_parser("import", help="take in the file of a colleague's shelf")
    into.add_argument("file", type=Path)
    into.add_argument("--shelf", dest="name", help="under another name")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do it and say what was done; 1 where an original could not be read again."""
    shelves = Shelves(settings.shelves)
    if arguments.action == "list":
        print("\n".join(listing(shelves, arguments.shelf)))
        return 0
    with Bars() as bars:
        bad = False
        with locked(settings.shelves, lambda: bars("waiting for an import", 0, 0), name=LOCK):
            if arguments.action == "export":
                count = pack(shelves, arguments.shelf, arguments.file)
                said = f"{count} documents of the shelf '{arguments.shelf}' in {arguments.file}."
                print(f"{said}\nNext, on the other machine: kb shelf import {arguments.file.name}")
                return 0
            if arguments.action == "remove":
                count = shelves.remove(arguments.shelf, arguments.document)
                print(f"Removed {count} documents from the shelf '{arguments.shelf}'.")
            elif arguments.action == "import":
                name, count = unpack(shelves, arguments.file, arguments.name)
                print(f"{count} documents are on the shelf '{name}' now.")
            else:
                asked = Again(arguments.shelf, arguments.password, os.cpu_count() or 1)
                done = read_again(asked, place_of(settings, bars), bars)
                print("\n".join(rebuilt(done)))
                bad = bool(done.failed)
        build_searched(settings, bars)
    return int(bad)


def listing(shelves: Shelves, shelf: str | None) -> Iterator[str]:
    """Each shelf with its documents; NotFoundError where there is no such shelf."""
    names = shelves.names()
    if shelf and shelf not in names:
        raise NotFoundError(f"no shelf '{shelf}'; there are: {', '.join(names) or 'none'}")
    if not names:
        yield "Nothing is on a shelf. Next: kb import PATH"
    for name in [shelf] if shelf else names:
        documents = shelves.documents(name)
        yield f"{name}: {len(documents)} documents"
        for kept in documents:
            came = origin(kept.latest)
            version = f", version {kept.latest.name}" if len(kept.versions) > 1 else ""
            states = [one.state for one in suggestions(shelves, name, kept.id)]
            yield f"  {kept.id}{version}: {kept.record().source.title}"
            yield (
                f"    {came.format}, {len(pieces_of(kept.latest))} passages, "
                f"{states.count('open')} suggested demands, {states.count('accepted')} accepted; "
                f"imported {came.imported} from {came.path}"
            )


def rebuilt(done: Rebuilt) -> Iterator[str]:
    """What reading again did, in a few lines."""
    yield f"{len(done.changed)} were read differently: they have a new version."
    yield f"{done.unchanged} were read as before."
    yield from (f"  {id}" for id in done.changed)
    yield from (f"Not read: {one.name}: {one.why}" for one in done.failed)
