"""kb check-quotes: compare the quotations of a draft with the stored texts of imports."""

import argparse
import datetime
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kb.cli.terminal import say, say_json
from kb.errors import QueryError, UnreadableError
from kb.index.engine import open_engine
from kb.languages.labels import FOLDED, VERDICTS
from kb.quotes.check import check
from kb.quotes.comments import commented
from kb.quotes.drafts import EXPECTED, MAX_BYTES, read_draft
from kb.quotes.nouns import DEPARTURES, Checked, QuoteReport
from kb.quotes.originals import Originals
from kb.quotes.quotations import quotations
from kb.quotes.web_page import web_page
from kb.settings import Settings

DIFFERS, UNREADABLE = 1, 2  # exit codes
MAX_SHOWN = 70  # characters of a quotation in a line


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument(
        "file", help="draft: DOCX, ODT, Markdown, HTML or text; - for standard input"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the report as a web page")
    parser.add_argument(
        "-o", type=Path, dest="marked", metavar="FILE.docx",
        help="write a copy of the Word file with a comment on each quotation",
    )  # fmt: skip
    parser.add_argument("--date", default="", help="date of the comments, such as 2026-12-01")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check and print; return 1 if a quotation departs from its source, 2 for a bad draft."""
    try:
        content, name = read_file(arguments.file)
        report = _checked(content, name, settings)
        if arguments.html:
            _write(arguments.html, web_page(report).encode())
        if arguments.marked:
            _write(arguments.marked, _marked(content, name, report, arguments.date))
    except UnreadableError as error:
        say(f"kb check-quotes: {error}", sys.stderr)
        return UNREADABLE
    if arguments.json:
        say_json(report)
    else:
        say("\n".join(lines(report)))
    return 0 if report.is_clean else DIFFERS


def _checked(content: bytes, name: str, settings: Settings) -> QuoteReport:
    reader = open_engine(settings.index).searched().reader()
    try:
        return check(quotations(read_draft(content, name)), Originals(reader, settings.shelves))
    finally:
        reader.close()


def read_file(name: str) -> tuple[bytes, str]:
    """Return the content and name of a draft; raise UnreadableError if it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1), Path(name).name
    except OSError as error:
        raise UnreadableError(name, str(error.strerror or error), EXPECTED) from error


def _marked(content: bytes, name: str, report: QuoteReport, day: str) -> bytes:
    """Return a copy of a Word file with comments.

    Raise UnreadableError if the draft is not a Word file, or QueryError if the date is invalid.
    """
    if not content.startswith(b"PK") or b"word/document.xml" not in content:
        raise UnreadableError(name, "not a Word file", "DOCX for -o; use --html for other drafts")
    try:
        date = f"{datetime.date.fromisoformat(day)}T00:00:00Z" if day else ""
    except ValueError:
        raise QueryError(f"--date '{day}': expected a date such as 2026-12-01") from None
    return commented(content, report.quotations, comment, date)


def comment(one: Checked) -> str:
    """Return the comment on a quotation, or "" if it is too short to check."""
    return "" if one.verdict == "too-short" else "\n".join(part.strip() for part in described(one))


def _write(path: Path, content: bytes) -> None:
    """Write a file atomically. Raise UnreadableError if it cannot be written."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise UnreadableError(str(path), str(error.strerror or error), "a file to write") from error


def lines(report: QuoteReport) -> Iterator[str]:
    """Yield the report as lines of text."""
    for one in report.quotations:
        yield from _lines(one)
    counts: Counter[str] = Counter(one.verdict for one in report.quotations)
    told = ", ".join(f"{counts[one]} {words}" for one, words in VERDICTS.items() if counts[one])
    yield f"{len(report.quotations)} quotations: {told}." if told else "No quotations found."
    if report.left_out:
        yield f"{report.left_out} more quotations were not checked. Next: divide the draft"
    if report.quotations and not report.has_originals:
        yield "No documents are imported to compare with. Next: kb import PATH"
    if report.titles:
        yield f"{report.titles} titles in quotation marks were not checked."
    if report.unattributed:
        yield f"{report.unattributed} quotations have no source near them."


def _lines(one: Checked) -> Iterator[str]:
    text = " ".join(one.quotation.text.split())
    shown = text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
    yield f"{one.quotation.place}: “{shown}”"
    yield from described(one)


def described(one: Checked) -> Iterator[str]:
    """Yield the verdict on a quotation, the differences and the source as lines of text."""
    words = VERDICTS[one.verdict]
    overlooked = f", {FOLDED[one.fold]}" if one.fold in FOLDED else ""
    yield f"  {words.upper() if one.verdict in DEPARTURES else words}{overlooked}"
    for change in one.changes:
        yield f"  quoted: {change.quoted or '(nothing)'} | source: {change.stored or '(nothing)'}"
    if one.goes_on:
        yield f"  the source says: … {one.goes_on}"
    if one.named:
        yield f"  the draft names: {one.named}"
    if one.found:
        place = f", {one.found.locator}" if one.found.locator else ""
        yield f"  {one.found.title}{place} ({one.found.passage_id or one.found.document_id})"
