"""What went wrong, in the reader's words: an error or a status -> the page that says it."""

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from kb.errors import KbError, NotFoundError
from kb.languages.catalog import number
from kb.languages.labels import _
from kb.settings import MAX_QUERY_CHARACTERS
from kb.web.view.page import Page
from kb.web.view.urls import Search

# What a page raises NotFoundError with; it is translated here.
ABSENT = (
    _("There is no such document."),
    _("There is no such record."),
    _("There is no such topic."),
    _("There is no such place."),
    _("There is no such organization."),
    _("There is no such file."),
    _("There is no such original."),
    _("The original is not on its shelf any more."),
)
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


def trouble(request: Request, error: KbError | RequestValidationError) -> Response:
    """The page for an error; the program's own words only where they tell how to mend it."""
    page = Page(request)
    if isinstance(error, RequestValidationError):
        return _page(page, 422, _fault(page, error))
    if isinstance(error, NotFoundError):
        return _page(page, 404, _absent(page, str(error)))
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


def _absent(page: Page, said: str) -> str:
    """What is not there; names that are looked up elsewhere have a sentence for all of them."""
    shown = {one: page.translated(one) for one in ABSENT}
    return said if said in shown.values() else shown.get(said) or page.translated(_UNKNOWN_NAME)


def _fault(page: Page, error: RequestValidationError) -> str:
    """The first part of the request that breaks a law."""
    found = error.errors()[0]
    names = [part for part in found["loc"] if isinstance(part, str)]
    field = names[-1][:MAX_FIELD_CHARACTERS]
    if field == "q":
        return _sentence(page, 422)
    return page.translated(_UNREADABLE) % {"field": field}
