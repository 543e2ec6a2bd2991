"""The route that serves the original files of imported documents."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kb.shelves.originals import original_of
from kb.web.error_pages import AbsentError
from kb.web.route import searcher_of

router = APIRouter(include_in_schema=False)  # not a PageRoute, which revalidates cached pages

_DOWNLOAD = "application/octet-stream"
# Imported HTML has an opaque origin, runs no scripts and loads no other files.
_POLICIES = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'",
    "text/html": "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'",
}


@router.api_route("/originals/{document_id}", methods=["GET", "HEAD"])
def original(request: Request, document_id: str) -> Response:
    """Return the original file of a document's latest version; 404 if shelves are not served."""
    shelves, reader = request.app.state.shelves, searcher_of(request).reader
    key = reader.keys([document_id]).get(document_id)
    document = reader.fetch([key])[0].document if key is not None else None
    if shelves is None or document is None or document.shelf is None:
        raise AbsentError("original")
    found = original_of(shelves, document)
    if found is None:
        raise AbsentError("removed-original")
    return FileResponse(
        found.path,
        media_type=found.media_type or _DOWNLOAD,
        filename=found.name,
        content_disposition_type="inline" if found.media_type else "attachment",
        headers={
            "content-security-policy": _POLICIES.get(
                found.media_type or "", "default-src 'none'; sandbox"
            ),
            "cache-control": "no-store",
            "x-robots-tag": "noindex",
        },
    )
