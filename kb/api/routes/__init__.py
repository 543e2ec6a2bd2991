"""API routes, one file per resource."""

from kb.api.routes import (
    citations,
    coverage,
    documents,
    passages,
    places,
    quotes,
    records,
    search,
    suggest,
    topics,
)

ROUTERS = tuple(
    module.router
    for module in (
        search,
        suggest,
        coverage,
        documents,
        records,
        passages,
        topics,
        places,
        citations,
        quotes,
    )
)
