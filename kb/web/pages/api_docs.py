"""API documentation page, rendered from the OpenAPI document."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.web.route import PageRoute
from kb.web.view.api_docs import api_docs
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> Response:
    """Show the operations and schemas of the API."""
    page = Page(request)
    found = api_docs(request.app.openapi(), page.absolute(""))
    return page.response("api_docs.html", docs=found)
