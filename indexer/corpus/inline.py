"""Convert plain text to inline Markdown and back without loss."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

# HTML is off, so markup in a corpus file is plain text and cannot be hostile.
MARKDOWN = MarkdownIt("commonmark", {"html": False})

_SPECIAL = re.compile(r"([\\`*_\[\]<>])|&(?=#|\w+;)|!(?=\[)")
# Characters that would open a heading, list, quotation, rule, fence or underline on a line.
_LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+=~](?=[\s\-+=~]|$)|\d{1,9}(?=[.)](?:\s|$)))")
# The closing sequence of a heading, which the parser would drop.
_LINE_END = re.compile(r"(?:(?<=\s)|^)#(?=#*$)")


def plain(inline: Token) -> str:
    """Return the text of an inline token without markup, with line breaks as spaces."""
    return "".join(_words(child) for child in inline.children or []).strip()


def _words(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return token.content


def escape(text: str) -> str:
    """Return Markdown that renders as exactly this text on one line."""
    body = _SPECIAL.sub(lambda match: "\\" + match.group(0), text)
    body = _LINE_END.sub(r"\\#", body)
    return _LINE_START.sub(lambda match: _escape_start(match.group(0)), body)


def _escape_start(mark: str) -> str:
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
