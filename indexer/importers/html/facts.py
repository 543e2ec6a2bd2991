"""Read the metadata of a page: declared values, or guesses from its markup and text.

Declared metadata is read here because trafilatura's `extract_metadata` splits names of
organizations ("City; Office"), loses languages and authors referenced by id in JSON-LD, and reads
03/04/2020 as one definite date. Its results are used only for bylines and marked-up dates, if no
author or date is declared.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml.html import HtmlElement

from indexer.importers.html.pieces import Piece
from indexer.importers.html.statements import MAX_VALUE, Statements, plain
from indexer.importers.shared.stated import About, creators, stated_date, stated_language
from indexer.importers.shared.titles import usable_title, visible_title

MAX_NAME = 200  # characters; a longer value is a sentence about a person

_TIME = re.compile(r"[T\s,]+\d{1,2}:\d\d.*")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_BY = re.compile(r"(?:by|por|von|par)\s+", re.IGNORECASE)


def names(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names of people and organizations, leaving out URLs, programs and logins."""
    single = (name.strip() for value in values for name in plain(value).split(";"))
    shown = (_BY.sub("", name, count=1) for name in single if "://" not in name)
    return creators(name for name in shown if len(name) <= MAX_NAME)


def day(value: str) -> str | None:
    """Parse a date or time and return its unambiguous part in EDTF, or None."""
    shown = _TIME.sub("", plain(value)[:MAX_VALUE])
    return stated_date(_COMPACT.sub(r"\1-\2-\3", shown) if len(shown) == len("20210515") else shown)


def address(base: str, value: str) -> str | None:
    """Return an absolute HTTP(S) URL, or None if it is invalid or contains credentials."""
    value = value.strip()
    try:
        whole = urljoin(base, value) if value else ""
        parts = urlsplit(whole)
        fine = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return None
    return whole if fine and len(whole) <= MAX_VALUE and whole.isprintable() else None


_SCHOLARLY = ("citation_title", "dc.title", "dcterms.title")
_SHARED = ("headline", "og:title", "twitter:title")

# Titles of home pages, which do not describe the text.
_HOME_PAGE = re.compile(
    r"(?:home(?:\s?page)?|welcome|index|start|inicio|portada|bienvenid[oa]s?)\W*", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s+(?:[|·•»«›‹–—:/\\-]|::|>|<)\s+|\s*\|\s*")


def stated_title(
    root: HtmlElement, said: Statements, site: str | None, url: str | None
) -> str | None:
    """Return the first usable declared title, or None."""
    element = root.find(".//title")
    in_head = plain(element.text_content())[:MAX_VALUE] if element is not None else ""
    candidates = (*said.values(_SCHOLARLY), said.data.title, *said.values(_SHARED), in_head)
    around = {_letters(name) for name in (site or "", *_names_in(url))} - {""}
    headings = {plain(found.text_content()) for found in root.iter("h1")}
    for candidate in candidates:
        whole = usable_title(plain(candidate))
        title = usable_title(_alone(whole, around, headings)) if whole else None
        if title and not _HOME_PAGE.fullmatch(title):
            return title
    return None


def _alone(title: str, around: Iterable[str], headings: Iterable[str]) -> str:
    """Remove the site name from a title, or keep only the part that is a heading on the page."""
    gaps = list(_BETWEEN.finditer(title))
    for gap in (gaps[-1], gaps[0]) if gaps else ():
        before, after = title[: gap.start()], title[gap.end() :]
        for kept, rest in ((before, after), (after, before)):
            if _letters(rest) in around or kept in headings:
                return kept
    return title


def _names_in(url: str | None) -> tuple[str, ...]:
    """Return the host of a URL and its main label, such as `tenants.example` and `tenants`."""
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    labels = host.split(".")
    return (host, labels[-2]) if len(labels) > 1 else ()


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


_SCHOLARS = ("citation_author", "dc.creator", "dcterms.creator")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "byl")
_ISSUED = ("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued")
_PUBLISHED = (
    "dcterms.date.issued article:published_time og:article:published_time datepublished "
    "parsely-pub-date sailthru.date dc.date dcterms.date dc.date.created dcterms.created pubdate "
    "publication_date publish-date date"
).split()
_PUBLISHERS = ("dc.publisher", "dcterms.publisher", "publisher", "application-name")
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")

_WORD = re.compile(
    r"[^\W\d_]{4,}|\d{2,}|[^\W\d_a-z]{2,}"
)  # without the short words that all texts have in common
WORD_START = 5  # letters shared by two forms of a word: "tenant", "tenants"

MAX_DATE_LINE = 60  # characters in a line with place and date: `Madrid, 15 de mayo de 2021`
DATE_LINES = 6  # lines at the top of the text that are searched for a date
# Two to five capitalized words, as in names of people; particles are in lowercase.
_PERSON = re.compile(
    r"[^\W\d_a-zß-ÿ][\w.'’-]*(?:\s(?:(?:de|del|la|las|los|y|da|dos|das|di|van|von|der|den|bin|al|el)"
    r"\s){0,2}[^\W\d_a-zß-ÿ][\w.'’-]*){1,4}"
)


def facts(root: HtmlElement, main: Sequence[Piece], saved_from: str | None) -> dict[str, Any]:
    """Return the metadata of a page as fields of `Extracted`: declared values, or guesses.

    `saved_from` is the URL that the browser wrote into the saved file.
    """
    said = Statements(root)
    url, site = _url(root, said, saved_from), _site(said)
    title = stated_title(root, said, site, url)
    visible = visible_title((one.level, one.text) for one in main)
    if title and visible and _starts(title).isdisjoint(_starts(" ".join(p.text for p in main))):
        title = None  # the title of a template or of another page
    creator, issued = _creator(root, said), _issued(root, said)
    people, date = ((), None) if creator and issued else _suggested(root, main, url)
    guesses = {
        "title": None if title else visible,
        "creator": () if creator else people,
        "issued": None if issued else date,
    }
    found = {name: value for name, value in guesses.items() if value}
    site = None if site == title else site
    about = About(title, creator, issued, _language(root, said), url, site)
    return about._asdict() | found | {"guessed": tuple(found)}


def _starts(text: str) -> set[str]:
    """Return the first letters of each word, which inflected forms such as plurals share."""
    return {word[:WORD_START] for word in _WORD.findall(text.casefold())}


def _creator(root: HtmlElement, said: Statements) -> tuple[str, ...]:
    links = [plain(link.text_content()) for link in root.iter("a") if link.get("rel") == "author"]
    people = [name for name in links[:5] if _PERSON.fullmatch(name)]
    ranked = (said.values(_SCHOLARS), said.data.authors, said.values(_AUTHORS), people)
    return next(filter(None, map(names, ranked)), ())


def _issued(root: HtmlElement, said: Statements) -> str | None:
    timed = [
        found.get("datetime") or found.get("content") or ""
        for found in root.iter("time", "span", "abbr")
        if found.get("itemprop") == "datePublished" or found.get("pubdate") is not None
    ]
    dates = (*said.values(_ISSUED), said.data.date, *said.values(_PUBLISHED), *timed)
    return next(filter(None, map(day, dates)), None)


def _suggested(
    root: HtmlElement, main: Sequence[Piece], url: str | None
) -> tuple[tuple[str, ...], str | None]:
    """Return the people in the byline, and a date from the markup or a date line, or None."""
    document = trafilatura.extract_metadata(root, default_url=url, extensive=False)
    issued = document.date
    if issued and issued.endswith("-01-01"):  # trafilatura returns this if it finds only a year
        issued = issued[:4]
    host, people = _letters(document.hostname or ""), names([document.author or ""])
    named = tuple(one for one in people if _PERSON.fullmatch(one) and _letters(one) != host)
    return named, issued or _date_line(main)


def _date_line(main: Sequence[Piece]) -> str | None:
    """Return the date in a short paragraph near the beginning or end of the text, or None."""
    for piece in (*main[:DATE_LINES], *main[-2:]):
        if piece.kind == "paragraph" and len(piece.text) <= MAX_DATE_LINE:
            found = day(piece.text)
            if found and len(found) == len("2021-05-15"):
                return found
    return None


def _language(root: HtmlElement, said: Statements) -> str | None:
    tops = (root, *root.findall("body"))
    stated = [top.get(name) or "" for top in tops for name in ("lang", "xml:lang")]
    return next(filter(None, map(stated_language, (*stated, *said.values(_LANGUAGES)))), None)


def _url(root: HtmlElement, said: Statements, saved_from: str | None) -> str | None:
    """Return the canonical URL of the page or, if none is stated, the URL it was saved from."""
    base = next((found.get("href") or "" for found in root.iter("base")), "") or saved_from or ""
    stated = [
        found.get("href") or ""
        for found in root.iter("link")
        if "canonical" in (found.get("rel") or "").lower().split()
    ]
    found = (address(base, one) for one in (*stated, *said.values(["og:url"]), saved_from or ""))
    return next(filter(None, found), None)


def _site(said: Statements) -> str | None:
    stated = (*said.values(["og:site_name"]), said.data.publisher, *said.values(_PUBLISHERS))
    lines = (plain(name) for name in stated if "://" not in name and "{" not in name)
    return next((line for line in lines if line and len(line) <= MAX_NAME), None)
