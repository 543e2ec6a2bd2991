"""What one style wants named otherwise than the item names it."""

import re
from collections.abc import Callable

from kb.citations.item import BETWEEN_PUBLISHERS, HOSTED, PERIODICALS, Item
from kb.domain.citations import Style

_SUBTITLE = re.compile(r"(?<=: )\w")


def adapted(item: Item, style: Style) -> Item:
    """The item as the style is to see it."""
    return _ADAPT[style](dict(item))


def _chicago(item: Item) -> Item:
    """What Chicago would guess: «ahead of print» without a volume, «n.d., on» without a day."""
    if item["type"] == "broadcast" and "issued" not in item:
        item["type"] = "document"
    if item["type"] == "article-journal" and "DOI" in item:
        item["URL"] = f"https://doi.org/{item.pop('DOI')}"
    return item


def _apa(item: Item) -> Item:
    """An English subtitle begins with a capital; the title's other capitals are the source's own.

    APA sets titles in small letters but for names, and which words are names is not known.
    """
    if str(item.get("language", "en")).startswith("en"):
        item["title"] = _SUBTITLE.sub(lambda found: found.group().upper(), item["title"])
    return _whole(item)


def _whole(item: Item) -> Item:
    """A list of works has no places in them."""
    item.pop("locator", None)
    return item


def _mla(item: Item) -> Item:
    """Organizations are named where MLA looks for them, and a speech by the day it was held."""
    item = _whole(item)
    if item["type"] in PERIODICALS:
        item.pop("publisher", None)  # a periodical's publisher is left out
    elif authors := _organizations(item):
        # One that is both author and publisher is named as the publisher alone; of a post or
        # a broadcast MLA names the site or programme in that place.
        field = "container-title" if item["type"] in HOSTED else "publisher"
        item[field] = BETWEEN_PUBLISHERS.join(authors)
        del item["author"]
    for field in ("publisher", "container-title"):
        if field in item:
            item[field] = item[field].replace(BETWEEN_PUBLISHERS, " / ")
    if item["type"] == "speech":
        item |= {"event-date": item["issued"]} if "issued" in item else {}
        item.pop("genre", None)
    return item


def _organizations(item: Item) -> list[str]:
    """The authors, where they are organizations."""
    return [name["literal"] for name in item.get("author", ()) if "literal" in name]


_ADAPT: dict[Style, Callable[[Item], Item]] = {"chicago": _chicago, "apa": _apa, "mla": _mla}
