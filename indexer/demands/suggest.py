"""Suggest sentences in an imported text that look like demands, favoring precision over recall.

README.md in this folder describes the forms of sentences; words.yaml lists their words.
"""

from collections.abc import Sequence
from functools import lru_cache

from indexer.demands.actions import action_of
from indexer.demands.amounts import amount_of
from indexer.demands.bodies import level_of
from indexer.demands.reader import Found, Reader
from indexer.importers.base import Block
from kb.domain.imports import Suggestion
from kb.domain.topics import Thesaurus
from kb.text.analysis import words
from kb.text.query import Labels

GRAMMARS = ("en", "es")  # languages for which there are rules


def suggest(
    blocks: Sequence[Block], language: str, thesaurus: Thesaurus | None = None
) -> list[Suggestion]:
    """Return the suggested demands in text order, or [] if the text is not English or Spanish."""
    code = language[:2].lower()
    if code not in GRAMMARS:
        return []
    return [
        _suggestion(found, blocks[found.block].text, code, thesaurus)
        for found in Reader(blocks, code).read()
    ]


def _suggestion(found: Found, text: str, language: str, thesaurus: Thesaurus | None) -> Suggestion:
    asked = found.directive
    return Suggestion(
        block=found.block,
        start=found.start,
        end=found.end,
        how=found.how,
        action=action_of(asked),
        target=asked.target,
        level=level_of(asked.target),
        amount=amount_of(asked.act, language),
        topics=_topics(text[found.start : found.end], thesaurus) if thesaurus else (),
        confidence="sure" if found.is_sure else "likely",
    )


def _topics(said: str, thesaurus: Thesaurus) -> tuple[str, ...]:
    """Return the topics whose labels occur in a text, those with the longest labels first."""
    found = _labels(thesaurus).find([token.word for token in words(said)])
    return tuple(dict.fromkeys(widening.topic for widening in found))


_labels = lru_cache(maxsize=1)(Labels)  # one thesaurus per run
