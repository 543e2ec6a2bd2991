"""Routes that format citations in any style of the CSL repository."""

from typing import Annotated

from fastapi import APIRouter, Body, Query
from pydantic import Field
from starlette.responses import Response

from kb.api import openapi
from kb.api.request_context import ByPost, Uncached, uncached
from kb.api.routes.finding import find_passage
from kb.citations.cited import ENGLISH_TAG
from kb.citations.styles import style_named
from kb.citations.written import Form, cited, written
from kb.domain.base import Noun
from kb.domain.citations import Segment
from kb.search.searcher import Searcher

router = APIRouter(tags=["read"])

MAX_IDS = 60


class CitationRequest(Noun):
    """Records to cite, and the style and form of their citations."""

    id: tuple[str, ...] = Field(
        min_length=1,
        max_length=MAX_IDS,
        description="Ids of documents or records; repeat for more.",
        examples=[["m4bl-vision-2016"]],
    )
    style: str = Field(
        "chicago",
        max_length=120,
        description="`chicago` (footnotes), `chicago-author-date`, `apa`, `mla`, `harvard`, "
        "`bluebook`, or the name of a style in the CSL repository.",
    )
    format: Form = Field("text", description="Form of `citation`.")
    language: str = Field(
        ENGLISH_TAG,
        pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        max_length=35,
        description="BCP 47 tag of the words that the style adds.",
    )


class CitationView(Noun):
    """A citation of one document or record."""

    id: str = Field(description="Id of the document or record.")
    citation: str = Field(description="The citation in the requested form.")
    segments: tuple[Segment, ...] = Field(description="Its segments, in order.")


class CitationList(Noun):
    """Citations in the order of the ids."""

    items: tuple[CitationView, ...] = Field(description="The citations.")
    style: str = Field(description="Name of the style.")
    generation: str = Field(description="Index generation.")


_NO_SUCH = openapi.problems(
    s404="There is no such document, record or style.",
    s503="There is no index, or the citation processor is missing.",
)


@router.get("/citations", responses=openapi.unkept(CitationList, "The citations.") | _NO_SUCH)
def citations(context: Uncached, asked: Annotated[CitationRequest, Query()]) -> Response:
    """Cite documents and records in a style, with the place in the source if it is known."""
    return _answer(context.searcher, asked)


@router.post(
    "/citations",
    summary="Cite, with the ids in the body",
    responses=openapi.by_post(CitationList, "The citations.")
    | _NO_SUCH
    | openapi.OTHER_SITE
    | openapi.problems(s415="The Content-Type of the body is not JSON."),
)
def citations_by_post(context: ByPost, asked: Annotated[CitationRequest, Body()]) -> Response:
    """Cite the ids in a JSON body; fields and response are the same as with GET."""
    return _answer(context.searcher, asked)


def _answer(searcher: Searcher, asked: CitationRequest) -> Response:
    style = style_named(asked.style)
    entries = [find_passage(searcher.reader, one.replace("/", "#", 1)) for one in asked.id]
    found = cited(entries, style, asked.language)
    items = tuple(
        CitationView(id=entry.id, citation=written(one, asked.format), segments=one.segments)
        for entry, one in zip(entries, found, strict=True)
    )
    generation = searcher.reader.manifest.generation
    return uncached(CitationList(items=items, style=style.id, generation=generation))
