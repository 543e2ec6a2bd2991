"""Citation styles, and the changes that each makes to an item before formatting.

To add a style, add it to STYLES and translate its label in kb/languages/locales.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from kb.citations.item import BETWEEN_PUBLISHERS, HOSTED, PERIODICALS, Item
from kb.languages.labels import _

_SUBTITLE = re.compile(r"(?<=: )\w")


class Style(NamedTuple):
    """A citation style: its CSL file, its label and its changes to items."""

    id: str  # its citations are stored under this id
    csl: str  # the name of its file in the CSL repository
    adapt: Callable[[Item], Item]  # changes a copy of an item to suit the style
    label: str  # on pages, in English
    in_notes: bool = False  # True: notes with locators; False: a bibliography of whole works


def _chicago(item: Item) -> Item:
    """Change fields so that Chicago prints no misplaced "ahead of print" or "n.d., on"."""
    if item["type"] == "broadcast" and "issued" not in item:
        item["type"] = "document"
    if item["type"] == "article-journal" and "DOI" in item:
        item["URL"] = f"https://doi.org/{item.pop('DOI')}"
    return item


def _apa(item: Item) -> Item:
    """Capitalize the subtitle of an English title; do not change any other letters.

    APA capitalizes only names in titles, and we cannot tell which words are names.
    """
    if "title" in item and str(item.get("language", "en")).startswith("en"):
        item["title"] = _SUBTITLE.sub(lambda found: found.group().upper(), item["title"])
    return _whole(item)


def _whole(item: Item) -> Item:
    """Return the item without its locator, because a list of references cites whole works."""
    item.pop("locator", None)
    return item


def _mla(item: Item) -> Item:
    """Move organizations and a speech's date into the fields that MLA uses."""
    item = _whole(item)
    if item["type"] in PERIODICALS:
        item.pop("publisher", None)  # a periodical's publisher is left out
    elif authors := _organizations(item):
        # MLA names an organization that is both author and publisher as the publisher alone;
        # for a post or a broadcast it names the site or program instead of the publisher.
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
    """Return the names of the authors that are organizations."""
    return [name["literal"] for name in item.get("author", ()) if "literal" in name]


STYLES = (
    Style(
        "chicago", "chicago-notes-bibliography", _chicago, _("Chicago (footnote)"), in_notes=True
    ),
    Style("apa", "apa", _apa, _("APA")),
    Style("mla", "modern-language-association", _mla, _("MLA")),
)  # Chicago 18, APA 7 and MLA 9
