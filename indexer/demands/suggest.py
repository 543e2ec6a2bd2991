"""Blocks of somebody's text -> the sentences in it that look like demands, precision first.

A sentence is suggested where it says outright that something is demanded, where a body that can
act must or should do something, where a resolution resolves it, or where it stands in a list or
section that is announced as one of demands. Questions, quotations, reports of what others
demanded and what a reader is asked to do are not.
"""

from collections.abc import Sequence
from functools import lru_cache

from indexer.demands.reader import Found, Reader
from indexer.demands.rules.bodies import level_of
from indexer.demands.rules.fields import action_of
from indexer.demands.rules.sums import amount_of
from indexer.importers.base import Block
from kb.domain.imports import Suggestion
from kb.domain.topics import Thesaurus
from kb.text.analysis import words
from kb.text.query import LANGUAGES, Labels


def suggest(
    blocks: Sequence[Block], language: str, thesaurus: Thesaurus | None = None
) -> list[Suggestion]:
    """What looks like a demand, in the order of the text; nothing in other languages than ours."""
    code = language[:2].lower()
    if code not in LANGUAGES:
        return []
    return [
        _suggestion(found, blocks[found.block].text, code, thesaurus)
        for found in Reader(blocks, code).read()
    ]


def _suggestion(found: Found, text: str, language: str, thesaurus: Thesaurus | None) -> Suggestion:
    asked = found.asked
    return Suggestion(
        block=found.block,
        start=found.start,
        end=found.end,
        how=found.how,
        action=action_of(asked),
        target=asked.target,
        level=level_of(asked.target),
        amount=amount_of(asked.rest, language),
        topics=_topics(text[found.start : found.end], thesaurus),
        confidence="sure" if found.sure else "likely",
    )


def _topics(said: str, thesaurus: Thesaurus | None) -> tuple[str, ...]:
    """The topics whose labels occur, the longest labels first."""
    if thesaurus is None:
        return ()
    found = _labels(thesaurus).find([token.word for token in words(said)])
    return tuple(dict.fromkeys(widening.topic for widening in found))


@lru_cache(maxsize=1)  # the thesaurus of a run is one
def _labels(thesaurus: Thesaurus) -> Labels:
    return Labels(thesaurus)
