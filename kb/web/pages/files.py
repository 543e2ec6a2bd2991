"""The files that pages load: one style sheet, under a name that changes with it."""

from fastapi import APIRouter
from starlette.responses import Response

from kb.errors import NotFoundError
from kb.web.rendering import STATIC, stylesheet
from kb.web.route import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)

FOR_EVER = "public, max-age=31536000, immutable"


@router.get(f"{STATIC}/{{name}}")
def file(name: str) -> Response:
    """The style sheet; another name is not there."""
    known, content = stylesheet()
    if name != known:
        raise NotFoundError("There is no such file.")
    headers = {"cache-control": FOR_EVER}
    return Response(content, media_type="text/css", headers=headers)
