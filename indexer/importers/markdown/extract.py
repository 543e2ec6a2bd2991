"""Read Markdown by rendering it to HTML, which is then read like a web page."""

import re
from collections.abc import Sequence
from pathlib import Path

from lxml.html import tostring
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote.index import footnote_def

from indexer.importers.base import Extracted, SourceInfo, gathered
from indexer.importers.html.pieces import pieces
from indexer.importers.html.tree import grow, parse
from indexer.importers.markdown.front_matter import stated
from indexer.importers.shared.decode import decode, remarks
from indexer.importers.shared.remarks import struck_remarks
from indexer.importers.shared.titles import visible_title

# Each nested list counts twice. The parser leaves out what is nested more deeply; with a higher
# limit, it takes longer on unclosed brackets.
MAX_NESTING = 30
# A reference to a footnote; the plugin's own rule takes quadratic time on `[^a[^a[^a`.
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,100})\]")

_CHECKBOX = re.compile(r"^\[[ xX]\]\s+")
# `{#id .class}` at the end of a heading, as in Pandoc and Kramdown.
_ATTRIBUTES = re.compile(r"(?<=.)\{[#.:][^{]*\}$")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
# Inline tags that are kept. `<name>` may be a placeholder in the text, and `<title>` would end it.
_KEPT = set(
    "a abbr b br cite code del em i ins kbd mark q s small span strike strong sub sup u".split()
)
_NOTE = "markdown-note"  # class for the element around a footnote


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the text and front matter of a file. Raise UnreadableError if it has no text."""
    text, guessed = decode(path, info)
    about, said, body = stated(text, info)
    first_line = text.count("\n") - body.count("\n") + 1
    tree = grow(f"<html><body>{_page(body, first_line, info.name)}</body></html>", info.name)
    notes = tree.notes | {one for one in tree.root.iter("div") if one.get("class") == _NOTE}
    blocks = gathered((one.block() for one in pieces(tree.root, notes)), info)
    return Extracted(
        format="markdown",
        **about.fields(visible_title((one.level, one.text) for one in blocks)),
        blocks=blocks,
        remarks=(*remarks(text, guessed), *said, *struck_remarks(tree.struck)),
    )


def _note_mark(state: StateInline, silent: bool) -> bool:
    """Parse `[^label]` as a footnote reference if it is defined; otherwise it stays text."""
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


def _html_block(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, env: EnvType
) -> str:
    """Render an HTML block with every tag closed, so that no element extends beyond the block."""
    line = tokens[at].attrGet("data-line")
    root, _ = parse(f'<div data-line="{line}">{tokens[at].content}</div>', env["name"])
    return "".join(tostring(one, encoding="unicode") for one in root.find("body"))


def _html_inline(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType
) -> str:
    tag = _TAG.match(tokens[at].content)
    return tokens[at].content if tag and tag[1].lower() in _KEPT else ""


def _nothing(*_: object) -> str:
    return ""


MARKDOWN.add_render_rule("html_block", _html_block)
MARKDOWN.add_render_rule("html_inline", _html_inline)
MARKDOWN.add_render_rule("footnote_ref", _nothing)
MARKDOWN.add_render_rule("image", _nothing)


def _page(body: str, first_line: int, name: str) -> str:
    """Render Markdown as HTML, with each block's line number in the file as `data-line`."""
    tokens = MARKDOWN.parse(body, {})
    label = ""  # of the footnote whose text comes next
    for at, token in enumerate(tokens):
        if token.map:
            token.attrSet("data-line", str(first_line + token.map[0]))
        if token.type == "footnote_reference_open":
            token.tag, label = "div", f"[^{token.meta['label']}] "
            token.attrSet("class", _NOTE)
        elif token.type == "footnote_reference_close":
            token.tag, label = "div", ""
        elif token.type == "table_open":
            token.attrSet("role", "table")
        elif token.markup == ")":
            token.attrSet("data-delimiter", "OneParen")
        elif token.type == "inline" and token.children:
            _mend(token.children, [one.type for one in tokens[max(0, at - 2) : at]])
            token.children.insert(0, Token("text", "", 0, content=label))
            label = ""
    return str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {"name": name}))


def _mend(line: list[Token], opened: list[str]) -> None:
    """Remove a checkbox at the start of a list item, and attributes at the end of a heading."""
    if opened == ["list_item_open", "paragraph_open"]:
        line[0].content = _CHECKBOX.sub("", line[0].content, 1)
    if opened[-1] == "heading_open":
        line[-1].content = _ATTRIBUTES.sub("", line[-1].content.rstrip())
