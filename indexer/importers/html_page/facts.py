"""What a page states of itself, and what can only be told from how it looks."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml.html import HtmlElement

from indexer.importers.html_page.linked_data import Stated, stated
from indexer.importers.html_page.pieces import Piece
from indexer.importers.lines import one_line
from indexer.importers.marked.stated import stated_date
from indexer.importers.office_about import creators, language
from indexer.importers.titles import usable_title

MAX_VALUE = 2_000  # characters of a statement; more is no title, name or address
DATE_LINE = 60  # characters of a line that gives place and date: `Madrid, 15 de mayo de 2021`
DATE_LINES = 6  # how many lines after the top of the text are looked at for it

_TITLES = ("citation_title", "dc.title", "dcterms.title", "headline", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_AUTHORS_TOO = ("parsely-author", "sailthru.author", "byl")
_DATES = (
    "citation_publication_date citation_date dc.date.issued dcterms.issued dcterms.date.issued "
    "article:published_time og:article:published_time datepublished parsely-pub-date "
    "sailthru.date dc.date dcterms.date dc.date.created dcterms.created pubdate publication_date "
    "publish-date date"
).split()
_SITES = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")

# Titles of a site's first page, which say nothing of the text.
_FIRST_PAGE = re.compile(
    r"(?:home(?:\s?page)?|welcome|index|start|inicio|portada|bienvenid[oa]s?)\W*"
)
_BETWEEN = re.compile(r"\s+(?:[|·•»«–—:/\\-]|::|>|<)\s+|\s*\|\s*")
_TIME = re.compile(r"[T\s,]+\d{1,2}:\d\d.*")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_BY = re.compile(r"(?:by|por|von|par)\s+", re.IGNORECASE)


class Facts(NamedTuple):
    """What is known of a page; the names of `guessed` are those that it does not state."""

    title: str | None
    creator: tuple[str, ...]
    issued: str | None
    language: str | None
    url: str | None
    site: str | None
    guessed: tuple[str, ...]


def facts(root: HtmlElement, main: Sequence[Piece], saved_from: str | None) -> Facts:
    """What the page states, then what its main text and its markup suggest.

    `saved_from` is the address that a browser wrote into the file when it saved the page.
    """
    said, things = _meta(root), stated(root)
    url = _address(root, said, saved_from)
    site = _site(said, things)
    title = _title(root, said, things, site, url)
    creator = _creator(root, said, things)
    issued = _issued(root, said, things)
    seems = _seeming(root, url) if not (creator and issued) else _Seeming((), None)
    found = {
        "title": title or _heading(main),
        "creator": creator or seems.creator,
        "issued": issued or seems.issued or _date_line(main),
    }
    firm = {"title": title, "creator": creator, "issued": issued}
    return Facts(
        title=found["title"],
        creator=found["creator"] or (),
        issued=found["issued"],
        language=_language(root, said),
        url=url,
        site=site,
        guessed=tuple(name for name, value in found.items() if value and not firm[name]),
    )


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    """The contents of the page's `meta` elements, by name in small letters."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        content = one_line(element.get("content") or "")
        for key in ("name", "property", "itemprop", "http-equiv"):
            name = (element.get(key) or "").lower().strip()
            if name and content and len(content) <= MAX_VALUE:
                found[name].append(content)
    return found


def _values(said: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return chain.from_iterable(said.get(name, ()) for name in names)


def _title(
    root: HtmlElement, said: dict[str, list[str]], things: Stated, site: str | None, url: str | None
) -> str | None:
    """The first stated title that is one, without the name of the site around it."""
    element = root.find(".//title")
    in_head = one_line(element.text_content())[:MAX_VALUE] if element is not None else ""
    headings = [one_line(found.text_content()) for found in root.iter("h1")]
    for candidate in (*_values(said, _TITLES[:3]), things.title, *_values(said, _TITLES), in_head):
        whole = usable_title(one_line(candidate))
        title = (
            usable_title(_without_site(whole, {site, _domain(url)}, headings)) if whole else None
        )
        if title and not _FIRST_PAGE.fullmatch(title.casefold()):
            return title
    return None


def _without_site(title: str, sites: set[str | None], headings: list[str]) -> str:
    """The title without its first or last part, where that is the site or all else is a heading."""
    names = {_letters(site) for site in sites if site} - {""}
    gaps = list(_BETWEEN.finditer(title))
    for gap in {gaps[0], gaps[-1]} if gaps else ():
        before, after = title[: gap.start()], title[gap.end() :]
        for kept, rest in ((before, after), (after, before)):
            if _letters(rest) in names or kept in headings:
                return kept
    return title


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _domain(url: str | None) -> str | None:
    """The name in an address that a site is called by: `tenantsunited` of its domain."""
    labels = (urlsplit(url).hostname or "").split(".") if url else []
    return labels[-2] if len(labels) > 1 else None


def _creator(root: HtmlElement, said: dict[str, list[str]], things: Stated) -> tuple[str, ...]:
    for names in (
        list(_values(said, _AUTHORS[:3])),
        things.authors,
        list(_values(said, (*_AUTHORS[3:], *_AUTHORS_TOO))),
        [link.text_content() for link in root.iter("a") if link.get("rel") == "author"][:5],
    ):
        if found := _names(names):
            return found
    return ()


def _names(names: Iterable[str]) -> tuple[str, ...]:
    plain = (_BY.sub("", one_line(name), count=1) for name in names if "://" not in name)
    return creators(name for name in plain if len(name) <= 200)


def _issued(root: HtmlElement, said: dict[str, list[str]], things: Stated) -> str | None:
    timed = [
        found.get("datetime") or found.get("content") or ""
        for found in root.iter("time", "span", "abbr")
        if found.get("itemprop") == "datePublished" or found.get("pubdate") is not None
    ]
    dates = (*_values(said, _DATES[:3]), things.date, *_values(said, _DATES[3:]), *timed)
    return next(filter(None, map(_date, dates)), None)


def _date(text: str) -> str | None:
    plain = _TIME.sub("", one_line(text)[:MAX_VALUE])
    return stated_date(_COMPACT.sub(r"\1-\2-\3", plain) if len(plain) == 8 else plain)


def _language(root: HtmlElement, said: dict[str, list[str]]) -> str | None:
    body = root.find("body")
    attributes = [
        element.get(name) or ""
        for element in (root, body)
        if element is not None
        for name in ("lang", "xml:lang")
    ]
    tags = (language(tag) for tag in (*attributes, *_values(said, _LANGUAGES)))
    return next(filter(None, tags), None)


def _address(root: HtmlElement, said: dict[str, list[str]], saved_from: str | None) -> str | None:
    """The canonical address that a page states, else that which it was saved from."""
    base = next((found.get("href") or "" for found in root.iter("base")), "") or saved_from or ""
    links = [
        found.get("href") or ""
        for found in root.iter("link")
        if "canonical" in (found.get("rel") or "").lower().split()
    ]
    for address in (*links, *said.get("og:url", ()), saved_from or ""):
        if whole := _whole(base, address):
            return whole
    return None


def _whole(base: str, address: str) -> str | None:
    """An absolute address of the web; None where it is none, or holds a name and a password."""
    address = address.strip()
    try:
        whole = urljoin(base, address) if address else ""
        parts = urlsplit(whole)
        fine = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return None
    return whole if fine and len(whole) <= MAX_VALUE and whole.isprintable() else None


def _site(said: dict[str, list[str]], things: Stated) -> str | None:
    names = (*said.get(_SITES[0], ()), things.publisher, *_values(said, _SITES[1:]))
    lines = (one_line(name) for name in names if "://" not in name)
    return next((line for line in lines if line and len(line) <= 200), None)


class _Seeming(NamedTuple):
    creator: tuple[str, ...]
    issued: str | None


def _seeming(root: HtmlElement, url: str | None) -> _Seeming:
    """The author and the date that trafilatura reads from bylines and marked-up dates."""
    document = trafilatura.extract_metadata(root, default_url=url, extensive=False)
    issued = document.date
    if issued and issued.endswith("-01-01"):  # what it makes of a year
        issued = issued[:4]
    return _Seeming(_names([document.author or ""]), issued)


def _heading(main: Sequence[Piece]) -> str | None:
    """The first heading of the first level, else the first one, else None."""
    headings = sorted((piece for piece in main if piece.kind == "heading"), key=_rank)
    return next(filter(None, (usable_title(piece.text) for piece in headings)), None)


def _rank(piece: Piece) -> bool:
    return piece.level != 1


def _date_line(main: Sequence[Piece]) -> str | None:
    """The day of a line near the top or at the end that gives little more than a date."""
    for piece in (*main[:DATE_LINES], *main[-2:]):
        if piece.kind == "paragraph" and len(piece.text) <= DATE_LINE:
            day = _date(piece.text)
            if day and len(day) == len("2021-05-15"):
                return day
    return None
