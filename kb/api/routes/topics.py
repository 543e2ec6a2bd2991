"""Routes for the thesaurus."""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import Response

from kb.api import openapi
from kb.api.answers import CountedTopic, TopicList
from kb.api.listing import counted
from kb.api.request_context import ByGet, answer
from kb.api.routes.parameters import TopicId
from kb.search.searcher import Searcher

router = APIRouter(tags=["vocabulary"])


@router.get("/topics", responses=openapi.by_get(TopicList, "All topics."))
def topics(context: ByGet) -> Response:
    """List the topics in the thesaurus, with the number of records and documents for each."""
    searcher = context.searcher
    return answer(
        TopicList(
            items=_views(searcher, searcher.names.thesaurus.by_id),
            generation=searcher.reader.manifest.generation,
        ),
        context,
    )


@router.get(
    "/topics/{topic_id}",
    responses=openapi.by_get(CountedTopic, "The topic.")
    | openapi.problems(s404="There is no such topic; `detail` names similar ones."),
)
def topic(context: ByGet, topic_id: TopicId) -> Response:
    """Read a topic by its id or any of its names."""
    found = context.searcher.names.topic(topic_id)
    return answer(_views(context.searcher, [found])[0], context)


def _views(searcher: Searcher, ids: Iterable[str]) -> tuple[CountedTopic, ...]:
    thesaurus, wanted = searcher.names.thesaurus, list(ids)
    narrower: dict[str, list[str]] = {}
    for one in thesaurus:
        for above in one.broader:
            narrower.setdefault(above, []).append(one.id)
    counts = counted(searcher, "topic", wanted)
    return tuple(
        CountedTopic.model_construct(
            **dict(thesaurus.by_id[one]),
            narrower=tuple(narrower.get(one, ())),
            records=counts[one][0],
            documents=counts[one][1],
        )
        for one in wanted
    )
