"""kb review: a person looks at suggested demands, and accepts, corrects or rejects each."""

import argparse
import json
import sys
import textwrap
from collections.abc import Sequence
from typing import Any, TextIO, get_args

from indexer.corpus.quantity import parse_quantity, print_quantity
from indexer.corpus.read import tables
from indexer.imports.review import Suggestion, accept, find, reject, reopen, suggestions
from indexer.imports.store import LOCK, Shelves
from kb.cli.progress import Bars
from kb.cli.searched_index import build_searched
from kb.domain.documents import Action
from kb.domain.places import Level
from kb.errors import KbError, QueryError
from kb.index.local.generations import locked
from kb.search.names import Names
from kb.settings import Settings

WIDTH = 96
HELP = "[a]ccept  [c]orrect  [r]eject  [s]kip  [q]uit"
FIELDS = ("title", "action", "target", "level", "amount", "topics")
LEVELS = tuple(level for level in get_args(Level))


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("document", nargs="?", help="id of one document")
    parser.add_argument("--shelf", help="one shelf")
    parser.add_argument("--list", action="store_true", help="print the open suggestions")
    parser.add_argument("--json", action="store_true", help="print every suggestion as JSON")
    for word in ("accept", "reject", "reopen"):
        parser.add_argument(
            f"--{word}", action="append", default=[], metavar="ID", help=f"{word} one by its id"
        )
    given = parser.add_argument_group("corrections of the one that is accepted")
    given.add_argument("--title", help="an imperative")
    given.add_argument("--action", choices=get_args(Action))
    given.add_argument("--target", help="who must act")
    given.add_argument("--level", choices=LEVELS)
    given.add_argument("--amount", metavar="QUANTITY", help="as in a corpus file: '5,000,000 USD'")
    given.add_argument("--topic", dest="topics", action="append", metavar="TOPIC")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print, decide by id, or ask one by one; the index is built once at the end."""
    shelves = Shelves(settings.shelves)
    if arguments.list or arguments.json:
        some = suggestions(shelves, arguments.shelf, arguments.document)
        print(as_json(some) if arguments.json else as_lines(some))
        return 0
    names = Names(*tables(settings.corpus))
    with Bars() as bars:
        with locked(settings.shelves, lambda: bars("waiting for an import", 0, 0), name=LOCK):
            if arguments.accept or arguments.reject or arguments.reopen:
                count = _decide(arguments, shelves, names)
            else:
                some = suggestions(shelves, arguments.shelf, arguments.document)
                waiting = [one for one in some if one.state == "open"]
                count = Session(names, sys.stdin, sys.stdout).run(waiting)
        if count:
            build_searched(settings, bars)
    return 0


def _decide(arguments: argparse.Namespace, shelves: Shelves, names: Names) -> int:
    given = {field: getattr(arguments, field) for field in FIELDS if getattr(arguments, field)}
    if given and len(arguments.accept) != 1:
        raise QueryError("corrections: expected one --accept. Next: kb review --help")
    if "topics" in given:
        given["topics"] = ", ".join(given["topics"])
    corrections = {field: corrected(field, value, names) for field, value in given.items()}
    for id in arguments.accept:
        demand = accept(find(shelves, id), corrections)
        print(f"Accepted: {demand.id}: {demand.title}")
    for id in arguments.reject:
        reject(find(shelves, id))
        print(f"Rejected: {id}")
    for id in arguments.reopen:
        reopen(find(shelves, id))
        print(f"Open again: {id}")
    return len(arguments.accept) + len(arguments.reject) + len(arguments.reopen)


def corrected(field: str, value: str, names: Names) -> Any:
    """A correction as the record takes it; QueryError or NotFoundError for one of no form."""
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
    """Asks about one suggestion after the other."""

    def __init__(self, names: Names, answers: TextIO, out: TextIO) -> None:
        self._names, self._answers, self._out = names, answers, out

    def run(self, waiting: Sequence[Suggestion]) -> int:
        """How many were decided; it ends where the answers end."""
        if not waiting:
            self._say("No suggestion is open.")
        decided = 0
        for number, one in enumerate(waiting, start=1):
            self._say(f"\n{number} of {len(waiting)}\n{shown(one)}")
            answer = self._ask(f"{HELP}: ", "acrsq")
            if answer in {"", "q"}:
                break
            decided += answer != "s"
            if answer == "r":
                reject(one)
            elif answer in {"a", "c"}:
                accept(one, self._corrections(one) if answer == "c" else {})
        self._say(f"{decided} decided.")
        return decided

    def _corrections(self, one: Suggestion) -> dict[str, Any]:
        """New values, field by field; an empty line keeps what stands, `-` empties it."""
        found: dict[str, Any] = {}
        for field in FIELDS:
            while value := self._line(f"  {field} [{now(one, field)}]: "):
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
        """A line that was typed; None at the end."""
        self._out.write(question)
        self._out.flush()
        line = self._answers.readline()
        return line.strip() if line else None

    def _say(self, text: str) -> None:
        self._out.write(f"{text}\n")


def now(one: Suggestion, field: str) -> str:
    """What the suggestion says in a field, in a line."""
    value = getattr(one.suggested.demand, field)
    if field == "amount" and value:
        return print_quantity(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def shown(one: Suggestion) -> str:
    """A suggestion with the words around it."""
    demand = one.suggested.demand
    place = demand.locator.words if demand.locator else ""
    before, after = one.before.rpartition("\n\n")[2], one.after.partition("\n\n")[0]
    whole = f"{before}>>>{demand.text}<<<{after}"
    lines = [f"{demand.id}  ({one.suggested.confidence}, {one.suggested.how}; {place})"]
    lines += textwrap.wrap(whole, WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += [f"  {field}: {said}" for field in FIELDS[1:] if (said := now(one, field))]
    return "\n".join(lines)


def as_lines(some: Sequence[Suggestion]) -> str:
    """The open suggestions for a person."""
    waiting = [one for one in some if one.state == "open"]
    return "\n\n".join([*map(shown, waiting), f"{len(waiting)} open of {len(some)}."])


def as_json(some: Sequence[Suggestion]) -> str:
    """Every suggestion for a program."""
    rows = [
        {"state": one.state, "how": one.suggested.how, "confidence": one.suggested.confidence,
         "demand": one.suggested.demand.model_dump(mode="json", exclude_none=True)}
        for one in some
    ]  # fmt: skip
    return json.dumps(rows, indent=2, ensure_ascii=False)
