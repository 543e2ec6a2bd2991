"""The beginning of a text file -> its format, by what stands there; else by the file's name."""

import re

from indexer.importers.rows.objects import json_form

_VTT = re.compile(r"WEBVTT(?:[ \t\n]|\Z)")
_TIME = r"\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}"
_SRT = re.compile(rf"(?:\d+\s*\n)?\s*{_TIME}[ \t]*-->[ \t]*{_TIME}")
# A comment, a declaration or a processing instruction may stand before the first tag of a page.
_BEFORE = re.compile(r"(?:\s*(?:<!--(?:(?!-->).)*-->|<\?(?:(?!\?>).)*\?>))*\s*", re.DOTALL)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|span|br|a|article|title)\b[^<>]*>", re.IGNORECASE)
_HEADERS = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:.*\n(?:[ \t].*\n)*){2,}")
_RELATED = re.compile(
    r"^Content-Type:\s*multipart/related|^Snapshot-Content-Location:", re.I | re.M
)

_SENT = re.compile(r"^(?:Received|Return-Path|DKIM-Signature):", re.IGNORECASE | re.MULTILINE)

# Endings of names, and the formats that they promise.
ENDINGS = {
    ending: form
    for form, endings in {
        "pdf": "pdf",
        "html": "html htm xhtml xht shtml",
        "mhtml": "mhtml mht",
        "docx": "docx docm dotx dotm",
        "odt": "odt ott",
        "rtf": "rtf",
        "epub": "epub",
        "doc": "doc dot",
        "vtt": "vtt",
        "srt": "srt",
        "markdown": "md markdown mdown mkd mkdn mdwn mdx qmd rmd",
        "text": "txt text log",
        "jsonl": "jsonl ndjson jsonlines",
        "json": "json",
        "csv": "csv",
        "tsv": "tsv tab",
    }.items()
    for ending in endings.split()
}
# What only the name tells: any text may be one of these.
_BY_NAME = {"markdown", "text", "csv", "tsv", "vtt", "srt", "jsonl", "json"}
# Programs write tables under the endings of workbooks.
_TABLES = {"xls": "csv", "xlsx": "csv"}


def text_format(head: str, ending: str) -> str:
    """The format of a text by its beginning, and where that leaves it open by its name."""
    start = head.lstrip("\ufeff \t\n")
    told = _told(start)
    if told:
        return told
    named = ENDINGS.get(ending) or _TABLES.get(ending)
    if named in {"html", "mhtml"}:
        return "html" if _TAG.search(head) else "text"
    return named if named in _BY_NAME else "text"


def page_format(start: str) -> str | None:
    """`html` or `mhtml` where a text begins as a page of the web does."""
    header = _HEADERS.match(start)
    if header and _RELATED.search(header.group()) and not _SENT.search(header.group()):
        return "mhtml"
    before = _BEFORE.match(start)
    return "html" if _PAGE.match(start, before.end() if before else 0) else None


def _told(start: str) -> str | None:
    """The format that the beginning of a text leaves no doubt of."""
    if _VTT.match(start):
        return "vtt"
    return "srt" if _SRT.match(start) else page_format(start) or json_form(start)
