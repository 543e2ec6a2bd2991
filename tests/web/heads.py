"""The head of a page, read as Zotero's translator “Embedded Metadata” reads it."""

import json
import re
from html.parser import HTMLParser
from typing import Any, NamedTuple

# Names that say what an item is, and win over every other; then z:itemType is asked.
HIGHWIRE_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_dissertation_institution": "thesis",
}
FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_technical_report_institution": "institution",
    "citation_dissertation_institution": "university",
    "citation_publisher": "publisher",
    "citation_isbn": "ISBN",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}


class Head(HTMLParser):
    """The meta tags, links, scripts and JSON-LD blocks of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.scripts: list[dict[str, str]] = []
        self.blocks: list[str] = []
        self._in_block = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect meta tags, links and scripts."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in given:
            self.tags.append((given.get("name") or given.get("property", ""), given["content"]))
        if tag == "link":
            self.links.append(given)
        if tag == "script":
            self.scripts.append(given)
            self._in_block = given.get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        """End a block with its element."""
        self._in_block = False

    def handle_data(self, data: str) -> None:
        """Collect the text of a block."""
        if self._in_block:
            self.blocks.append(data)

    @property
    def linked_data(self) -> Any:
        """Return the parsed JSON-LD of the page, which has exactly one block."""
        (block,) = self.blocks
        return json.loads(block)

    def all(self, name: str) -> list[str]:
        """Return the content of every meta tag with this name or property."""
        return [content for one, content in self.tags if one == name]

    def one(self, name: str) -> str | None:
        """Return the content of the first meta tag with this name, or None."""
        return next(iter(self.all(name)), None)


class Creator(NamedTuple):
    """An author as Zotero stores it; a single name is a last name."""

    last: str
    first: str = ""


def item(head: Head) -> dict[str, Any]:
    """Return what Zotero saves from the page."""
    found: dict[str, Any] = {
        field: head.one(name) for name, field in FIELDS.items() if head.one(name)
    }
    by_tag = [kind for name, kind in HIGHWIRE_TYPES.items() if head.one(name)]
    found["itemType"] = by_tag[0] if by_tag else head.one("z:itemType")
    found["creators"] = creators(head)
    found["abstractNote"] = head.one("og:description")
    found.setdefault("url", head.one("og:url"))
    site = head.one("prism.publicationName") or (
        head.one("og:site_name")
        if found["itemType"] in {"webpage", "blogPost", "newspaperArticle"}
        else None
    )
    found.setdefault("publicationTitle", site)
    pdf = head.one("citation_pdf_url")
    return found | {"attachments": [pdf] if pdf else []}


def creators(head: Head) -> list[Creator]:
    """Return the authors of `citation_author`, else of DC.creator.

    A single author with one comma between names of several words is split into two.
    """
    names = head.all("citation_author")
    if len(names) == 1:
        first, _, rest = names[0].partition(",")
        if " " in first.strip() and " " in rest.strip():
            names = names[0].split(",")
    return [creator(one) for one in names or head.all("DC.creator")]


def creator(name: str) -> Creator:
    """Return the parts of `Last, First`; without a comma the last word is the last name.

    Initials get a point.
    """
    bare = name.strip(" ,.")
    if "," in name:
        last, _, first = bare.partition(", ")
        return Creator(last, re.sub(r"\b([A-Z])$", r"\1.", first.split(",")[0]))
    first, _, last = bare.rpartition(" ")
    return Creator(last, first)
