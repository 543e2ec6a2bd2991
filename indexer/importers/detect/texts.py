"""Detect the format of a text by its beginning, else by its file name."""

import re

from indexer.importers.rows.objects import json_form
from kb.domain.file_formats import PLAIN, format_promised

# A comment, a declaration or a processing instruction may come before the first tag of a page.
_BEFORE = re.compile(r"(?:\s*(?:<!--(?:(?!-->).)*-->|<\?(?:(?!\?>).)*\?>))*\s*", re.DOTALL)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|span|br|a|article|title)\b[^<>]*>", re.IGNORECASE)
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:.*\n(?:[ \t].*\n)*){2,}")
_RELATED = re.compile(
    r"^Content-Type:\s*multipart/related|^Snapshot-Content-Location:", re.I | re.M
)

_SENT = re.compile(r"^(?:Received|Return-Path|DKIM-Signature):", re.IGNORECASE | re.MULTILINE)


def text_format(head: str, name: str) -> str:
    """Return the format of a text by its beginning, else by its file extension."""
    start = head.lstrip("\ufeff \t\n")
    stated = page_format(start) or json_form(start)
    if stated:
        return stated
    promised = format_promised(name)
    if promised is None or promised.folder == "html":
        return "html" if promised and _TAG.search(head) else "text"
    return promised.name if promised.media_type == PLAIN else "text"


def page_format(start: str) -> str | None:
    """Return `html` or `mhtml` for a text that begins like a web page."""
    header = _HEADERS.match(start)
    if header and _RELATED.search(header.group()) and not _SENT.search(header.group()):
        return "mhtml"
    before = _BEFORE.match(start)
    return "html" if _PAGE.match(start, before.end() if before else 0) else None
