"""Markdown -> what a reader of the rendered page sees: headings, paragraphs, items, rows, notes."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.importers.base import Asked, Block, BlockKind, Extracted
from indexer.importers.markdown.footnotes import CLOSE, OPEN, footnotes
from indexer.importers.markdown.fragments import html_blocks
from indexer.importers.markdown.front_matter import stated
from indexer.importers.shared.clean import one_line
from indexer.importers.shared.decode import decode, remarks, with_newlines
from indexer.importers.shared.limits import gathered
from indexer.importers.shared.titles import usable_title

# Two for each list within a list. The parser leaves out what is nested deeper, and its time on
# brackets that never close grows with it.
_NESTING = 30

MARKDOWN = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
footnotes(MARKDOWN)

_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]*\}$")  # `{#id .class}` of Pandoc and Kramdown
_CHECKBOX = re.compile(r"\[[ xX]\]\s+")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)


def extract(path: Path, asked: Asked) -> Extracted:
    """The text of a Markdown file and its front matter; UnreadableError where it has no words."""
    text, guessed = decode(path, asked)
    said, body = stated(with_newlines(text), asked)
    blocks = gathered(read_markdown(body), asked, "Markdown with text")
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
        remarks=(*remarks(text, guessed), *said.remarks),
    )


def first_heading(blocks: Iterable[Block]) -> str | None:
    """The first heading of the first level, else the first heading, where it can be a title."""
    headings = [block for block in blocks if block.kind == "heading"]
    first = next((block for block in headings if block.level == 1), None)
    return usable_title((first or headings[0]).text) if headings else None


def read_markdown(text: str) -> Iterator[Block]:
    """The blocks of Markdown without front matter, in order."""
    return _Walk().blocks(MARKDOWN.parse(text, {}))


class _Walk:
    """Goes through the tokens once, and knows in which list, note and row it is."""

    def __init__(self) -> None:
        self.numbers: list[int | None] = []  # of the next item of each open list; None for bullets
        self.begun = ""  # what the next block begins with: an item's number, a note's label
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
                yield from html_blocks(token.content)
            elif token.type == "tr_close" and self.cells:
                yield from self._block("row", " | ".join(self.cells) if any(self.cells) else "")
                self.cells = None
            else:
                self._turn(token)

    def _inline(self, token: Token, opened: Token) -> Iterator[Block]:
        text = _words(token.children or [])
        if self.cells is not None:
            self.cells.append(one_line(text))
        elif opened.type == "heading_open":
            yield from self._block("heading", _ATTRIBUTES.sub("", text), int(opened.tag[1]))
        else:
            yield from self._block("paragraph", _CHECKBOX.sub("", text, 1) if self.item else text)

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
        """Take note of what a token opens or closes."""
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            self.numbers.append(_first_number(token))
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            self.numbers.pop()
        elif token.type == "list_item_open":
            self._begin_item(token)
        elif token.type == OPEN:
            self.note, self.begun = self.note + 1, f"[^{token.info}] "
        elif token.type == CLOSE:
            self.note, self.begun = self.note - 1, ""
        elif token.type == "list_item_close":
            self.begun, self.item = "", False
        elif token.type == "tr_open":
            self.cells = []

    def _begin_item(self, token: Token) -> None:
        number = self.numbers[-1]
        self.item = True
        if number is not None:  # as a page shows it, which counts from the first number
            self.begun += f"{number}{token.markup} "
            self.numbers[-1] = number + 1


def _first_number(token: Token) -> int | None:
    """The number of a list's first item; None for bullets."""
    if token.type == "bullet_list_open":
        return None
    start = token.attrGet("start")
    return 1 if start is None else int(start)


def _words(tokens: list[Token]) -> str:
    """The words of a text without its marks; of links what stands for them, of images nothing."""
    return "".join(map(_shown, tokens))


def _shown(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "html_inline":
        return " " if _LINE_BREAK.match(token.content) else ""
    return "" if token.type == "image" else token.content
