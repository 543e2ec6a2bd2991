"""Footnotes of Markdown (`[^label]` and `[^label]: text`), which CommonMark has not.

The rules follow those of markdown-it-footnote for what a definition holds: the rest of its line,
lines that go on, and blocks that are indented by four.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

OPEN, CLOSE, REFERENCE = "footnote_open", "footnote_close", "footnote_reference"

_DEFINITION = re.compile(r"\[\^([^\]\s]{1,100})\]:[ \t]*")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\]")
_INDENT = 4
_LABELS = "footnotes"  # the key of a parse's environment


def footnotes(markdown: MarkdownIt) -> None:
    """Let a parser know footnotes: tokens OPEN and CLOSE around a definition, REFERENCE in text.

    Both carry the label in `info`. A reference to no definition stays text, as it is shown.
    """
    markdown.block.ruler.before(
        "reference", "footnote", _definition, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    markdown.inline.ruler.before("link", "footnote", _reference)


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    match = _DEFINITION.match(state.src, begin, state.eMarks[start])
    if not match or state.is_code_block(start):
        return False
    if silent:
        return True
    state.env.setdefault(_LABELS, set()).add(match[1])
    state.push(OPEN, "", 1).info = match[1]
    kept = (state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType)
    # The text after the label is the first line of the blocks that hang on it.
    state.bMarks[start], state.tShift[start] = match.end(), 0
    state.blkIndent += _INDENT
    state.sCount[start] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start, end)
    state.blkIndent -= _INDENT
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = kept
    state.push(CLOSE, "", -1)
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not match or match[1] not in state.env.get(_LABELS, ()):
        return False
    if not silent:
        state.push(REFERENCE, "", 0).info = match[1]
    state.pos = match.end()
    return True
