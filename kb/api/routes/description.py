"""The route that serves the OpenAPI document."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from kb.http.etags import Validator

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """Return the OpenAPI document, which depends on the program's version, not on the index."""
    validator = Validator(request, "openapi")
    if validator.is_known or validator.is_any_known:
        return validator.not_modified()
    return JSONResponse(request.app.openapi(), headers=validator.headers())
