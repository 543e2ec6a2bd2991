"""Where a source is opened: at its page, its time or its words, where the record names them."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from kb.domain.documents import Locator, Source

_HOURS = re.compile(r"(?:(\d+):)?(\d+):(\d+)")
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com")


def opened_at(source: Source, locator: Locator | None) -> str | None:
    """The source's address with the place in it; the address alone where no place is known.

    A page of a PDF by RFC 8118 (`#page=3`), a recording by W3C Media Fragments (`#t=75`), words
    and headings of a web page by WICG's text fragments. A fragment of the address itself stays.
    """
    if source.URL is None or locator is None:
        return source.URL
    parts = urlsplit(source.URL)
    fragment = _fragment(parts.path.lower().endswith(".pdf"), parts.hostname or "", locator)
    if fragment is None or parts.fragment:
        return source.URL
    return urlunsplit(parts._replace(fragment=fragment))


def _fragment(is_pdf: bool, host: str, locator: Locator) -> str | None:
    if is_pdf:
        page = str(locator.sheet or locator.page or "")
        return f"page={page}" if page.isdecimal() else None
    if locator.timestamp and (time := _HOURS.fullmatch(locator.timestamp)):
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        if host.removeprefix("www.").removeprefix("m.") in _VIDEO_HOSTS:
            return f"t={hours * 3600 + minutes * 60 + seconds}"
    words = locator.quote.exact if locator.quote else locator.section[-1] if locator.section else ""
    # A comma and a hyphen mean something in a text fragment, so they are escaped too.
    return f":~:text={quote(words, safe='').replace('-', '%2D')}" if words else None
