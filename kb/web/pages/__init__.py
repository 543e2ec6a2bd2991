"""One journey, one page, one file."""

from kb.web.pages import (
    downloads,
    files,
    glossary,
    home,
    machines,
    organizations,
    originals,
    places,
    records,
    results,
    timeline,
    topics,
    tray,
)

PAGES = (
    home.router,
    results.router,
    topics.router,
    places.router,
    organizations.router,
    timeline.router,
    glossary.router,
    tray.router,
    downloads.router,
    records.router,
    machines.router,
    originals.router,
    files.router,
)
