"""What a page states of itself in JSON-LD: headline, date, authors and publisher."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

# A page's statements are some kilobytes; more is a shop's stock.
MAX_CHARACTERS = 1_000_000
MAX_THINGS = 2_000

_ARTICLES = {
    *"Article NewsArticle BlogPosting Report ScholarlyArticle OpinionNewsArticle".split(),
    *"AnalysisNewsArticle ReportageNewsArticle SocialMediaPosting TechArticle".split(),
    *"LiveBlogPosting BackgroundNewsArticle Legislation GovernmentService PublicationIssue".split(),
}
_PAGES = {"WebPage", "AboutPage", "ItemPage", "CreativeWork", "FAQPage"}


@dataclass
class Stated:
    """Statements of one page about its text; empty where it makes none."""

    title: str = ""
    date: str = ""
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    text: list[str] = field(default_factory=list)


def stated(root: HtmlElement) -> Stated:
    """The statements of the first article among a page's things, else of the page itself."""
    things = list(_things(root))
    by_id = {str(thing["@id"]): thing for thing in things if len(thing) > 1 and "@id" in thing}
    for kinds in (_ARTICLES, _PAGES):
        for thing in things:
            if kinds & set(_texts(thing.get("@type"))):
                return _read(thing, by_id, article=kinds is _ARTICLES)
    return Stated()


def _read(thing: dict[str, Any], by_id: dict[str, Any], article: bool) -> Stated:
    title = _texts(thing.get("headline")) or (_texts(thing.get("name")) if article else [])
    return Stated(
        title=next(iter(title), ""),
        date=next(iter(_texts(thing.get("datePublished"))), ""),
        authors=_names(thing.get("author"), by_id) or _names(thing.get("creator"), by_id),
        publisher=next(iter(_names(thing.get("publisher"), by_id)), ""),
        text=_texts(thing.get("articleBody")),
    )


def _things(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer ones first; what is not JSON is passed over."""
    found = 0
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > MAX_CHARACTERS:
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
            waiting.extend(_inside(value))


def _inside(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return list(value.values()) if isinstance(value, dict) else []


def _names(value: Any, by_id: dict[str, Any]) -> list[str]:
    """The names of persons or bodies, given as words, as things or by the id of a thing."""
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
