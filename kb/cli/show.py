"""kb show: print a record or a document with all its data."""

import argparse
import textwrap
from collections.abc import Iterator

from kb.cli.terminal import say, say_json
from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.domain.records import Demand, Record
from kb.encoders.open import open_spaces
from kb.errors import NotFoundError
from kb.exports.presenter import Presenter
from kb.index.contract import Reader
from kb.index.engine import open_engine
from kb.search.passages import passage_or_former
from kb.search.searcher import Searcher
from kb.settings import Settings

WIDTH = 96  # columns of text
FORMER = "This comes from an earlier version of the document, which is no longer searched."
NEAREST_COUNT = 5  # nearest records in other documents


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("id", help="DOCUMENT, DOCUMENT#PASSAGE or DOCUMENT/PASSAGE")
    parser.add_argument("--json", action="store_true", help="print the record or document as JSON")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print a record or document; raise NotFoundError for an unknown id."""
    reader = open_engine(settings.index).searched().reader()
    asked = arguments.id.removeprefix("precedent:")
    document_id, _, slug = asked.replace("#", "/").partition("/")
    document = reader.document(document_id)
    if document is None:
        raise NotFoundError(
            f"no document '{document_id[:200]}'. Next: kb search {document_id[:40]!r}"
        )
    if not slug:
        if arguments.json:
            say_json(document)
        else:
            say(whole(document, reader))
        return 0
    passage_id = f"{document_id}#{slug}"
    entry, is_former = passage_or_former(reader, passage_id)
    if entry is None:
        raise NotFoundError(
            f"no record '{slug[:200]}' in {document_id}. Next: kb show {document_id}"
        )
    if arguments.json:
        say_json((entry.record or entry).model_dump(mode="json", exclude_none=True))
        return 0
    say("\n".join([*_passage(entry), "", *_source(document, reader)]))
    if is_former:
        say(f"\n{FORMER} Next: kb show {document_id}")
        return 0
    nearest = Searcher(reader, open_spaces(settings)).nearest(passage_id, NEAREST_COUNT)
    near = [f"  {hit.id}  {hit.title}" for hit in nearest]
    say("\n".join(["", "Similar records in other sources", *near]))
    return 0


def _passage(entry: Entry) -> Iterator[str]:
    """Yield the lines that show a record, or a passage of an imported document."""
    if entry.kind == "suggestion":
        yield "Automatically detected as a demand. Not yet checked. To review it: kb review"
    if entry.record is not None:
        yield from _record(entry.record, entry.kind)
        return
    yield f"{entry.kind} · {entry.id}"
    yield _filled(entry.text)
    yield f"  Page or section: {entry.locator.words if entry.locator else 'not recorded'}"


def whole(document: Document, reader: Reader) -> str:
    """Return a document as text, with its source, events and records."""
    lines = [
        document.heading,
        f"{document.kind} · {document.id}",
        "",
        _filled(document.summary),
    ]
    lines += ["", *_source(document, reader)]
    if document.guessed:
        lines += [f"  Detected automatically: {', '.join(document.guessed)}"]
    if document.events:
        lines += ["", "Events"]
        lines += [_filled(f"{one.date or 'no date'}: {one.text}") for one in document.events]
    for record in document.records:
        lines += ["", *_record(record, record.kind)]
    return "\n".join(lines)


def _record(record: Record, kind: str) -> Iterator[str]:
    if isinstance(record, Demand):
        yield record.title
    yield f"{record.kind} · {record.id}"
    yield _filled(record.text)
    for fact in Presenter().facts(record, kind, whole=True):
        yield f"  {fact.label}: {fact.words}"
        if fact.text:
            yield _filled(fact.text, "    ")
        if fact.address:
            yield f"    {fact.address}"
    yield f"  Topics: {', '.join(record.topics)}"
    yield f"  Page or section: {record.locator.words if record.locator else 'not recorded'}"


def _source(document: Document, reader: Reader) -> Iterator[str]:
    source = document.source
    yield "Source"
    people = ", ".join(str(name) for name in source.author)
    for name, value in (
        ("Authors", people),
        ("Organizations", "; ".join(source.organization)),
        ("Title", source.title),
        ("Date", source.issued or "not recorded"),
        ("Web address", source.URL or "not recorded"),
        ("DOI", source.DOI),
        ("ISBN", source.ISBN),
        ("Rights", source.rights.terms),
        ("Credit", source.rights.attribution),
    ):
        if value:
            yield f"  {name}: {value}"
    for one in document.sources:
        words = [one.title, one.publisher, one.issued, one.URL or one.seen_at]
        yield f"  Seen in: {'. '.join(filter(None, words))}"
    yield from (f"  {tie.relation}: {tie.to}" for tie in document.related)
    for relation, other in reader.related_to(document.id):
        yield f"  {relation} of this: {other}"


def _filled(text: str, indent: str = "  ") -> str:
    return "\n".join(
        textwrap.fill(part, WIDTH, initial_indent=indent, subsequent_indent=indent)
        for part in text.split("\n\n")
    )
