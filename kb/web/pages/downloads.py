"""The reference of a document or record as a file for citation managers."""

from typing import cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from kb.errors import NotFoundError
from kb.exports.formats import REFERENCES, Form, download
from kb.web.route import PageRoute, searcher_of
from kb.web.view.imported import found
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/d/{document_id}.{form}")
def document(request: Request, document_id: str, form: str) -> Response:
    """The source of a document."""
    return _download(request, document_id, form)


@router.get("/d/{document_id}/{slug}.{form}")
def record(request: Request, document_id: str, slug: str, form: str) -> Response:
    """The source of a record, with the place in it where one is known."""
    return _download(request, f"{document_id}#{slug}", form)


def _download(request: Request, passage_id: str, form: str) -> Response:
    entry, _ = found(searcher_of(request).reader, passage_id)
    if form not in REFERENCES or entry is None:
        raise NotFoundError("There is no such file.")
    return download([entry], cast(Form, form), passage_id, Page(request))
