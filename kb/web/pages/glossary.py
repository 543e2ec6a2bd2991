"""Glossary page: terms used on the site, and campaign and policy terms."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.languages.labels import MEANINGS
from kb.web.route import PageRoute, searcher_of
from kb.web.view.glossary import by_letter
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/glossary")
def glossary(request: Request) -> Response:
    """Show all terms with their definitions, in alphabetical order."""
    page, searcher = Page(request), searcher_of(request)
    return page.response(
        "glossary.html",
        own=[(page.translated(one), page.translated(meaning)) for one, meaning in MEANINGS.items()],
        letters=by_letter(page.language),
        topics=searcher.names.thesaurus.by_id,
        label=page.label_of(searcher.names),
    )
