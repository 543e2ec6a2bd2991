"""Find the demands in the blocks of a text, in order."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.demands.actions import begins_with_verb
from indexer.demands.directives import directive_in
from indexer.demands.document import read_document
from indexer.demands.headings import Heading, announces_only, number_end
from indexer.demands.items import is_imperative, item_directive, paragraph_directive
from indexer.demands.obligations import own_obligation
from indexer.demands.outline import Outline, Scope, is_item
from indexer.demands.resolutions import clause_directive, clauses, is_formula, is_governed
from indexer.demands.sentence import MAX_SENTENCE_CHARACTERS, Directive, is_quoted, speaker_end
from indexer.demands.words import pattern
from indexer.importers.base import Block
from kb.domain.imports import How
from kb.text.sentences import sentences

READ_KINDS = {"heading", "paragraph", "item"}  # rows, notes and references contain no demands

_TRAILING_AND = pattern(r"[;,]?\s+(?:and|or|y|e|o)\s*$")


class _Sentence(NamedTuple):
    """A sentence in a block."""

    block: int
    start: int
    end: int
    words: str
    leads: bool  # whether it is the first sentence of a list item
    is_numbered: bool  # whether its block begins with a printed number


class Found(NamedTuple):
    """A demand that was found: its block, its offsets in it, its form and its content."""

    block: int
    start: int
    end: int
    how: How
    directive: Directive
    is_sure: bool


class Reader:
    """Finder of demands, which reads each block in its scope."""

    def __init__(self, blocks: Sequence[Block], language: str) -> None:
        self._blocks, self._language = blocks, language
        self._outline = Outline(blocks)
        self._document = read_document(blocks, language)

    def read(self) -> Iterator[Found]:
        """Yield the demands in order; a heading counts only if no demand is found below it."""
        heading: Found | None = None
        for index, block in enumerate(self._blocks):
            if block.kind not in READ_KINDS:
                continue
            if self._outline.level(index):
                if heading:
                    yield heading
                self._outline.enter(index)
                heading = self._heading(index)
                continue
            found = list(self._block(index))
            if found:
                heading = None
                self._outline.note_demand()
            yield from found
            self._outline.read(index)
        if heading:
            yield heading

    def _heading(self, index: int) -> Found | None:
        """Return the demand in a heading that begins with a verb, in a section of demands."""
        text, scope = self._blocks[index].text, self._outline.scope(index)
        start = number_end(text)
        if not scope or Heading(text).asks or not begins_with_verb(text[start:]):
            return None
        asked = item_directive(text[start:], scope.target, self._document)
        how: How = "numbered" if start else "under-heading"
        return Found(index, start, len(text), how, asked, is_sure=False) if asked else None

    def _block(self, index: int) -> Iterator[Found]:
        block, scope = self._blocks[index], self._outline.scope(index)
        number = number_end(block.text)
        spans = sentences(block.text[number:], self._language)
        for place, (first, last) in enumerate(spans):
            start, end = number + first, number + last
            start += speaker_end(block.text[start:end])
            words = block.text[start:end]
            if len(words) > MAX_SENTENCE_CHARACTERS or words.endswith("?") or announces_only(words):
                continue
            leads = place == 0 and is_item(block)
            sentence = _Sentence(index, start, end, words, leads, bool(number))
            yield from self._sentence(sentence, scope)

    def _sentence(self, sentence: _Sentence, scope: Scope | None) -> Iterator[Found]:
        words = sentence.words
        if is_governed(words):
            for start, end in clauses(words):
                asked = clause_directive(words[start:end])
                first, last = sentence.start + start, sentence.start + end
                yield Found(sentence.block, first, last, "resolution", asked, is_sure=True)
            return
        if scope and scope.kind == "resolution":
            found = _numbered_clause(sentence)
        else:
            found = self._explicit(sentence, scope)
            if not found and scope:
                found = self._in_scope(sentence, scope)
        if found:
            yield found

    def _explicit(self, sentence: _Sentence, scope: Scope | None) -> Found | None:
        """Return the explicit demand in a sentence, which counts in any scope."""
        words, document = sentence.words, self._document
        if document.is_report and not scope:
            return None
        asked = directive_in(words, to_you=document.is_letter, in_list=bool(scope))
        if not asked or not (asked.is_strong or scope or not document.is_guide):
            asked = own_obligation(words, document, in_scope=bool(scope))
        if not asked or is_quoted(words):
            return None
        is_sure = asked.is_strong and bool(asked.target or scope)
        return _found(sentence, "we-demand", asked, is_sure)

    def _in_scope(self, sentence: _Sentence, scope: Scope) -> Found | None:
        """Return the demand in a sentence that is a demand because of its scope."""
        words = sentence.words
        if sentence.leads and (scope.kind != "programme" or is_imperative(words)):
            asked = item_directive(words, scope.target, self._document)
            if not asked:
                return None
            how: How = "imperative" if begins_with_verb(words) else "under-heading"
            if sentence.is_numbered:
                how = "numbered"
            end = sentence.start + len(_TRAILING_AND.sub("", words))
            return _found(sentence._replace(end=end), how, asked, scope.is_strong)
        if scope.kind != "section" or self._document.is_guide or is_quoted(words):
            return None
        asked = paragraph_directive(words, scope.target, scope.is_strong)
        return _found(sentence, "imperative", asked, is_sure=False) if asked else None


def _numbered_clause(sentence: _Sentence) -> Found | None:
    """Return an operative clause below a line such as `RESUELVE:`."""
    if not sentence.leads or is_formula(sentence.words):
        return None
    asked = directive_in(sentence.words, in_list=True) or clause_directive(sentence.words)
    return _found(sentence, "resolution", asked, is_sure=True)


def _found(sentence: _Sentence, how: How, asked: Directive, is_sure: bool) -> Found:
    return Found(sentence.block, sentence.start, sentence.end, how, asked, is_sure)
