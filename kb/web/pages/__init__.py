"""Page routes, one file per page."""

from kb.web.pages import (
    api_docs,
    coverage,
    documents,
    downloads,
    glossary,
    home,
    organizations,
    originals,
    places,
    records,
    results,
    saved,
    static_files,
    timeline,
    topics,
    well_known,
)

PAGES = (
    home.router,
    results.router,
    topics.router,
    places.router,
    organizations.router,
    timeline.router,
    coverage.router,
    glossary.router,
    saved.router,
    documents.router,
    downloads.router,
    records.router,
    well_known.router,
    originals.router,
    static_files.router,
    api_docs.router,
)
