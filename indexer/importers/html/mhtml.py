"""The bytes of a saved page -> the page's own bytes, out of the envelope that a browser put on."""

import re
from email import message_from_bytes
from email.message import Message
from typing import NamedTuple

from kb.errors import UnreadableError

# What Internet Explorer and Chrome write into a page, and what SingleFile writes.
_ORIGIN = re.compile(
    rb"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,2000})"
    rb"|<!--\s{0,9}Page saved with SingleFile\s{1,9}url:\s{0,9}(\S{1,2000})"
)
_TOP = 16_384  # bytes of a file in which these stand, and the header lines of an envelope
_HEADERS = re.compile(rb"\s*(?:[!-9;-~]{1,100}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_ENVELOPE = re.compile(rb"^(?:mime-version|snapshot-content-location)\s*:", re.IGNORECASE | re.M)
_PAGE_PART = re.compile(
    rb"^content-type:\s{0,9}(?:text/html|application/xhtml|multipart/)", re.IGNORECASE | re.M
)
_PAGES = {"text/html", "application/xhtml+xml"}


class Saved(NamedTuple):
    """A page's bytes, the encoding that the envelope states, and the address it was saved from."""

    page: bytes
    encoding: str | None
    address: str | None


def unwrap(data: bytes, name: str) -> Saved:
    """The page itself; UnreadableError where a file of web archive (MHTML) has none."""
    if not is_mhtml(data):
        found = _ORIGIN.search(data, 0, _TOP)
        origin = (found[1] or found[2]).decode("ascii", errors="ignore") if found else None
        return Saved(data, None, origin)
    try:
        message = message_from_bytes(_without_pictures(data))
        page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
        body = page.get_payload(decode=True) if page is not None else None
    except (ValueError, LookupError, RecursionError) as error:
        wrong = "a saved page (MHTML) that is damaged or nested too deeply"
        raise UnreadableError(name, wrong, "one as a browser saves it") from error
    if page is None or not isinstance(body, bytes) or not body.strip():
        wrong = "a saved page (MHTML) without the page in it"
        raise UnreadableError(name, wrong, "a part with HTML; save it from the browser again")
    return Saved(body, _text(page.get_param("charset")), _address(message, page))


def _without_pictures(data: bytes) -> bytes:
    """The envelope with the part that has the page; the others may be a hundred times as large."""
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


def is_mhtml(data: bytes) -> bool:
    """Whether a file begins with the header lines of a saved page."""
    headers = _HEADERS.match(data[:_TOP])
    return headers is not None and _ENVELOPE.search(headers[0]) is not None


def _address(message: Message, page: Message) -> str | None:
    return _text(message.get("Snapshot-Content-Location") or page.get("Content-Location"))


def _text(value: object) -> str | None:
    """A header's or a parameter's value on one line; None for the encoded kinds that none needs."""
    return "".join(value.split()) if isinstance(value, str) else None
