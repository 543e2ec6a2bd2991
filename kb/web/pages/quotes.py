"""Check the quotations of a draft that is pasted or sent as a file; nothing of it is kept."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from kb.errors import UnreadableError
from kb.languages.labels import FOLDED, PARTS, VERDICTS
from kb.quotes.check import check
from kb.quotes.drafts import MAX_BYTES, read_draft, read_markdown
from kb.quotes.nouns import DEPARTURES, QuoteReport
from kb.quotes.originals import Originals
from kb.quotes.quotations import quotations
from kb.web.route import PageRoute, searcher_of
from kb.web.view.page import Page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/quotes")
def form(request: Request) -> Response:
    """Show the form for a draft."""
    return _response(request, _originals(request))


@router.post("/quotes")
def checked(
    request: Request,
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Show the verdicts on a draft; a file is preferred to pasted text."""
    originals = _originals(request)
    try:
        if file is not None and file.filename:
            blocks = read_draft(file.file.read(MAX_BYTES + 1), file.filename)
        else:
            blocks = read_markdown(text)
    except UnreadableError as error:
        return _response(request, originals, text=text, problem=str(error))
    return _response(request, originals, check(quotations(blocks), originals), text)


def _originals(request: Request) -> Originals:
    return Originals(searcher_of(request).reader, request.app.state.shelves)


def _response(
    request: Request,
    originals: Originals,
    report: QuoteReport | None = None,
    text: str = "",
    problem: str = "",
) -> Response:
    page, checked = Page(request), report.quotations if report else ()
    counts: Counter[str] = Counter(one.verdict for one in checked)
    ids = {one.found.passage_id for one in checked if one.found and one.found.passage_id}
    keys = originals.reader.keys(ids)
    answer = page.response(
        "quotes.html",
        422 if problem else 200,
        report=report,
        text=text,
        problem=problem,
        counts={one: counts[one] for one in VERDICTS if counts[one]},
        verdicts={name: page.translated(words) for name, words in VERDICTS.items()},
        folds={name: page.translated(words) for name, words in FOLDED.items()},
        parts={name: page.translated(words) for name, words in PARTS.items()},
        locators={entry.id: entry.locator for entry in originals.reader.fetch(list(keys.values()))},
        departures=DEPARTURES,
        has_imports=not originals.is_empty,
        most=MAX_BYTES // 1024**2,
    )
    answer.headers["cache-control"] = "no-store"
    return answer
