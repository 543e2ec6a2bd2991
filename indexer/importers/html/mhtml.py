"""Extract the HTML from a saved page (MHTML), and read the URL it was saved from."""

import re
from email import message_from_bytes
from typing import NamedTuple

from indexer.importers.detect.detect import is_mhtml
from kb.errors import UnreadableError

# Comments that Internet Explorer, Chrome and SingleFile write into saved pages.
_ORIGIN = re.compile(
    rb"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,2000})"
    rb"|<!--\s{0,9}Page saved with SingleFile\s{1,9}url:\s{0,9}(\S{1,2000})"
)
_TOP = 16_384  # bytes that are searched for these comments
_PAGE_PART = re.compile(
    rb"^content-type:\s{0,9}(?:text/html|application/xhtml|multipart/)", re.IGNORECASE | re.M
)
_PAGES = {"text/html", "application/xhtml+xml"}


class Saved(NamedTuple):
    """A page's bytes, the encoding in its MIME headers, and the URL it was saved from."""

    page: bytes
    encoding: str | None
    address: str | None


def unwrap(data: bytes, name: str) -> Saved:
    """Return the HTML, encoding and URL of a page. Raise UnreadableError if MHTML has no HTML."""
    if not is_mhtml(data[:_TOP].decode("latin-1").replace("\r\n", "\n").lstrip()):
        found = _ORIGIN.search(data, 0, _TOP)
        origin = (found[1] or found[2]).decode("ascii", errors="ignore") if found else None
        return Saved(data, None, origin)
    try:
        message = message_from_bytes(_without_pictures(data))
        page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
        body = page.get_payload(decode=True) if page is not None else None
    except (ValueError, LookupError, RecursionError) as error:
        wrong = "a saved page (MHTML) that is damaged or nested too deeply"
        raise UnreadableError(name, wrong, "one as saved by a browser") from error
    if page is None or not isinstance(body, bytes) or not body.strip():
        wrong = "a saved page (MHTML) without HTML"
        raise UnreadableError(name, wrong, "a part with HTML. Next: save the page again")
    address = message.get("Snapshot-Content-Location") or page.get("Content-Location")
    return Saved(body, _text(page.get_param("charset")), _text(address))


def _without_pictures(data: bytes) -> bytes:
    """Return only the headers and the HTML part, because other parts may be 100 times as large."""
    boundary = message_from_bytes(data[:_TOP]).get_boundary()
    mark = f"\n--{boundary}".encode(errors="replace")
    first = start = data.find(mark)
    while boundary and start >= 0:
        after = data.find(mark, start + len(mark))
        end = after if after >= 0 else len(data)
        if _PAGE_PART.search(data, start, min(end, start + _TOP)):
            return data[:first] + data[start:end]
        start = after
    return data


def _text(value: object) -> str | None:
    """Return a header value without whitespace, or None if it is missing or not a string."""
    return "".join(value.split()) if isinstance(value, str) else None
