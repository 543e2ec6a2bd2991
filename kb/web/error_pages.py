"""Error pages for exceptions and HTTP statuses, in the language of the page."""

from typing import Literal

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from kb.errors import KbError, NotFoundError
from kb.languages.catalog import number
from kb.languages.labels import _
from kb.settings import MAX_QUERY_CHARACTERS
from kb.web.view.page import Page
from kb.web.view.urls import Search

Absent = Literal[
    "document",
    "record",
    "topic",
    "place",
    "organization",
    "file",
    "original",
    "removed-original",
    "documents",
]
ABSENT: dict[Absent, str] = {
    "document": _("We can’t find this document."),
    "record": _("We can’t find this demand or finding."),
    "topic": _("We can’t find this topic."),
    "place": _("We can’t find this place."),
    "organization": _("We can’t find this organization."),
    "file": _("We can’t find this file."),
    "original": _("We can’t find the original file."),
    "removed-original": _("The original file is no longer on its shelf."),
    "documents": _("Documents can’t be changed from here."),
}
SENTENCES = {
    400: _("We couldn’t understand your request."),
    403: _("We refused this request because it came from another website."),
    404: _("Check the web address. The link may be old or mistyped."),
    405: _("This page can’t handle that kind of request."),
    409: _("Your saved list is full. Download it, then remove items and try again."),
    413: _("Your request is too long."),
    414: _("The web address is too long. Use private search for longer text."),
    415: _("We couldn’t understand your request."),
    422: _("Your search is too long. Use %(most)s characters or fewer."),
    500: _("The problem is on our side. Try again."),
    503: _("Search is not available: the index is missing or damaged."),
}
_UNKNOWN_NAME = _("We don’t recognize a topic or place in your search.")
_UNREADABLE = _("Check this part of your search: %(field)s.")
MAX_FIELD_CHARACTERS = 80  # the name of an invalid form field can have any length


class AbsentError(NotFoundError):
    """The item that a page would show, such as a document or a topic, does not exist."""

    def __init__(self, code: Absent) -> None:
        self.code = code
        super().__init__(ABSENT[code])


def trouble(request: Request, error: KbError | RequestValidationError) -> Response:
    """Return the error page for an exception; only a 503 shows its message, to help fix it."""
    page = Page(request)
    if isinstance(error, RequestValidationError):
        return _page(page, 422, _fault(page, error))
    if isinstance(error, NotFoundError):
        return _page(page, 404, _absent(page, error))
    detail = str(error) if error.status == 503 else ""
    return _page(page, error.status, _sentence(page, error.status), detail)


def of_status(request: Request, status: int) -> Response:
    """Return the error page for an HTTP status."""
    page = Page(request)
    return _page(page, status, _sentence(page, status))


def _page(page: Page, status: int, said: str, detail: str = "") -> Response:
    return page.response(
        "problem.html", status, is_absent=status == 404, said=said, detail=detail, search=Search()
    )


def _sentence(page: Page, status: int) -> str:
    """Return the sentence for a status, with the maximum query length filled in."""
    most = number(MAX_QUERY_CHARACTERS, page.language)
    return page.translated(SENTENCES.get(status, SENTENCES[500])) % {"most": most}


def _absent(page: Page, error: NotFoundError) -> str:
    """Return the sentence for a missing item, or for an unknown topic or place in a filter."""
    text = ABSENT[error.code] if isinstance(error, AbsentError) else _UNKNOWN_NAME
    return page.translated(text)


def _fault(page: Page, error: RequestValidationError) -> str:
    """Return the sentence for the first invalid field of the request."""
    found = error.errors()[0]
    names = [part for part in found["loc"] if isinstance(part, str)]
    field = names[-1][:MAX_FIELD_CHARACTERS]
    if field == "q":
        return _sentence(page, 422)
    return page.translated(_UNREADABLE) % {"field": field}
