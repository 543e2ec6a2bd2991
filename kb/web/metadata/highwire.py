"""Highwire meta tags that describe a source for citation managers, and a few for Zotero only.

Names follow Zotero's translators "Embedded Metadata" and "RDF", as of June 2026.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, urlsplit

from kb.citations.item import Item, Work, csl_item
from kb.citations.reference import ends, one_line
from kb.domain.sources import CslType

Pairs = list[tuple[str, str]]

# Highwire tags only distinguish reports, journal articles and theses, so the type goes in Zotero's
# z:itemType. DC.type is not used, because Zotero would copy it into the field "Report Type".
ITEM_TYPES: dict[CslType, str] = {
    "article": "document", "article-journal": "journalArticle",
    "article-magazine": "magazineArticle", "article-newspaper": "newspaperArticle",
    "bill": "bill", "book": "book", "broadcast": "radioBroadcast", "chapter": "bookSection",
    "classic": "book", "collection": "document", "document": "document",
    "entry": "encyclopediaArticle", "entry-encyclopedia": "encyclopediaArticle",
    "hearing": "hearing", "interview": "interview",
    "legal_case": "case", "legislation": "statute",
    "manuscript": "manuscript", "map": "map", "motion_picture": "film", "pamphlet": "document",
    "post": "forumPost", "post-weblog": "blogPost", "regulation": "statute", "report": "report",
    "speech": "presentation", "standard": "document", "thesis": "thesis", "treaty": "document",
    "webpage": "webpage",
}  # fmt: skip
# Types for which Zotero names our site as the website if it finds no other.
ON_A_SITE = frozenset({"article-newspaper", "post-weblog", "webpage"})
_INSTITUTIONS: dict[CslType, str] = {
    "report": "citation_technical_report_institution",
    "thesis": "citation_dissertation_institution",
}


def tags(source: Work, keywords: Iterable[str] = ()) -> Pairs:
    """Return the (name, content) pairs of the tags, in order; omit unknown values."""
    item = csl_item(source, None, "")
    is_pdf = _split(source.URL).path.lower().endswith(".pdf")
    found = (
        ("citation_title", source.title),
        *_authors(item),
        ("citation_publication_date", _date(item)),
        *_publication_tags(item, source),
        ("citation_doi", source.DOI),
        ("citation_isbn", source.ISBN),
        ("citation_language", source.language),
        ("citation_public_url", source.URL),
        ("citation_pdf_url", source.URL if is_pdf else None),
        *(("citation_keywords", one) for one in keywords),
        ("z:itemType", ITEM_TYPES[source.type]),
    )
    shown = [(name, one_line(value)) for name, value in found if value]
    return [(name, value) for name, value in shown if value]


def publication(item: Item, source: Work) -> str:
    """Return the periodical or website of a source; for an unnamed site, its organization or host.

    The result is empty if none is known.
    """
    found = item.get("container-title")
    if source.type in ON_A_SITE:
        found = found or next(iter(source.organization), _split(source.URL).hostname)
    return found or ""


def _split(address: str | None) -> SplitResult:
    """Return the parts of a URL, which are empty if it is invalid."""
    try:
        return urlsplit(address or "")
    except ValueError:
        return urlsplit("")


def _authors(item: Item) -> Iterator[tuple[str, str]]:
    """Yield a tag for each author as `Family, Given`; an organization's name ends in a comma.

    Without that comma, Zotero uses the last word of an organization's name as a family name. If a
    source has only one author and both parts of that name contain a space, Zotero splits it into
    two authors, except in DC.creator.
    """
    names = [_name(one) for one in item.get("author", ())]
    parts = [part.strip() for part in names[0].split(",")] if len(names) == 1 else []
    lone = len(parts) > 1 and " " in parts[0] and " " in parts[1]
    return (("DC.creator" if lone else "citation_author", one) for one in names)


def _name(name: dict[str, str]) -> str:
    given = " ".join(name[part] for part in ("given", "suffix") if name.get(part))
    return f"{name.get('family') or name['literal']}, {given}".strip()


def _date(item: Item) -> str:
    """Return a date as `2016/08/01`, or its known parts; for a range, return its start."""
    return "/".join(next(iter(ends(item.get("issued", {}))), []))


def _publication_tags(item: Item, source: Work) -> Iterator[tuple[str, str]]:
    """Yield the tags for the journal, website or newspaper and for the publisher or institution."""
    container = publication(item, source)
    is_journal = source.type == "article-journal"
    yield "citation_journal_title" if is_journal else "prism.publicationName", container
    publisher = str(item.get("publisher", ""))
    if source.type in _INSTITUTIONS:
        yield _INSTITUTIONS[source.type], publisher or "; ".join(source.organization)
    else:
        yield "citation_publisher", publisher
