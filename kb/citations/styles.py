"""Citation styles, and the changes that each makes to an item before formatting.

To add a style, add it to STYLES and translate its label in kb/languages/locales.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.process import extract

from kb.citations.item import BETWEEN_PUBLISHERS, HOSTED, PERIODICALS, Item
from kb.citations.pandoc import SUFFIX, style_file, style_names
from kb.errors import CitationError, NotFoundError
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

# Short names of further styles of the CSL repository that people ask for.
NAMED = {
    "chicago-author-date": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "bluebook": "bluebook-law-review",
}
_CLASS = re.compile(r"<style\b[^>]*\bclass=[\"'](note|in-text)[\"']")
_NAME = re.compile(r"[a-z0-9-]{1,120}")  # so that no name is a path
MAX_CSL_BYTES = 1_000_000


def style_named(name: str, *, may_be_file: bool = False) -> Style:
    """Return a style by our name, by its name in the CSL repository or, if allowed, by its file.

    Raise NotFoundError for an unknown name, and CitationError for a file that is not a CSL style.
    """
    for one in STYLES:
        if name == one.id:
            return one
    if name.endswith(SUFFIX) and may_be_file:
        return _of_file(Path(name), name)
    csl = NAMED.get(name, name)
    if not _NAME.fullmatch(csl) or not style_file("apa").with_name(f"{csl}{SUFFIX}").is_file():
        near = [found for found, *_ in extract(name[:120], [*NAMED, *style_names()], limit=3)]
        ours = ", ".join([*(one.id for one in STYLES), *NAMED])
        raise NotFoundError(
            f"style '{name[:80]}': expected {ours}, or a name of the CSL repository, such as "
            f"{', '.join(near)}. Next: kb cite --help"
        )
    return _of_file(style_file(csl), csl)


def _of_file(path: Path, csl: str) -> Style:
    """Return the style in a CSL file; a note style gives notes, any other a list of works."""
    try:
        with path.open("rb") as file:
            text = file.read(MAX_CSL_BYTES + 1).decode()
    except (OSError, UnicodeDecodeError) as error:
        wrong = getattr(error, "strerror", None) or "not UTF-8"
        raise CitationError(f"{path}: {wrong}; expected a CSL style") from error
    found = _CLASS.search(text)
    if found is None or len(text) > MAX_CSL_BYTES:
        raise CitationError(f"{path}: not a CSL style; expected <style class=...>")
    is_note = found[1] == "note"
    return Style(path.stem, csl, dict if is_note else _whole, path.stem, in_notes=is_note)
