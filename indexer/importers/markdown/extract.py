"""Read Markdown as a reader sees it rendered: headings, paragraphs, items, rows, notes."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from indexer.importers.base import Block, BlockKind, Extracted, SourceInfo
from indexer.importers.html.pieces import pieces
from indexer.importers.html.struck import ELEMENTS
from indexer.importers.html.tree import grow
from indexer.importers.markdown.front_matter import stated
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.decode import decode, remarks, with_newlines
from indexer.importers.shared.limits import gathered
from indexer.importers.shared.struck import struck_remarks
from indexer.importers.shared.titles import usable_title

# Two for each list within a list. The parser leaves out what is nested deeper, and its time on
# brackets that never close grows with it.
MAX_NESTING = 30
# Characters of a footnote's label; the plugin's own rule takes quadratic time on `[^a[^a[^a`.
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,100})\]")

_CHECKBOX = re.compile(r"\[[ xX]\]\s+")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_VOID = {"br", "img", "hr", "wbr", "input"}


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the text of a Markdown file and its front matter.

    UnreadableError if it has no words.
    """
    text, guessed = decode(path, info)
    text = with_newlines(text)
    said, body = stated(text, info)
    walk = _Walk(info.name, text.count("\n") - body.count("\n") + 1)
    blocks = gathered(walk.blocks(MARKDOWN.parse(body, {})), info, "Markdown with text")
    title = said.title or first_heading(blocks)
    return Extracted(
        format="markdown",
        title=title,
        creator=said.creator,
        issued=said.issued,
        language=said.language,
        url=said.url,
        site=said.site,
        guessed=("title",) if title and not said.title else (),
        blocks=blocks,
        remarks=(*remarks(text, guessed), *said.remarks, *struck_remarks(walk.struck)),
    )


def first_heading(blocks: Iterable[Block]) -> str | None:
    """Return the first heading of level 1, else the first heading, if it is usable as a title."""
    headings = [block for block in blocks if block.kind == "heading"]
    first = next((block for block in headings if block.level == 1), None)
    return usable_title((first or headings[0]).text) if headings else None


def _note_mark(state: StateInline, silent: bool) -> bool:
    """Parse `[^label]` if the footnote is defined; else it stays text, as in the rendered page."""
    match = _NOTE_MARK.match(state.src, state.pos, state.posMax)
    known = state.env.get("footnotes", {}).get("refs", {})
    if not match or f":{match[1]}" not in known:
        return False
    if not silent:
        state.push("footnote_ref", "", 0)
    state.pos = match.end()
    return True


MARKDOWN = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
MARKDOWN.block.ruler.before(
    "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference", "blockquote"]}
)
MARKDOWN.inline.ruler.before("link", "footnote_ref", _note_mark)


class _Walk:
    """Walks the tokens once, and tracks the open lists, notes and rows."""

    def __init__(self, name: str, first_line: int) -> None:
        self.name = name
        self.struck: list[str] = []  # where struck-out text was left out
        self.first_line = first_line  # of the text, in the file
        self.numbers: list[int | None] = []  # of the next item of each open list; None for bullets
        self.begun = ""  # prefix of the next block: an item's number, a note's label
        self.item = False  # the next paragraph is the first of an item
        self.note = 0  # how many notes are open
        self.cells: list[str] | None = None

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        for at, token in enumerate(tokens):
            if token.type == "inline":
                yield from self._inline(token, tokens[at - 1])
            elif token.type in {"fence", "code_block"}:
                for piece in _EMPTY_LINES.split(token.content):
                    yield from self._block("paragraph", piece)
            elif token.type == "html_block":
                yield from self._html(token)
            elif token.type == "tr_close" and self.cells:
                yield from self._block("row", " | ".join(self.cells) if any(self.cells) else "")
                self.cells = None
            else:
                self._turn(token)

    def _inline(self, token: Token, opened: Token) -> Iterator[Block]:
        text, struck = _words(token.children or [])
        self.struck += [self._place(token)] * struck
        if self.cells is not None:
            self.cells.append(one_line(text))
        elif opened.type == "heading_open":
            yield from self._block("heading", _without_attributes(text), int(opened.tag[1]))
        else:
            yield from self._block("paragraph", _CHECKBOX.sub("", text, 1) if self.item else text)

    def _html(self, token: Token) -> Iterator[Block]:
        """Yield the blocks of HTML between blank lines, read like a web page."""
        tree = grow(f"<div>{token.content}</div>", self.name)
        self.struck += [self._place(token)] * len(tree.struck)
        for piece in pieces(tree.root, tree.notes):
            yield Block(kind=piece.kind, text=piece.printed + piece.text, level=piece.level)

    def _place(self, token: Token) -> str:
        return f"line {self.first_line + (token.map[0] if token.map else 0)}"

    def _block(self, kind: BlockKind, text: str, level: int = 0) -> Iterator[Block]:
        line = one_line(text)
        if not line:
            return
        if self.note:
            kind, level = "note", 0
        elif self.item and kind == "paragraph":
            kind = "item"
        yield Block(kind=kind, text=one_line(self.begun + line), level=level)
        self.begun, self.item = "", False

    def _turn(self, token: Token) -> None:
        """Track what a token opens or closes."""
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            self.numbers.append(_first_number(token))
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            self.numbers.pop()
        elif token.type == "list_item_open":
            self._begin_item(token)
        elif token.type == "footnote_reference_open":
            self.note, self.begun = self.note + 1, f"[^{token.meta['label']}] "
        elif token.type == "footnote_reference_close":
            self.note, self.begun = self.note - 1, ""
        elif token.type == "list_item_close":
            self.begun, self.item = "", False
        elif token.type == "tr_open":
            self.cells = []

    def _begin_item(self, token: Token) -> None:
        number = self.numbers[-1]
        self.item = True
        if number is not None:  # as rendered, counting from the first number
            self.begun += f"{number}{token.markup} "
            self.numbers[-1] = number + 1


def _first_number(token: Token) -> int | None:
    """Return the number of a list's first item; None for bullets."""
    if token.type == "bullet_list_open":
        return None
    start = token.attrGet("start")
    return 1 if start is None else int(start)


def _without_attributes(heading: str) -> str:
    """Return a heading without the `{#id .class}` of Pandoc and Kramdown at its end."""
    text = heading.rstrip()
    at = text.rfind("{")
    attributes = at > 0 and text.endswith("}") and text[at + 1] in "#.:"
    return text[:at] if attributes else text


def _words(tokens: list[Token]) -> tuple[str, int]:
    """Return the text of a line, and how many struck-out parts were left out.

    Links are replaced by their text; images are left out.
    """
    words: list[str] = []
    open_tags: list[tuple[str, bool]] = []  # each with whether it strikes out its content
    strikes_open = count = 0
    for token in tokens:
        before = strikes_open
        if token.type in {"s_open", "s_close"}:
            strikes_open += token.nesting
        elif token.type == "html_inline":
            strikes_open += _turn_tag(token.content, open_tags)
        count += strikes_open > before == 0
        if not strikes_open:
            words.append(_shown(token))
    return "".join(words), count


def _turn_tag(tag: str, open_tags: list[tuple[str, bool]]) -> int:
    """Open or close a tag within a line; return by how many the open strikes change."""
    found = _TAG.match(tag)
    name = found[2].lower() if found else ""
    if not found or name in _VOID or tag.endswith("/>"):
        return 0
    if not found[1]:
        struck = name in ELEMENTS or "line-through" in tag.lower()
        open_tags.append((name, struck))
        return int(struck)
    if open_tags and open_tags[-1][0] == name:
        return -int(open_tags.pop()[1])
    return 0


def _shown(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "html_inline":
        return " " if _LINE_BREAK.match(token.content) else ""
    return "" if token.type == "image" else token.content
