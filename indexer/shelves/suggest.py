"""Blocks of somebody's text -> the sentences in it that look like demands, precision first.

A sentence is suggested where it says outright that something is demanded, where a body that can
act must or should do something, where a resolution resolves it, or where it stands in a list or
section that is announced as one of demands. Questions, quotations, reports of what others
demanded and what a reader is asked to do are not.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.importers.extracted import Block
from indexer.shelves import resolution
from indexer.shelves.asks import Heading, announces, number_of
from indexer.shelves.bodies import level_of
from indexer.shelves.fields import action_of, is_action
from indexer.shelves.markers import Asked, demanded
from indexer.shelves.outline import Outline, Scope, is_listed
from indexer.shelves.sentences import sentences
from indexer.shelves.suggestion import Confidence, How, Suggestion
from indexer.shelves.sums import amount_of
from indexer.shelves.under import asks, listed, obliged_body, quoted, running, speaker_of
from indexer.shelves.voice import Voice, voice_of
from kb.domain.topics import Thesaurus
from kb.text.analysis import words
from kb.text.query import LANGUAGES, Labels

READ = {"heading", "paragraph", "item"}  # rows, notes and lists of works demand nothing

_TRAILING_AND = re.compile(r"[;,]?\s+(?:and|or|y|e|o)\s*$", re.IGNORECASE)


class _Span(NamedTuple):
    """A sentence of a block."""

    start: int
    end: int
    leads: bool  # it is the first of an item
    numbered: bool  # the item has a printed number


class _Found(NamedTuple):
    """A demand: its place in the block, how it was told, and what it asks."""

    start: int
    end: int
    how: How
    asked: Asked
    sure: bool


def suggest(
    blocks: Sequence[Block], language: str, thesaurus: Thesaurus | None = None
) -> list[Suggestion]:
    """What looks like a demand, in the order of the text; nothing in other languages than ours."""
    if language[:2] not in LANGUAGES:
        return []
    return [
        _suggestion(index, blocks[index].text, found, language[:2], thesaurus)
        for index, found in _Reader(blocks, language[:2]).read()
    ]


class _Reader:
    """Goes through the blocks with what stands over them in mind."""

    def __init__(self, blocks: Sequence[Block], language: str) -> None:
        self._blocks, self._language = blocks, language
        self._outline = Outline(blocks)
        self._voice = _voice(blocks, language)

    def read(self) -> Iterator[tuple[int, _Found]]:
        """Every demand with its block, in order; a heading is one only if none stands below."""
        held: tuple[int, _Found] | None = None
        for index, block in enumerate(self._blocks):
            if block.kind not in READ:
                continue
            if self._outline.level(index):
                if held:
                    yield held
                self._outline.enter(index)
                held = self._heading(index)
                continue
            found = list(self._block(index, block))
            if found:
                held = None
                self._outline.feed()
            yield from ((index, one) for one in found)
            self._outline.read(index)
        if held:
            yield held

    def _heading(self, index: int) -> tuple[int, _Found] | None:
        """A heading under a heading of demands, if it reads as one."""
        text, scope = self._blocks[index].text, self._outline.scope(index)
        start = number_of(text)
        if not scope or Heading(text).asks or not is_action(text[start:]):
            return None
        how: How = "numbered" if start else "under-heading"
        asked = listed(text[start:], scope.target, self._voice)
        return (index, _Found(start, len(text), how, asked, sure=False)) if asked else None

    def _block(self, index: int, block: Block) -> Iterator[_Found]:
        scope, number = self._outline.scope(index), number_of(block.text)
        found = sentences(block.text[number:], self._language)
        for place, (first, last) in enumerate(found):
            start, end = number + first, number + last
            start += speaker_of(block.text[start:end])
            if not block.text[start:end].endswith(("?", ":")):
                leads = place == 0 and is_listed(block)
                yield from self._sentence(block.text, _Span(start, end, leads, bool(number)), scope)

    def _sentence(self, text: str, span: _Span, scope: Scope | None) -> Iterator[_Found]:
        words = text[span.start : span.end]
        governed = list(resolution.clauses(words))
        for begin, end in governed:
            asked = resolution.resolved(words[begin:end])
            yield _Found(span.start + begin, span.start + end, "resolution", asked, sure=True)
        if not governed:
            found = self._plain(words, span, scope)
            if found:
                yield found

    def _plain(self, words: str, span: _Span, scope: Scope | None) -> _Found | None:
        """What a sentence that is no clause of a resolution demands."""
        if scope and scope.kind == "resolution":
            if not span.leads or resolution.is_formula(words):
                return None
            asked = demanded(words) or resolution.resolved(words)
            return _Found(span.start, span.end, "resolution", asked, sure=True)
        outright = self._outright(words, scope)
        if outright:
            return _Found(span.start, span.end, "we-demand", outright, outright.strong)
        if not scope:
            return None
        if span.leads and (scope.kind != "programme" or asks(words)):
            return self._item(words, span, scope)
        if scope.kind != "section" or self._voice.instructs:
            return None
        said = running(words, scope.target, scope.strong)
        return _Found(span.start, span.end, "imperative", said, sure=False) if said else None

    def _outright(self, words: str, scope: Scope | None) -> Asked | None:
        """What a sentence asks for by its own words."""
        if quoted(words) or (self._voice.reports and not scope):
            return None
        asked = demanded(words, self._voice.addressed)
        if asked and (asked.strong or scope or not self._voice.instructs):
            return asked
        return obliged_body(words, self._voice, bool(scope))

    def _item(self, words: str, span: _Span, scope: Scope) -> _Found | None:
        """The first sentence of an item in a list of demands."""
        asked = listed(words, scope.target, self._voice)
        if not asked:
            return None
        how: How = "imperative" if is_action(words) else "under-heading"
        end = span.start + len(_TRAILING_AND.sub("", words))
        return _Found(span.start, end, "numbered" if span.numbered else how, asked, scope.strong)


def _voice(blocks: Sequence[Block], language: str) -> Voice:
    """The voice of a document, from what is no heading, no item and no clause."""
    running_text = [
        block.text[start:end]
        for block in blocks
        if block.kind == "paragraph" or (block.kind == "item" and len(block.text) > 1)
        for start, end in sentences(block.text, language)
    ]
    outright = any(
        (asked := demanded(one)) and asked.strong and not quoted(one) for one in running_text
    )
    announced = any(
        block.kind in READ
        and (announces(block.text) or ((heading := Heading(block.text)).asks and heading.strong))
        for block in blocks
    )
    return voice_of(running_text, outright or announced)


def _suggestion(
    index: int, text: str, found: _Found, language: str, thesaurus: Thesaurus | None
) -> Suggestion:
    said = text[found.start : found.end]
    confidence: Confidence = "sure" if found.sure else "likely"
    return Suggestion(
        block=index,
        start=found.start,
        end=found.end,
        how=found.how,
        action=action_of(found.asked),
        target=found.asked.target,
        level=level_of(found.asked.target),
        amount=amount_of(found.asked.rest, language),
        topics=_topics(said, thesaurus),
        confidence=confidence,
    )


def _topics(said: str, thesaurus: Thesaurus | None) -> tuple[str, ...]:
    if thesaurus is None:
        return ()
    found = _labels(thesaurus).find([token.word for token in words(said)])
    return tuple(dict.fromkeys(widening.topic for widening in found))


@lru_cache(maxsize=1)  # the thesaurus of a run is one
def _labels(thesaurus: Thesaurus) -> Labels:
    return Labels(thesaurus)
