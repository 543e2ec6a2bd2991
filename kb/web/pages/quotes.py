"""Check the quotations of a draft that is pasted or sent as a file; nothing of it is kept."""

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from kb.errors import UnreadableError
from kb.languages.labels import FOLDED, VERDICTS
from kb.quotes.check import check
from kb.quotes.drafts import MAX_BYTES, read_draft, read_markdown
from kb.quotes.nouns import TO_SEE, QuoteReport
from kb.quotes.originals import Originals
from kb.quotes.quotations import quotations
from kb.web.route import PageRoute, searcher_of
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MAX_SHOWN_CHARACTERS = 400  # of a quotation


@router.get("/quotes")
def form(request: Request) -> Response:
    """Show the form for a draft."""
    return _response(request, None)


@router.post("/quotes")
def checked(
    request: Request,
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Show the verdicts on a draft; a file is preferred to pasted text."""
    try:
        if file is not None and file.filename:
            blocks = read_draft(file.file.read(MAX_BYTES + 1), file.filename)
        else:
            blocks = read_markdown(text)
    except UnreadableError as error:
        return _response(request, None, text, str(error), status=422)
    originals = Originals(searcher_of(request).reader, request.app.state.shelves)
    return _response(request, check(quotations(blocks), originals), text)


def _response(
    request: Request,
    report: QuoteReport | None,
    text: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    page = Page(request)
    counts = {
        verdict: sum(one.verdict == verdict for one in report.quotations) if report else 0
        for verdict in VERDICTS
    }
    answer = page.response(
        "quotes.html",
        status,
        report=report,
        text=text,
        problem=problem,
        counts={verdict: count for verdict, count in counts.items() if count},
        verdicts={name: page.translated(words) for name, words in VERDICTS.items()},
        folds={name: page.translated(words) for name, words in FOLDED.items()},
        to_see=TO_SEE,
        has_imports=not Originals(searcher_of(request).reader, request.app.state.shelves).is_empty,
        most=MAX_BYTES // 1024**2,
    )
    answer.headers["cache-control"] = "no-store"
    return answer
