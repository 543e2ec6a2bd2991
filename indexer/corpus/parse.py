"""Parse a corpus file into a document, and report all problems at once, each with its line."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from markdown_it.token import Token
from pydantic import TypeAdapter, ValidationError

from indexer.corpus.draft import FIELDS, Draft, address
from indexer.corpus.front_matter import Lines, read_yaml, split
from indexer.corpus.inline import MARKDOWN, plain
from indexer.corpus.outcomes import case_source, with_own_outcomes
from kb.domain.campaigns import Event
from kb.domain.documents import Document, Head
from kb.domain.records import Record
from kb.domain.sources import SLUG, URL_PATTERN
from kb.errors import CorpusError, Problem

# Second-level headings, and the kind of the records below each.
KINDS = {"Events": "event", "Demands": "demand", "Findings": "finding", "Ideas": "idea"}

IN_LIST = {"bullet_list_open", "list_item_open", "paragraph_open"}

# What to do about a key or field of the former format, and those fields.
FORMER = "'sources' and events. Next: python -m indexer.corpus.migrate FILE"
FORMER_FIELDS = ("Outcome", "What happened", "Outcome seen at")

# The patterns of the domain classes, described for messages.
FORMS = {SLUG: "a-z, 0-9 and single hyphens", URL_PATTERN: "http(s)://..."}

_RECORD: TypeAdapter[Record] = TypeAdapter(Record)
_EVENT = TypeAdapter(Event)


class Parsed(NamedTuple):
    """A document, and the line of each value by its path, such as `("records", 3, "topics")`."""

    document: Document
    lines: Lines


def parse(path: str, text: str) -> Parsed:
    """Parse the text of a corpus file. Raise CorpusError with every problem of the file."""
    parts = split(path, text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if isinstance(parts, Problem):
        raise CorpusError([parts])
    matter, body, offset = parts
    front, lines, problems = read_yaml(path, matter, first=2)
    if not isinstance(front, dict):
        problems = problems or [Problem(path, 1, "empty front matter", "keys and values")]
        raise CorpusError(problems)
    walker = _Body(path, offset, str(front.get("id") or ""))
    walker.walk(MARKDOWN.parse(body))
    problems += walker.problems
    head = _head(path, front, walker, lines, problems)
    if head is None or problems:
        raise CorpusError(sorted(problems, key=lambda problem: problem.line))
    for part, places in (("records", walker.record_lines), ("events", walker.event_lines)):
        for index, inner in enumerate(places):
            lines.put_all((part, index), inner)
    lines.put(("summary",), walker.title_line)
    document = Document(**dict(head), events=tuple(walker.events), records=tuple(walker.records))
    return Parsed(with_own_outcomes(document), lines)


def _head(
    path: str, front: dict[str, Any], body: "_Body", lines: Lines, problems: list[Problem]
) -> Head | None:
    for owned in ("summary", "records", "events"):
        if owned in front:
            wrong = f"'{owned}' in front matter"
            problems.append(Problem(path, lines.of((owned,)), wrong, "it in the body"))
    if not body.summary:
        problems.append(Problem(path, body.title_line, "no summary", "a paragraph under the title"))
    if front.get("kind") == "outcome":
        front = _as_case_file(path, front, body, lines, problems)
    source = front.get("source")
    title = front.get("title") or (source.get("title") if isinstance(source, dict) else None)
    if isinstance(title, str) and body.title != title:
        wrong = f"the title '{body.title}' differs from the front matter"
        problems.append(Problem(path, body.title_line, wrong, f"'# {title}'"))
    given = {key: value for key, value in front.items() if value is not None and key != "records"}
    try:
        return Head.model_validate(given | {"summary": body.summary or "-"})
    except ValidationError as error:
        problems += [describe(path, lines, item) for item in error.errors()]
        return None


def _as_case_file(
    path: str, front: dict[str, Any], body: "_Body", lines: Lines, problems: list[Problem]
) -> dict[str, Any]:
    """Return the front matter of a case file with the case file itself as its source."""
    if "source" in front:
        wrong = "'source' in a case file"
        problems.append(Problem(path, lines.of(("source",)), wrong, "'title' and 'sources'"))
    problems += [
        Problem(path, 1, f"'{needed}' is missing", "one in every case file")
        for needed in ("title", "campaign")
        if not front.get(needed)
    ]
    return front | {"source": case_source(front, body.events)}


def describe(path: str, lines: Lines, item: Any) -> Problem:
    """Convert a pydantic error to a problem at the line of its value."""
    at = tuple(part for part in item["loc"] if part not in set(KINDS.values()))
    name = ".".join(str(part) for part in at)
    message = str(item["msg"]).removeprefix("Value error, ")
    match item["type"]:
        case "missing":
            wrong, expected = f"'{name}' is missing", "a value"
        case "extra_forbidden":
            wrong = f"'{name}' is not a known key"
            expected = FORMER if name == "evidence" else "a key from docs/corpus-format.md"
        case "literal_error":
            wrong, expected = f"{name} '{item['input']}' is not known", item["ctx"]["expected"]
        case "string_too_short":
            wrong, expected = f"'{name}' is empty", "words"
        case "string_pattern_mismatch":
            wrong = f"{name} '{item['input']}' has the wrong form"
            expected = FORMS.get(item["ctx"]["pattern"], "")
        case "int_parsing":
            wrong, expected = f"{name} '{item['input']}' is not a number", "a whole number"
        case _:
            wrong, _, expected = f"{name}: {message}".partition("; expected ")
    return Problem(path, lines.of(at), wrong, expected or "a value from docs/corpus-format.md")


class _Body:
    """Collector of the title, summary, events and records in the Markdown tokens of a body."""

    def __init__(self, path: str, offset: int, document_id: str) -> None:
        self.path, self.offset, self.document_id = path, offset, document_id
        self.title, self.title_line, self.summary = "", offset + 1, ""
        self.records: list[Record] = []
        self.events: list[Event] = []
        self.record_lines: list[Lines] = []
        self.event_lines: list[Lines] = []
        self.problems: list[Problem] = []
        self._kind: str | None = None
        self._headings: list[tuple[int, str]] = []
        self._open: Draft | None = None

    def problem(self, line: int, wrong: str, expected: str) -> None:
        self.problems.append(Problem(self.path, line, wrong, expected))

    def walk(self, tokens: Sequence[Token]) -> None:
        """Read headings, paragraphs and lists at the top level; report anything else."""
        index = 0
        while index < len(tokens):
            token = tokens[index]
            line = self.offset + (token.map[0] if token.map else 0) + 1
            end = index + 1
            if token.nesting == 1:
                closing = token.type.replace("_open", "_close")
                while tokens[end].type != closing or tokens[end].level != token.level:
                    end += 1
                end += 1
            match token.type:
                case "heading_open":
                    self._heading(int(token.tag[1]), tokens[index + 1], line)
                case "paragraph_open":
                    self._paragraph(plain(tokens[index + 1]), line)
                case "bullet_list_open":
                    self._list(tokens[index + 1 : end - 1], line)
                case _:
                    kind = token.type.removesuffix("_open").replace("_", " ")
                    self.problem(line, f"a {kind}", "headings, paragraphs and lists of fields")
            index = end
        self._close()

    def _heading(self, level: int, inline: Token, line: int) -> None:
        self._close()
        words = plain(inline)
        if level == 1:
            if self.title:
                self.problem(line, "a second title", "one first-level heading")
            else:
                self.title, self.title_line = words, line
        elif level == 2:
            self._headings = []
            self._kind = KINDS.get(words)
            if self._kind is None:
                self.problem(line, f"the part '{words}' is not known", f"one of {list(KINDS)}")
        else:
            self._record_or_section(level, inline, line)

    def _record_or_section(self, level: int, inline: Token, line: int) -> None:
        self._headings = [(above, name) for above, name in self._headings if above < level]
        children = [child for child in inline.children or [] if child.content or child.nesting]
        if not children or children[-1].type != "code_inline":
            self._headings.append((level, plain(inline)))
            return
        slug = children[-1].content
        title = plain(inline).removesuffix(slug).rstrip()
        section = tuple(name for _, name in self._headings)
        self._open = Draft(self._kind, slug, title, section, line)

    def _paragraph(self, words: str, line: int) -> None:
        if self._open is not None:
            self._open.text.append(words)
            if self._open.fields:
                self.problem(line, "a paragraph after the list", "the text before the fields")
        elif not self._kind and not self._headings:
            self.summary = f"{self.summary}\n\n{words}".strip()
        else:
            self.problem(line, "text outside a record", "a heading that ends in `the-id`")

    def _list(self, tokens: Sequence[Token], line: int) -> None:
        if self._open is None:
            self.problem(line, "a list outside a record", "fields under a record's text")
            return
        for token in tokens:
            at = self.offset + (token.map[0] if token.map else 0) + 1
            if token.type == "inline":
                self._field(self._open, token, at)
            elif token.nesting >= 0 and token.type not in IN_LIST:
                kind = token.type.removesuffix("_open").replace("_", " ")
                self.problem(at, f"a {kind} in a list", "one line per field")

    def _field(self, draft: Draft, inline: Token, line: int) -> None:
        key, colon, value = plain(inline).partition(":")
        field, value = FIELDS.get(key.strip()), value.strip()
        if key.strip() in FORMER_FIELDS:
            self.problem(line, f"'{key.strip()}' is of the former format", FORMER)
        elif not colon or field is None:
            self.problem(line, f"'{key.strip()}' is not a field", f"one of {', '.join(FIELDS)}")
        elif not value:
            self.problem(line, f"'{key}' is empty", "a value, or no line for it")
        elif field in draft.fields:
            self.problem(line, f"'{key}' is given twice", "each field once")
        else:
            if field == "instrument":
                draft.address = address(inline.content)
            draft.fields[field], draft.lines[field] = value, line

    def _close(self) -> None:
        draft, self._open = self._open, None
        if draft is None:
            return
        if draft.kind is None:
            wrong = "a record outside a part"
            self.problem(draft.line, wrong, f"a heading above it, one of {list(KINDS)}")
            return
        value = draft.value(self.document_id)
        for field, message in draft.wrong:
            wrong, _, expected = message.partition("; expected ")
            self.problem(draft.lines[field], wrong, expected)
        try:
            if draft.kind == "event":
                self.events.append(_EVENT.validate_python(value))
                self.event_lines.append(draft.places())
            else:
                self.records.append(_RECORD.validate_python(value))
                self.record_lines.append(draft.places())
        except ValidationError as error:
            self.problems += [describe(self.path, draft.places(), item) for item in error.errors()]
