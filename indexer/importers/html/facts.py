"""What is known of a page, and what of it the page does not state itself."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from indexer.importers.html.byline import Seeming, heading, is_person, seeming
from indexer.importers.html.metadata import Statements, plain
from indexer.importers.html.pieces import Piece
from indexer.importers.html.title import stated_title
from indexer.importers.html.values import MAX_NAME, address, day, names, tag

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

_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}|[^\W\d_a-z]{2,}")  # no words that all texts share
WORD_START = 5  # letters that two forms of a word share: "tenant", "tenants"


class Facts(NamedTuple):
    """The fields of `Extracted` that are not text; `guessed` names those that are not stated."""

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
    said = Statements(root)
    url, site = _url(root, said, saved_from), _site(said)
    title, visible = stated_title(root, said, site, url), heading(main)
    if title and visible and not _is_of(title, main):
        title = None  # it is that of a template or of another page
    creator, issued = _creator(root, said), _issued(root, said)
    seems = Seeming((), None) if creator and issued else seeming(root, main, url)
    guesses = {
        "title": None if title else visible,
        "creator": () if creator else seems.creator,
        "issued": None if issued else seems.issued,
    }
    return Facts(
        title=title or visible,
        creator=creator or seems.creator,
        issued=issued or seems.issued,
        language=_language(root, said),
        url=url,
        site=None if site == title else site,
        guessed=tuple(name for name, value in guesses.items() if value),
    )


def _is_of(title: str, main: Sequence[Piece]) -> bool:
    """Whether a title shares a word, or the beginning of one, with the text."""
    said = {word[:WORD_START] for piece in main for word in _WORD.findall(piece.text.casefold())}
    return any(word[:WORD_START] in said for word in _WORD.findall(title.casefold()))


def _creator(root: HtmlElement, said: Statements) -> tuple[str, ...]:
    links = [plain(link.text_content()) for link in root.iter("a") if link.get("rel") == "author"]
    people = [name for name in links[:5] if is_person(name)]
    ranked = (said.values(_SCHOLARS), said.things.authors, said.values(_AUTHORS), people)
    return next(filter(None, map(names, ranked)), ())


def _issued(root: HtmlElement, said: Statements) -> str | None:
    timed = [
        found.get("datetime") or found.get("content") or ""
        for found in root.iter("time", "span", "abbr")
        if found.get("itemprop") == "datePublished" or found.get("pubdate") is not None
    ]
    dates = (*said.values(_ISSUED), said.things.date, *said.values(_PUBLISHED), *timed)
    return next(filter(None, map(day, dates)), None)


def _language(root: HtmlElement, said: Statements) -> str | None:
    tops = (root, *root.findall("body"))
    stated = [top.get(name) or "" for top in tops for name in ("lang", "xml:lang")]
    return next(filter(None, map(tag, (*stated, *said.values(_LANGUAGES)))), None)


def _url(root: HtmlElement, said: Statements, saved_from: str | None) -> str | None:
    """The canonical address that the page states, else that which it was saved from."""
    base = next((found.get("href") or "" for found in root.iter("base")), "") or saved_from or ""
    stated = [
        found.get("href") or ""
        for found in root.iter("link")
        if "canonical" in (found.get("rel") or "").lower().split()
    ]
    found = (address(base, one) for one in (*stated, *said.values(["og:url"]), saved_from or ""))
    return next(filter(None, found), None)


def _site(said: Statements) -> str | None:
    stated = (*said.values(["og:site_name"]), said.things.publisher, *said.values(_PUBLISHERS))
    lines = (plain(name) for name in stated if "://" not in name and "{" not in name)
    return next((line for line in lines if line and len(line) <= MAX_NAME), None)
