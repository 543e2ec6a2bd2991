"""The route that serves static files, whose names contain their digests."""

from fastapi import APIRouter
from starlette.responses import Response

from kb.web.error_pages import AbsentError
from kb.web.route import PageRoute
from kb.web.view.assets import STATIC, assets

router = APIRouter(route_class=PageRoute, include_in_schema=False)

FOR_EVER = "public, max-age=31536000, immutable"


@router.get(f"{STATIC}/{{name}}")
def file(name: str) -> Response:
    """Return a static file by its current name; 404 for any other name."""
    served = {one.address: one for one in assets().values()}
    found = served.get(f"{STATIC}/{name}")
    if found is None:
        raise AbsentError("file")
    headers = {"cache-control": FOR_EVER}
    return Response(found.content, media_type=found.media_type, headers=headers)
