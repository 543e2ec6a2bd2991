"""Deep links into a source: to a PDF page, a time in a recording, or words on a web page."""

import re
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from kb.domain.records import Locator
from kb.domain.sources import Source
from kb.text.list_markers import PRINTED_NUMBER

Form = Literal["pdf", "web"]  # type of the linked file, which decides the kind of fragment

_HOURS = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:\.\d+)?")
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com")
# List markers and labels at the start of a line. Browsers often generate them, so a text fragment
# must not contain them.
_MARK = re.compile(rf"^(?:[-*] |\*\*.*?:\*\* |{PRINTED_NUMBER} )")
_CELLS = " | "
END_WORDS = 8  # words from each end of a passage in a text fragment
MIN_LINE_WORDS = 4  # a shorter line may occur elsewhere in the page


def opened_at(source: Source, locator: Locator | None, words: str = "") -> str | None:
    """Return the source's URL, with a fragment for the locator if possible.

    `words` is the source's text at the locator, if known. Fragments follow RFC 8118 for PDF pages
    (`#page=3`), W3C Media Fragments for recordings (`#t=75`), and WICG Text Fragments for words
    and headings on web pages. A fragment that the URL already has is not replaced.
    """
    if source.URL is None or locator is None:
        return source.URL
    parts = urlsplit(source.URL)
    # Imported documents have sheet numbers only if they are PDFs, whatever their URL.
    is_pdf = parts.path.lower().endswith(".pdf") or (
        locator.sheet is not None and locator.start is not None
    )
    fragment = time_in(parts.hostname or "", locator) if not is_pdf else None
    fragment = fragment or place_in("pdf" if is_pdf else "web", locator, words)
    if fragment is None or parts.fragment:
        return source.URL
    return urlunsplit(parts._replace(fragment=fragment))


def time_in(host: str, locator: Locator) -> str | None:
    """Return the fragment for a time in a recording, or None if the host does not support it."""
    if locator.timestamp and (time := _HOURS.fullmatch(locator.timestamp)):
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        if host.removeprefix("www.").removeprefix("m.") in _VIDEO_HOSTS:
            return f"t={hours * 3600 + minutes * 60 + seconds}"
    return None


def place_in(form: Form, locator: Locator, words: str = "") -> str | None:
    """Return the fragment for a page of a PDF or for words on a web page, or None if unknown."""
    if form == "pdf":
        page = str(locator.sheet or locator.page or "")
        return f"page={page}" if page.isdecimal() else None
    if locator.quote:
        return _range(locator.quote.exact)
    found = _ends(words) or (locator.section[-1:] if locator.section else ())
    return _range(*found) if found else None


def _range(*ends: str) -> str:
    # Commas and hyphens are syntax in text fragments, so they are escaped too.
    return f":~:text={','.join(quote(one, safe='').replace('-', '%2D') for one in ends)}"


def _ends(words: str) -> tuple[str, ...]:
    r"""Return the first and last words of a passage, or all words of a short one.

    >>> _ends("- Free buses for all.\n- Homes | 12 | for everybody who needs one")
    ('Free buses for all.', 'for everybody who needs one')
    """
    lines = [_MARK.sub("", line, count=1).strip() for line in words.splitlines()]
    lines = [line for line in lines if line and not line.startswith("<!--")]
    if not lines:
        return ()
    long = [line for line in lines if len(line.split()) >= MIN_LINE_WORDS] or lines
    first, last = long[0].split(_CELLS)[0].split(), long[-1].split(_CELLS)[-1].split()
    if len(long) == 1 and len(first) <= 2 * END_WORDS and _CELLS not in long[0]:
        return (" ".join(first),)
    return " ".join(first[:END_WORDS]), " ".join(last[-END_WORDS:])
