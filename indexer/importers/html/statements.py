"""Read the metadata declared in a page's `meta` elements and JSON-LD."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import chain
from typing import Any

from lxml.html import HtmlElement

from indexer.importers.shared.clean import one_line

MAX_VALUE = 2_000  # characters in a value; a longer one is not a title, name or URL
# JSON-LD in a page has a few kilobytes; larger data is a product catalog.
MAX_DATA = 1_000_000  # characters in one script
MAX_THINGS = 2_000

_ARTICLES = {
    *"Article NewsArticle BlogPosting Report ScholarlyArticle OpinionNewsArticle".split(),
    *"AnalysisNewsArticle ReportageNewsArticle SocialMediaPosting TechArticle".split(),
    *"LiveBlogPosting BackgroundNewsArticle Legislation GovernmentService PublicationIssue".split(),
}
_PAGES = {"WebPage", "AboutPage", "ItemPage", "CreativeWork", "FAQPage"}


@dataclass
class Data:
    """Metadata declared in JSON-LD; fields that are not declared are empty."""

    title: str = ""
    date: str = ""
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    text: list[str] = field(default_factory=list)


class Statements:
    """The declared metadata of a page: `meta` elements by lowercase name, and JSON-LD."""

    def __init__(self, root: HtmlElement) -> None:
        self.data = data(root)
        self._meta: dict[str, list[str]] = defaultdict(list)
        for element in root.iter("meta"):
            content = plain(element.get("content"))
            names = (element.get(key) for key in ("name", "property", "itemprop", "http-equiv"))
            for name in filter(None, names):
                if content and len(content) <= MAX_VALUE:
                    self._meta[name.lower().strip()].append(content)

    def values(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return all `meta` values with these names, in the order of the names."""
        return tuple(chain.from_iterable(self._meta.get(name, ()) for name in names))


def plain(text: str | None) -> str:
    """Return a value on one line, unescaped once more because some programs escape it twice."""
    return one_line(unescape(text or ""))


def data(root: HtmlElement) -> Data:
    """Return the JSON-LD metadata of the first article or, if there is none, of the page."""
    things = list(_things(root))
    by_id = {str(thing["@id"]): thing for thing in things if len(thing) > 1 and "@id" in thing}
    for kinds in (_ARTICLES, _PAGES):
        for thing in things:
            if kinds & set(_texts(thing.get("@type"))):
                return _read(thing, by_id, article=kinds is _ARTICLES)
    return Data()


def _read(thing: dict[str, Any], by_id: dict[str, Any], article: bool) -> Data:
    title = _texts(thing.get("headline")) or (_texts(thing.get("name")) if article else [])
    return Data(
        title=next(iter(title), ""),
        date=next(iter(_texts(thing.get("datePublished"))), ""),
        authors=_names(thing.get("author"), by_id) or _names(thing.get("creator"), by_id),
        publisher=next(iter(_names(thing.get("publisher"), by_id)), ""),
        text=_texts(thing.get("articleBody")),
    )


def _things(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield every object in the page's JSON-LD, outer ones first; skip invalid JSON."""
    found = 0
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > MAX_DATA:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and found < MAX_THINGS:
            value = waiting.pop(0)
            if isinstance(value, dict):
                found += 1
                yield value
                value = list(value.values())
            if isinstance(value, list):
                waiting.extend(value)


def _names(value: Any, by_id: dict[str, Any]) -> list[str]:
    """Return names of people or organizations, which may be strings, objects or references."""
    names: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        thing = by_id.get(str(one.get("@id")), one) if isinstance(one, dict) else None
        if thing is None:
            names.extend(_texts(one))
        else:
            names.extend(_texts(one.get("name")) or _texts(thing.get("name")))
    return names


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str) and text.strip()]
