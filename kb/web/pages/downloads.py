"""Routes to download a reference, and the download response that other pages share."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.domain.passages import Entry
from kb.exports.formats import FORMATS, REFERENCES, export, file_name
from kb.exports.presenter import Presenter
from kb.search.passages import passage_or_former
from kb.web.error_pages import AbsentError
from kb.web.route import PageRoute, searcher_of
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/d/{document_id}.{form}")
def document(request: Request, document_id: str, form: str) -> Response:
    """Download a reference to a document."""
    return _reference(request, document_id, form)


@router.get("/d/{document_id}/{slug}.{form}")
def record(request: Request, document_id: str, slug: str, form: str) -> Response:
    """Download a reference to a record, with its locator if known."""
    return _reference(request, f"{document_id}#{slug}", form)


def _reference(request: Request, passage_id: str, form: str) -> Response:
    entry, _ = passage_or_former(searcher_of(request).reader, passage_id)
    if form not in REFERENCES or entry is None:
        raise AbsentError("file")
    return download(request, [entry], form, passage_id)


def download(
    request: Request,
    entries: Sequence[Entry],
    form: str,
    name: str,
    presenter: Presenter | None = None,
) -> Response:
    """Return records as a file in an export format; raise AbsentError if the format is unknown."""
    if form not in FORMATS:
        raise AbsentError("file")
    page = Page(request)
    presenter = presenter or page.presenter(page.label_of(searcher_of(request).names))
    headers = {
        "content-disposition": f'attachment; filename="{file_name(name, form)}"',
        "content-language": page.language,
        "content-type": FORMATS[form].media_type,
        "x-content-type-options": "nosniff",
    }
    return Response(export(entries, form, presenter).encode(), headers=headers)
