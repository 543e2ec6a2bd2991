"""Coverage page: counts of the contents of the corpus, which show its gaps."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.web.route import PageRoute, searcher_of
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/coverage")
def coverage(request: Request) -> Response:
    """Show tables of counts for the corpus; imported documents are not counted."""
    page, searcher = Page(request), searcher_of(request)
    return page.response(
        "coverage.html",
        tables=searcher.reader.coverage(),
        label=page.label_of(searcher.names),
    )
