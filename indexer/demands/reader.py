"""Goes through the blocks of a text in order, and finds the demands in them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.demands.rules import resolution
from indexer.demands.rules.announcements import only_announces
from indexer.demands.rules.asked import LONGEST, Asked
from indexer.demands.rules.fields import is_action
from indexer.demands.rules.headings import Heading, number_of
from indexer.demands.rules.lists import asks, listed, running
from indexer.demands.rules.markers import demanded
from indexer.demands.rules.outline import Outline, Scope, is_listed
from indexer.demands.rules.owed import obliged_body
from indexer.demands.rules.speech import quoted, speaker_of
from indexer.demands.rules.voice import voice_of
from indexer.importers.base import Block
from kb.domain.imports import How
from kb.text.sentences import sentences

READ = {"heading", "paragraph", "item"}  # rows, notes and lists of works demand nothing

_TRAILING_AND = re.compile(r"[;,]?\s+(?:and|or|y|e|o)\s*$", re.IGNORECASE)


class _Span(NamedTuple):
    """A sentence of a block."""

    block: int
    start: int
    end: int
    leads: bool  # it is the first of an item
    numbered: bool  # the item has a printed number


class Found(NamedTuple):
    """A demand: its block, its place in it, how it was told, and what it asks."""

    block: int
    start: int
    end: int
    how: How
    asked: Asked
    sure: bool


class Reader:
    """Goes through the blocks with what stands over them in mind."""

    def __init__(self, blocks: Sequence[Block], language: str) -> None:
        self._blocks, self._language = blocks, language
        self._outline = Outline(blocks)
        self._voice = voice_of(blocks, language)

    def read(self) -> Iterator[Found]:
        """Every demand, in order; a heading is one only if none is found below it."""
        held: Found | None = None
        for index, block in enumerate(self._blocks):
            if block.kind not in READ:
                continue
            if self._outline.level(index):
                if held:
                    yield held
                self._outline.enter(index)
                held = self._heading(index)
                continue
            found = list(self._block(index))
            if found:
                held = None
                self._outline.feed()
            yield from found
            self._outline.read(index)
        if held:
            yield held

    def _heading(self, index: int) -> Found | None:
        """A heading under a heading of demands, if it reads as one."""
        text, scope = self._blocks[index].text, self._outline.scope(index)
        start = number_of(text)
        if not scope or Heading(text).asks or not is_action(text[start:]):
            return None
        asked = listed(text[start:], scope.target, self._voice)
        how: How = "numbered" if start else "under-heading"
        return Found(index, start, len(text), how, asked, sure=False) if asked else None

    def _block(self, index: int) -> Iterator[Found]:
        block, scope = self._blocks[index], self._outline.scope(index)
        number = number_of(block.text)
        found = sentences(block.text[number:], self._language)
        for place, (first, last) in enumerate(found):
            start, end = number + first, number + last
            start += speaker_of(block.text[start:end])
            words = block.text[start:end]
            if end - start <= LONGEST and not (words.endswith("?") or only_announces(words)):
                leads = place == 0 and is_listed(block)
                yield from self._sentence(_Span(index, start, end, leads, bool(number)), scope)

    def _sentence(self, span: _Span, scope: Scope | None) -> Iterator[Found]:
        words = self._blocks[span.block].text[span.start : span.end]
        governed = list(resolution.clauses(words))
        for start, end in governed:
            asked = resolution.resolved(words[start:end])
            begun = span._replace(end=span.start + end, start=span.start + start)
            yield _found(begun, "resolution", asked, sure=True)
        if governed or resolution.is_governed(words):
            return
        if scope and scope.kind == "resolution":
            found = self._clause(words, span)
        else:
            found = self._outright(words, span, scope)
            if not found and scope:
                found = self._under(words, span, scope)
        if found:
            yield found

    def _clause(self, words: str, span: _Span) -> Found | None:
        """A numbered clause below `RESUELVE:`."""
        if not span.leads or resolution.is_formula(words):
            return None
        asked = demanded(words, in_list=True) or resolution.resolved(words)
        return _found(span, "resolution", asked, sure=True)

    def _outright(self, words: str, span: _Span, scope: Scope | None) -> Found | None:
        """A sentence that asks by its own words, wherever it stands."""
        if self._voice.reports and not scope:
            return None
        asked = demanded(words, self._voice.addressed, in_list=bool(scope))
        if not asked or not (asked.strong or scope or not self._voice.instructs):
            asked = obliged_body(words, self._voice, bool(scope))
        if not asked or quoted(words):
            return None
        return _found(span, "we-demand", asked, sure=asked.strong and bool(asked.target or scope))

    def _under(self, words: str, span: _Span, scope: Scope) -> Found | None:
        """A sentence that asks because of what it stands under."""
        if span.leads and (scope.kind != "programme" or asks(words)):
            asked = listed(words, scope.target, self._voice)
            if not asked:
                return None
            how: How = "imperative" if is_action(words) else "under-heading"
            whole = span._replace(end=span.start + len(_TRAILING_AND.sub("", words)))
            return _found(whole, "numbered" if span.numbered else how, asked, sure=scope.strong)
        if scope.kind != "section" or self._voice.instructs or quoted(words):
            return None
        asked = running(words, scope.target, scope.strong)
        return _found(span, "imperative", asked, sure=False) if asked else None


def _found(span: _Span, how: How, asked: Asked, sure: bool) -> Found:
    return Found(span.block, span.start, span.end, how, asked, sure)
