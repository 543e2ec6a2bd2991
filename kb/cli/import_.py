"""kb import: files, folders and addresses onto a shelf, and into the index of this machine."""

import argparse
from collections.abc import Iterator
from typing import Any, get_args

from indexer.corpus.read import tables
from indexer.imports.run import Brought, Place, Summary, Wish, bring
from indexer.imports.store import DEFAULT
from kb.cli.progress import Bars
from kb.cli.searched_index import build_searched
from kb.domain.documents import DocumentKind
from kb.encoders.onnx import FastEncoder
from kb.encoders.open import make_encoder
from kb.errors import QueryError
from kb.search.names import Names
from kb.settings import Settings

SHOWN = 20  # documents named in the summary before the rest is counted


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH|URL", help="files, folders (to their ends), addresses"
    )
    parser.add_argument("--shelf", default=DEFAULT, help=f"which shelf (default {DEFAULT})")
    parser.add_argument("--password", help="opens encrypted PDFs")
    parser.add_argument("--dry-run", action="store_true", help="read everything, keep nothing")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.add_argument(
        "--allow-private", action="store_true", help="fetch from addresses of private networks too"
    )
    parser.add_argument(
        "--processes", type=int, default=0, metavar="N", help="files read at once (default: cores)"
    )
    told = parser.add_argument_group("what you know of the documents; FILE.yaml beside a file too")
    told.add_argument("--title", help="title; for one file")
    told.add_argument("--author", action="append", metavar="NAME", help="a person; repeat for more")
    told.add_argument("--organization", action="append", metavar="NAME", help="a publisher")
    told.add_argument("--issued", metavar="DATE", help="EDTF date: 2020, 2020-06, 2020-06-01")
    told.add_argument("--address", metavar="URL", help="where the original can be read")
    told.add_argument("--kind", choices=get_args(DocumentKind), help="kind of document")
    told.add_argument("--language", metavar="TAG", help="BCP 47 tag of the text: en, es ...")
    told.add_argument("--place", help="place that it is about, by id or name")
    told.add_argument("--topic", action="append", metavar="TOPIC", help="by id or label")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import and say what came of each file; 1 where some could not be imported."""
    if arguments.title and len(arguments.paths) > 1:
        raise QueryError("--title: expected one file. Next: write FILE.yaml beside each")
    with Bars() as bars:
        wish = Wish(
            paths=arguments.paths,
            shelf=arguments.shelf,
            told=told(arguments, settings),
            language=arguments.language,
            password=arguments.password,
            dry_run=arguments.dry_run,
            private=arguments.allow_private,
            processes=arguments.processes,
        )
        done = bring(wish, place_of(settings, bars), bars)
        # Also where nothing new was brought: a run before may have been killed before this.
        change = None if done.dry_run else build_searched(settings, bars)
    if arguments.json:
        print(done.model_dump_json(indent=2))
    else:
        print("\n".join(lines(done)))
        if change and change.published:
            print(f"Searched with the corpus on this machine: {change.passages} passages in all.")
    return int(bool(done.failed))


def place_of(settings: Settings, bars: Bars) -> Place:
    """Where an import reads and writes, and how long the passages may be."""
    encoder = make_encoder(settings.model, settings.index, bars)
    place = Place(settings.shelves, settings.corpus)
    if isinstance(encoder, FastEncoder):
        return place._replace(tokenizer=encoder.tokenizer, tokens=encoder.exported.max_tokens)
    return place


def told(arguments: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """What the flags say, as front matter; NotFoundError names the nearest places and topics."""
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
        "place": names.place(arguments.place) if arguments.place else None,
        "topics": [names.topic(one) for one in arguments.topic or ()],
    }
    said = {key: value for key, value in front.items() if value}
    known = {key: value for key, value in source.items() if value}
    return said | ({"source": known} if known else {})


def lines(done: Summary) -> Iterator[str]:
    """What an import did, as a person reads it."""
    for one in done.brought[:SHOWN]:
        yield from _brought(one)
    if len(done.brought) > SHOWN:
        yield f"... and {len(done.brought) - SHOWN} more"
    for heading, some in (("Not imported", done.failed), ("Left out", done.skipped),
                          ("The same twice", done.same)):  # fmt: skip
        if some:
            yield f"{heading}: {len(some)}"
            yield from (f"  {one.name}: {one.why}" for one in some)
    if done.unchanged:
        yield f"Unchanged: {len(done.unchanged)}"
    new = sum(one.change == "new" for one in done.brought)
    changed = len(done.brought) - new
    kept = "would be on" if done.dry_run else "on"
    yield f"{new} new and {changed} changed {kept} the shelf '{done.shelf}'."
    if any(one.suggestions for one in done.brought):
        yield "Suggested demands were found. Next: kb review"


def _brought(one: Brought) -> Iterator[str]:
    size = f"{one.pages} pages, " if one.pages else ""
    yield f"{one.change}: {one.title}"
    yield f"  {one.id} from {one.name}"
    if one.change != "record":
        yield f"  {size}{one.passages} passages, {one.suggestions} suggested demands"
    if one.guessed:
        yield f"  guessed: {', '.join(one.guessed)}"
    for remark in one.remarks:
        yield f"  {remark.place + ': ' if remark.place else ''}{remark.text}"
