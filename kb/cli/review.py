"""kb review: accept, correct or reject suggested demands."""

import argparse
import sys
import textwrap
from collections.abc import Sequence
from typing import Any, TextIO, get_args

from indexer.corpus.quantity import parse_quantity, print_quantity
from indexer.corpus.read import tables
from indexer.imports.review import (
    ReviewItem,
    accept,
    document_items,
    find_item,
    reject,
    reopen,
)
from indexer.imports.store import ShelfStore
from kb.cli.progress import Bars
from kb.cli.searched_index import build_searched
from kb.cli.terminal import say, say_json
from kb.domain.places import Level
from kb.domain.records import Action
from kb.errors import CorpusError, KbError, QueryError, ShelfError
from kb.locks import locked
from kb.search.names import Names
from kb.settings import Settings
from kb.shelves.layout import LOCK

WIDTH = 96
HELP = "[a]ccept  [c]orrect  [r]eject  [s]kip  [q]uit"
FIELDS = ("title", "action", "target", "level", "amount", "topics")
LEVELS = tuple(level for level in get_args(Level))


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("document", nargs="?", help="review only this document")
    parser.add_argument("--shelf", help="review only this shelf")
    parser.add_argument("--list", action="store_true", help="print the open suggestions")
    parser.add_argument("--json", action="store_true", help="print every suggestion as JSON")
    for word in ("accept", "reject", "reopen"):
        parser.add_argument(
            f"--{word}",
            action="append",
            default=[],
            metavar="ID",
            help=f"{word} a suggestion by id",
        )
    given = parser.add_argument_group("corrections to the accepted suggestion")
    given.add_argument("--title", help="title, as an imperative")
    given.add_argument("--action", choices=get_args(Action))
    given.add_argument("--target", help="who must act")
    given.add_argument("--level", choices=LEVELS)
    given.add_argument(
        "--amount", metavar="QUANTITY", help="amount, as in a corpus file: '5,000,000 USD'"
    )
    given.add_argument("--topic", dest="topics", action="append", metavar="TOPIC")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List suggestions, act on those given by id, or ask about each open one.

    Rebuild the index if any suggestion was decided.
    """
    store = ShelfStore(settings.shelves)
    if arguments.list or arguments.json:
        items = _items(arguments, store)
        if arguments.json:
            say_json(as_rows(items))
        else:
            say(as_lines(items))
        return 0
    names = Names(*tables(settings.corpus))
    with Bars() as bars:
        with locked(settings.shelves, lambda: bars("waiting for an import", 0, 0), name=LOCK):
            if arguments.accept or arguments.reject or arguments.reopen:
                count = _decide(arguments, store, names)
            else:
                waiting = [one for one in _items(arguments, store) if one.state == "open"]
                count = Session(names, sys.stdin, sys.stdout).run(waiting)
        if count:
            build_searched(settings, bars)
    return 0


def _items(arguments: argparse.Namespace, store: ShelfStore) -> list[ReviewItem]:
    """Return the requested suggestions; report and skip damaged documents."""
    if arguments.document:
        return document_items(store.document(arguments.document))
    found: list[ReviewItem] = []
    for stored in store.documents(arguments.shelf):
        try:
            found += document_items(stored)
        except (ShelfError, CorpusError) as error:
            say(f"kb review: {stored.id}: {error}", sys.stderr)
    return found


def _decide(arguments: argparse.Namespace, store: ShelfStore, names: Names) -> int:
    given = {field: getattr(arguments, field) for field in FIELDS if getattr(arguments, field)}
    if given and len(arguments.accept) != 1:
        raise QueryError("corrections: expected exactly one --accept. Next: kb review --help")
    if "topics" in given:
        given["topics"] = ", ".join(given["topics"])
    corrections = {field: corrected(field, value, names) for field, value in given.items()}
    for id in arguments.accept:
        demand = accept(find_item(store, id), corrections)
        say(f"Accepted: {demand.id}: {demand.title}")
    for id in arguments.reject:
        reject(find_item(store, id))
        say(f"Rejected: {id}")
    for id in arguments.reopen:
        reopen(find_item(store, id))
        say(f"Reopened: {id}")
    return len(arguments.accept) + len(arguments.reject) + len(arguments.reopen)


def corrected(field: str, value: str, names: Names) -> Any:
    """Return the parsed value of a correction; raise QueryError or NotFoundError if invalid."""
    if field == "topics":
        return tuple(names.topic(one.strip()) for one in value.split(",") if one.strip())
    if field == "amount":
        try:
            return parse_quantity(value)
        except ValueError as error:
            raise QueryError(f"amount '{value}': {error}") from error
    allowed = {"action": get_args(Action), "level": LEVELS}.get(field)
    if allowed and value not in allowed:
        raise QueryError(f"{field} '{value}': expected one of {', '.join(allowed)}")
    return value


class Session:
    """An interactive review of suggestions, one after another."""

    def __init__(self, names: Names, answers: TextIO, out: TextIO) -> None:
        self._names, self._answers, self._out = names, answers, out

    def run(self, waiting: Sequence[ReviewItem]) -> int:
        """Ask about each suggestion until the user quits; return the number of decisions."""
        if not waiting:
            self._say("No suggestions left to review.")
        decided = 0
        for number, item in enumerate(waiting, start=1):
            self._say(f"\n{number} of {len(waiting)}\n{shown(item)}")
            answer = self._ask(f"{HELP}: ", "acrsq")
            if answer in {"", "q"}:
                break
            if answer != "s":
                decided += self._decide(item, answer)
        self._say(f"{decided} decided.")
        return decided

    def _decide(self, item: ReviewItem, answer: str) -> bool:
        """Accept or reject a suggestion; return False if that fails and it stays open."""
        try:
            if answer == "r":
                reject(item)
            else:
                accept(item, self._corrections(item) if answer == "c" else {})
        except (CorpusError, ShelfError) as error:
            self._say(f"  {error}")
            return False
        return True

    def _corrections(self, item: ReviewItem) -> dict[str, Any]:
        """Ask for new values, field by field; an empty line keeps a value, `-` clears it."""
        found: dict[str, Any] = {}
        for field in FIELDS:
            while value := self._line(f"  {field} [{now(item, field)}]: "):
                if value == "-" and field not in {"title", "action"}:
                    found[field] = () if field == "topics" else None
                    break
                try:
                    found[field] = corrected(field, value, self._names)
                    break
                except KbError as error:
                    self._say(f"  {error}")
        return found

    def _ask(self, question: str, letters: str) -> str:
        while True:
            answer = self._line(question)
            if answer is None:
                return ""
            if answer[:1].lower() in letters and answer:
                return answer[:1].lower()

    def _line(self, question: str) -> str | None:
        """Ask a question and return the answer, stripped, or None at the end of input."""
        say(question, self._out, end="")
        self._out.flush()
        line = self._answers.readline()
        return line.strip() if line else None

    def _say(self, text: str) -> None:
        say(text, self._out)


def now(item: ReviewItem, field: str) -> str:
    """Return the value of a field of the suggested demand as one line of text."""
    value = getattr(item.suggestion.demand, field)
    if field == "amount" and value:
        return print_quantity(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def shown(item: ReviewItem) -> str:
    """Return a suggestion and its context as text."""
    demand = item.suggestion.demand
    place = demand.locator.words if demand.locator else ""
    before, after = item.before.rpartition("\n\n")[2], item.after.partition("\n\n")[0]
    whole = f"{before}>>>{demand.text}<<<{after}"
    lines = [f"{demand.id}  ({item.suggestion.confidence}, {item.suggestion.how}; {place})"]
    lines += textwrap.wrap(whole, WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += [f"  {field}: {value}" for field in FIELDS[1:] if (value := now(item, field))]
    return "\n".join(lines)


def as_lines(items: Sequence[ReviewItem]) -> str:
    """Return the open suggestions as text, then how many of all suggestions are open."""
    waiting = [one for one in items if one.state == "open"]
    return "\n\n".join([*map(shown, waiting), f"{len(waiting)} open of {len(items)}."])


def as_rows(items: Sequence[ReviewItem]) -> list[dict[str, Any]]:
    """Return all suggestions as JSON values."""
    return [
        {"state": one.state, "how": one.suggestion.how, "confidence": one.suggestion.confidence,
         "demand": one.suggestion.demand.model_dump(mode="json", exclude_none=True)}
        for one in items
    ]  # fmt: skip
