"""Route that checks the quotations of a draft."""

from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from kb.api import openapi
from kb.api.request_context import ByPost, uncached
from kb.domain.base import Noun
from kb.quotes.check import check
from kb.quotes.drafts import read_markdown
from kb.quotes.nouns import QuoteReport
from kb.quotes.originals import Originals
from kb.quotes.quotations import quotations

router = APIRouter(tags=["quotes"])

MAX_DRAFT_CHARACTERS = 300_000


class DraftBody(Noun):
    """A draft whose quotations are checked. It is not stored."""

    text: str = Field(
        max_length=MAX_DRAFT_CHARACTERS,
        description="The draft as Markdown or plain text.",
        examples=["They ask that “the city end its contract” (The night bus paper, p. 3)."],
    )


@router.post(
    "/quotes/check",
    summary="Compare the quotations of a draft with imported documents",
    responses=openapi.by_post(QuoteReport, "The quotations with their verdicts.")
    | openapi.OTHER_SITE
    | openapi.problems(s415="The Content-Type of the body is not JSON."),
)
def check_quotes(
    request: Request, context: ByPost, draft: Annotated[DraftBody, Body()]
) -> Response:
    """Return a verdict for each quotation; nothing of the draft is kept."""
    blocks = read_markdown(draft.text)
    originals = Originals(context.searcher.reader, request.app.state.shelves)
    return uncached(check(quotations(blocks), originals))
