"""The original of an imported document, as it was brought, where shelves are served."""

import json
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kb.errors import NotFoundError
from kb.web.route import searcher_of

router = APIRouter(include_in_schema=False)  # no page route: originals are not kept in memory

# What a browser shows itself; a page of somebody else's gets an origin of its own, runs no script
# and loads nothing. Everything else is a download.
_PLAIN, _DOWNLOAD = "text/plain; charset=utf-8", "application/octet-stream"
_SHOWN = {
    "pdf": "application/pdf", "html": "text/html", "vtt": _PLAIN, "srt": _PLAIN,
    "markdown": _PLAIN, "text": _PLAIN, "csv": _PLAIN, "tsv": _PLAIN, "jsonl": _PLAIN,
    "json": _PLAIN,
}  # fmt: skip
_POLICIES = {
    "pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'",
    "html": "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'",
}


@router.api_route("/originals/{document_id}", methods=["GET", "HEAD"])
def original(request: Request, document_id: str) -> Response:
    """The bytes of the latest version; 404 where shelves are not served."""
    shelves: Path | None = request.app.state.shelves
    reader = searcher_of(request).reader
    key = reader.keys([document_id]).get(document_id)
    shelf = reader.fetch([key])[0].document.shelf if key is not None else None
    if shelves is None or shelf is None:
        raise NotFoundError("There is no such original.")
    # Both names come from the index: they are slugs, and lead to one folder of the shelves.
    path, came = latest(shelves / shelf / document_id)
    kind = str(came["format"])
    return FileResponse(
        path,
        media_type=_SHOWN.get(kind, _DOWNLOAD),
        filename=str(came["name"]).rsplit("/", 1)[-1] or document_id,
        content_disposition_type="inline" if kind in _SHOWN else "attachment",
        headers={
            "content-security-policy": _POLICIES.get(kind, "default-src 'none'; sandbox"),
            "cache-control": "no-store",
        },
    )


def latest(folder: Path) -> tuple[Path, dict[str, object]]:
    """The original of the last version, and its origin; NotFoundError where it was taken away."""
    try:
        version = max(int(path.name) for path in folder.iterdir() if path.name.isdecimal())
        came = json.loads((folder / str(version) / "origin.json").read_bytes())
        path = folder / str(version) / Path(came["original"]).name
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotFoundError("The original is not on its shelf any more.") from error
    if not path.is_file() or path.is_symlink():
        raise NotFoundError("The original is not on its shelf any more.")
    return path, came
