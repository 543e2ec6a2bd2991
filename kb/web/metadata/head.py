"""Collect the metadata in the head of a page."""

from typing import Any, NamedTuple

from kb.citations.item import csl_item, works
from kb.domain.passages import Entry
from kb.languages.registry import LANGUAGES, LOCALES
from kb.search.labels import label
from kb.search.names import Names
from kb.web.metadata import schema_org
from kb.web.metadata.highwire import ON_A_SITE, Pairs, publication, tags
from kb.web.view.page import Page
from kb.web.view.urls import Addresses

SITE = "Precedent"


class Metadata(NamedTuple):
    """Values for the template `metadata.html`."""

    canonical: str
    alternates: Pairs  # (language, URL)
    tags: Pairs  # (name, content)
    properties: Pairs  # Open Graph (property, content)
    linked_data: dict[str, Any]


def metadata(page: Page, entry: Entry, names: Names) -> Metadata:
    """Return the metadata for the page of a record, or of a document (given its summary passage).

    The meta tags describe the source under its own URL; Open Graph and linked data describe our
    page.
    """
    keywords = [label(names, "topic", topic, page.language) for topic in entry.topics]
    here = page.absolute(page.addresses.record(entry.id))
    whole = page.absolute(page.addresses.record(entry.document_id))
    home = page.absolute(page.addresses.home())
    own = [("citation_abstract_html_url", here), ("description", entry.text)]
    return Metadata(
        canonical=here,
        alternates=alternates(page, entry.id),
        tags=[*tags(works(entry)[0].work, keywords), *own],
        properties=_open_graph(page, entry, here),
        linked_data=schema_org.page(entry, here, whole, home, keywords),
    )


def alternates(page: Page, record_id: str) -> Pairs:
    """Return (language, URL) pairs of the page for each language and for `x-default`."""
    languages = [(one, Addresses(one)) for one in LANGUAGES]
    found = [*languages, ("x-default", Addresses(None))]
    return [(one, page.absolute(to.record(record_id))) for one, to in found]


def _open_graph(page: Page, entry: Entry, here: str) -> Pairs:
    locales = [one.regional for tag, one in LOCALES.items() if tag != page.language]
    found = [
        ("og:title", entry.title),
        ("og:description", entry.text),
        ("og:type", "article"),
        ("og:url", here),
        ("og:locale", LOCALES[page.language].regional),
        *(("og:locale:alternate", one) for one in locales),
    ]
    # Zotero uses `og:site_name` as the website of the source if it finds no other.
    source = works(entry)[0].work
    if source.type not in ON_A_SITE or publication(csl_item(source, None, ""), source):
        found.append(("og:site_name", SITE))
    return found
