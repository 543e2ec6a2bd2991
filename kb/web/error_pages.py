"""What went wrong, in the reader's words: an error or a status -> the page that says it."""

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
    "document", "record", "topic", "place", "organization", "file", "original", "removed-original"
]
ABSENT: dict[Absent, str] = {
    "document": _("There is no such document."),
    "record": _("There is no such record."),
    "topic": _("There is no such topic."),
    "place": _("There is no such place."),
    "organization": _("There is no such organization."),
    "file": _("There is no such file."),
    "original": _("There is no such original."),
    "removed-original": _("The original is not on its shelf any more."),
}
SENTENCES = {
    400: _("What you sent cannot be read."),
    403: _("This was refused, because it was sent by a page of another site."),
    404: _("There is no page at this address. The link may be old, or have a typing mistake."),
    405: _("This page cannot be used in this way."),
    413: _("What you sent is too long."),
    414: _("The address is too long. Search in private: there a question can be longer."),
    415: _("What you sent cannot be read."),
    422: _("Your question is too long. It can have %(most)s characters."),
    500: _("Something went wrong here. It is not your mistake."),
    503: _("Nothing can be searched now, because the index is missing or damaged."),
}
_UNKNOWN_NAME = _("A topic or a place in this search is not known here.")
_UNREADABLE = _("A value in this search cannot be read: %(field)s.")
MAX_FIELD_CHARACTERS = (
    80  # characters; the name of a field that we do not know can be of any length
)


class AbsentError(NotFoundError):
    """A page was asked for something that is not there."""

    def __init__(self, code: Absent) -> None:
        self.code = code
        super().__init__(ABSENT[code])


def trouble(request: Request, error: KbError | RequestValidationError) -> Response:
    """The page for an error; the program's own words only where they tell how to mend it."""
    page = Page(request)
    if isinstance(error, RequestValidationError):
        return _page(page, 422, _fault(page, error))
    if isinstance(error, NotFoundError):
        return _page(page, 404, _absent(page, error))
    detail = str(error) if error.status == 503 else ""
    return _page(page, error.status, _sentence(page, error.status), detail)


def of_status(request: Request, status: int) -> Response:
    """The page for what no page of ours was asked for, or could answer."""
    page = Page(request)
    return _page(page, status, _sentence(page, status))


def _page(page: Page, status: int, said: str, detail: str = "") -> Response:
    return page.response(
        "problem.html", status, is_absent=status == 404, said=said, detail=detail, search=Search()
    )


def _sentence(page: Page, status: int) -> str:
    """The sentence of a status; a number is put in where it has a place for one."""
    most = number(MAX_QUERY_CHARACTERS, page.language)
    return page.translated(SENTENCES.get(status, SENTENCES[500])) % {"most": most}


def _absent(page: Page, error: NotFoundError) -> str:
    """Return what is absent; names of filters have one sentence for all of them."""
    text = ABSENT[error.code] if isinstance(error, AbsentError) else _UNKNOWN_NAME
    return page.translated(text)


def _fault(page: Page, error: RequestValidationError) -> str:
    """The first part of the request that breaks a law."""
    found = error.errors()[0]
    names = [part for part in found["loc"] if isinstance(part, str)]
    field = names[-1][:MAX_FIELD_CHARACTERS]
    if field == "q":
        return _sentence(page, 422)
    return page.translated(_UNREADABLE) % {"field": field}
