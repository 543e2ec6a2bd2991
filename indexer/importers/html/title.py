"""Read the declared title of a page, without the name of the site."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from indexer.importers.html.statements import MAX_VALUE, Statements, plain
from indexer.importers.shared.titles import usable_title

_SCHOLARLY = ("citation_title", "dc.title", "dcterms.title")
_SHARED = ("headline", "og:title", "twitter:title")

# Titles of home pages, which say nothing about the text.
_HOME_PAGE = re.compile(
    r"(?:home(?:\s?page)?|welcome|index|start|inicio|portada|bienvenid[oa]s?)\W*", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s+(?:[|·•»«›‹–—:/\\-]|::|>|<)\s+|\s*\|\s*")


def stated_title(
    root: HtmlElement, said: Statements, site: str | None, url: str | None
) -> str | None:
    """Return the first usable declared title; None if the page has none."""
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
    """Return the title without its first or last part if that is the site or the rest a heading."""
    gaps = list(_BETWEEN.finditer(title))
    for gap in (gaps[-1], gaps[0]) if gaps else ():
        before, after = title[: gap.start()], title[gap.end() :]
        for kept, rest in ((before, after), (after, before)):
            if _letters(rest) in around or kept in headings:
                return kept
    return title


def _names_in(url: str | None) -> tuple[str, ...]:
    """Return names of a site by its address: `tenants.example` and `tenants`."""
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    labels = host.split(".")
    return (host, labels[-2]) if len(labels) > 1 else ()


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
