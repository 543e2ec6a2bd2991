"""Plain text and Markdown's inline marks: one way in, one way out, nothing lost between."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

# HTML is off, so hostile markup in a corpus file is text like any other.
MARKDOWN = MarkdownIt("commonmark", {"html": False})

_SPECIAL = re.compile(r"([\\`*_\[\]<>])|&(?=#|\w+;)|!(?=\[)")
# What would begin a heading, list, quotation, rule, fence or underline at the start of a line.
_LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+=~](?=[\s\-+=~]|$)|\d{1,9}(?=[.)](?:\s|$)))")
# What would close a heading at the end of a line, and be lost.
_LINE_END = re.compile(r"(?<=\s)#(?=#*$)")


def plain(inline: Token) -> str:
    """The words of an inline token, without marks; line breaks become spaces."""
    return "".join(_words(child) for child in inline.children or []).strip()


def _words(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return token.content


def escape(text: str) -> str:
    """Markdown that renders as exactly this text on one line."""
    body = _SPECIAL.sub(lambda match: "\\" + match.group(0), text)
    body = _LINE_END.sub(r"\\#", body)
    return _LINE_START.sub(lambda match: _escape_start(match.group(0)), body)


def _escape_start(mark: str) -> str:
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
