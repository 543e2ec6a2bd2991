"""The routes, a file a noun."""

from kb.api.routes import coverage, documents, passages, places, records, search, topics

ROUTERS = tuple(
    module.router for module in (search, coverage, documents, records, passages, topics, places)
)
