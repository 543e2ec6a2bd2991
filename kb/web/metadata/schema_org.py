"""Describe a page and its source as schema.org data."""

from collections.abc import Sequence
from typing import Any

from kb.citations.item import Item, Work, csl_item, works
from kb.citations.reference import ends
from kb.domain.passages import Entry
from kb.domain.sources import CslType, Source

Data = dict[str, Any]

OUR_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
OTHER = "CreativeWork"  # for types without a narrower schema.org class
TYPES: dict[CslType, str] = {
    "article": "Article", "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle", "bill": "Legislation", "book": "Book",
    "chapter": "Chapter", "classic": "Book", "collection": "Collection",
    "legislation": "Legislation", "manuscript": "Manuscript", "map": "Map",
    "motion_picture": "Movie", "post": "SocialMediaPosting", "post-weblog": "BlogPosting",
    "regulation": "Legislation", "report": "Report", "thesis": "Thesis", "treaty": "Legislation",
    "webpage": "WebPage",
}  # fmt: skip
CONTAINERS: dict[CslType, str] = {
    "article-journal": "Periodical", "article-magazine": "Periodical",
    "article-newspaper": "Newspaper", "post-weblog": "Blog",
}  # fmt: skip


def page(entry: Entry, address: str, whole: str, home: str, keywords: Sequence[str]) -> Data:
    """Return a WebPage with our description as `abstract` and the source as `isBasedOn`.

    `address`, `whole` and `home` are the URLs of the page, of its document and of the home page.
    """
    is_record = entry.record is not None
    site = {"@type": "WebSite", "name": "Precedent", "url": home}
    outcome = getattr(entry.record, "outcome", None)
    return {"@context": "https://schema.org", "@type": "WebPage"} | _known(
        url=address,
        name=entry.title,
        abstract=entry.text,
        inLanguage=entry.language,
        keywords=list(keywords),
        license=OUR_LICENSE,
        isPartOf={"@type": "WebPage", "url": whole, "isPartOf": site} if is_record else site,
        isBasedOn=work(works(entry)[0].work),
        # Evidence of the outcome, which the source itself does not report.
        citation=outcome.evidence if outcome else None,
    )


def work(source: Work) -> Data:
    """Return the source as schema.org data; omit unknown properties."""
    item = csl_item(source, None, "")
    container = item.get("container-title")
    return {"@type": TYPES.get(source.type, OTHER)} | _known(
        name=source.title,
        url=source.URL,
        author=[_agent(one) for one in item.get("author", ())],
        publisher=_organization(item.get("publisher")),
        isPartOf=container and {"@type": CONTAINERS.get(source.type, OTHER), "name": container},
        datePublished=_date(item),
        inLanguage=source.language,
        isbn=source.ISBN,
        sameAs=source.DOI and f"https://doi.org/{source.DOI}",
        creditText=source.rights.attribution if isinstance(source, Source) else None,
    )


def _known(**values: object) -> Data:
    return {name: value for name, value in values.items() if value}


def _agent(name: dict[str, str]) -> Data:
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    given = " ".join(name[part] for part in ("given", "suffix") if name.get(part))
    parts = _known(givenName=name.get("given"), familyName=name["family"])
    return {"@type": "Person", "name": f"{given} {name['family']}".strip()} | parts


def _organization(name: str | None) -> Data | None:
    return {"@type": "Organization", "name": name} if name else None


def _date(item: Item) -> str:
    """Return an ISO 8601 date, or its known parts; for a range, return its start."""
    return "-".join(next(iter(ends(item.get("issued", {}))), []))
