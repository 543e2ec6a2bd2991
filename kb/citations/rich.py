"""Convert pandoc inlines to text segments with italics and links, and text to inlines."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from kb.citations.pandoc import Node
from kb.citations.typography import curled
from kb.domain.citations import Segment

# A pair of quotation marks, so that pandoc can swap nested marks in a style that adds its own.
_QUOTED = re.compile(r'“([^“”"]*)”|"([^“”"]*)"')
_BREAKS = ("Space", "SoftBreak", "LineBreak")
_MARKS = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def segments(inlines: Sequence[Node]) -> tuple[Segment, ...]:
    """Return pandoc inlines as text segments, joining neighbors that have the same formatting."""
    groups = groupby(_pieces(inlines, Segment(text="")), lambda one: (one.italic, one.href))
    joined = (
        Segment(text="".join(one.text for one in group), italic=italic, href=href)
        for (italic, href), group in groups
    )
    return tuple(one for one in joined if one.text)


def _pieces(inlines: Sequence[Node], form: Segment) -> Iterator[Segment]:
    for inline in inlines:
        yield from _piece(inline, form)


def _piece(inline: Node, form: Segment) -> Iterator[Segment]:
    kind: str = inline["t"]
    content: Any = inline.get("c")
    if kind in _BREAKS:
        yield _put(form, " ")
    elif kind == "Str":
        yield _put(form, str(content))
    elif kind == "Quoted":
        first, last = _MARKS[content[0]["t"]]
        yield _put(form, first)
        yield from _pieces(content[1], form)
        yield _put(form, last)
    elif kind == "Emph":  # nested italics become upright
        yield from _pieces(content, form.model_copy(update={"italic": not form.italic}))
    elif kind == "Link":
        href = content[2][0] if _ADDRESS.match(content[2][0]) else None
        yield from _pieces(content[1], form.model_copy(update={"href": href}))
    else:  # a span has its attributes first; small capitals and superscripts become plain
        yield from _pieces(content[1] if kind == "Span" else content, form)


def _put(form: Segment, text: str) -> Segment:
    return form.model_copy(update={"text": text})


def inlines(text: str) -> list[Node]:
    """Return plain text as pandoc inlines, without parsing any markup in it."""
    text = curled(text)
    found: list[Node] = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        found += _words(text[end : quoted.start()])
        inner = _words(quoted.group(1) or quoted.group(2) or "")
        found.append({"t": "Quoted", "c": [{"t": "DoubleQuote"}, inner]})
        end = quoted.end()
    return found + _words(text[end:])


def _words(text: str) -> list[Node]:
    pieces = re.split(r"(\s+)", text)
    return [
        {"t": "Space"} if piece.isspace() else {"t": "Str", "c": piece} for piece in pieces if piece
    ]
