"""The OpenAPI document."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from kb.http.etags import Validator

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """Describe the API for programs; the document is that of the program, not of the index."""
    validator = Validator(request, "openapi")
    if validator.is_known or validator.is_any_known:
        return validator.not_modified()
    return JSONResponse(request.app.openapi(), headers=validator.headers())
