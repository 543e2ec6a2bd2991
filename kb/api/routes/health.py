"""The health check route."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from kb.api.answers import Health
from kb.http.index_watcher import IndexWatcher
from kb.http.problems import problem

router = APIRouter(tags=["server"])


@router.get(
    "/healthz",
    summary="Health",
    responses={200: {"model": Health, "description": "The server can answer."}},
)
def healthz(request: Request) -> Response:
    """Return the index generation served and any problem with a newer one; 503 without an index."""
    watcher: IndexWatcher = request.app.state.watcher
    searcher, trouble = watcher.serving
    if searcher is None:
        return problem(503, trouble.slug if trouble else "", str(trouble or ""))
    manifest = searcher.reader.manifest
    health = Health(
        status="stale" if trouble else "ok",
        generation=manifest.generation,
        built=manifest.built,
        documents=manifest.documents,
        passages=manifest.passages,
        trouble=str(trouble) if trouble else None,
    )
    headers = {"cache-control": "no-store"}
    return Response(health.model_dump_json(), headers=headers, media_type="application/json")
