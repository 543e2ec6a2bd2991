"""Where a source is opened: at its page, its time or its words, where the record names them."""

import re
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from kb.domain.documents import Locator, Source
from kb.text.list_markers import PRINTED_NUMBER

Form = Literal["pdf", "web"]  # what an address leads to, as far as a place in it is concerned

_HOURS = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:\.\d+)?")
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com")
# What stands before a line's words in our text, and in a page is often drawn by the browser.
_MARK = re.compile(rf"^(?:[-*] |\*\*.*?:\*\* |{PRINTED_NUMBER} )")
_CELLS = " | "
ENDS = 8  # words at each end of a passage; a text fragment of both is its whole range
FEW = 4  # words; a shorter line may stand anywhere


def opened_at(source: Source, locator: Locator | None, words: str = "") -> str | None:
    """The source's address with the place in it; the address alone where no place is known.

    `words` are the source's own at the place, where they are known. A page of a PDF by RFC 8118
    (`#page=3`), a recording by W3C Media Fragments (`#t=75`), words and headings of a web page by
    WICG's text fragments. A fragment of the address itself stays.
    """
    if source.URL is None or locator is None:
        return source.URL
    parts = urlsplit(source.URL)
    # Of what was imported, pages of a file are known of a PDF alone, whatever its address is.
    is_pdf = parts.path.lower().endswith(".pdf") or (
        locator.sheet is not None and locator.start is not None
    )
    fragment = time_in(parts.hostname or "", locator) if not is_pdf else None
    fragment = fragment or place_in("pdf" if is_pdf else "web", locator, words)
    if fragment is None or parts.fragment:
        return source.URL
    return urlunsplit(parts._replace(fragment=fragment))


def time_in(host: str, locator: Locator) -> str | None:
    """The fragment for a moment of a recording, of hosts that know one."""
    if locator.timestamp and (time := _HOURS.fullmatch(locator.timestamp)):
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        if host.removeprefix("www.").removeprefix("m.") in _VIDEO_HOSTS:
            return f"t={hours * 3600 + minutes * 60 + seconds}"
    return None


def place_in(form: Form, locator: Locator, words: str = "") -> str | None:
    """The fragment for a page of a PDF, or for words of a web page."""
    if form == "pdf":
        page = str(locator.sheet or locator.page or "")
        return f"page={page}" if page.isdecimal() else None
    if locator.quote:
        return _range(locator.quote.exact)
    found = _ends(words) or (locator.section[-1:] if locator.section else ())
    return _range(*found) if found else None


def _range(*ends: str) -> str:
    # A comma and a hyphen mean something in a text fragment, so they are escaped too.
    return f":~:text={','.join(quote(one, safe='').replace('-', '%2D') for one in ends)}"


def _ends(words: str) -> tuple[str, ...]:
    r"""The first and the last words of a passage; all of them where they are few.

    >>> _ends("- Free buses for all.\n- Homes | 12 | for everybody who needs one")
    ('Free buses for all.', 'for everybody who needs one')
    """
    lines = [_MARK.sub("", line, count=1).strip() for line in words.splitlines()]
    lines = [line for line in lines if line and not line.startswith("<!--")]
    if not lines:
        return ()
    long = [line for line in lines if len(line.split()) >= FEW] or lines
    first, last = long[0].split(_CELLS)[0].split(), long[-1].split(_CELLS)[-1].split()
    if len(long) == 1 and len(first) <= 2 * ENDS and _CELLS not in long[0]:
        return (" ".join(first),)
    return " ".join(first[:ENDS]), " ".join(last[-ENDS:])
