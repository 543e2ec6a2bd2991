"""Find the demands in the blocks of a text, in order."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.demands.actions import begins_with_verb, verb_action
from indexer.demands.bodies import Directive, split_body
from indexer.demands.directives import directive_in
from indexer.demands.obligations import Document, advises, obligation_in, own_obligation
from indexer.demands.outline import Heading, Outline, Scope, announces_list, is_item, number_end
from indexer.demands.resolutions import clause_directive, clauses, is_formula
from indexer.demands.words import pattern, word_list
from indexer.importers.base import Block
from kb.domain.imports import How
from kb.text.sentences import sentences

MAX_SENTENCE_CHARACTERS = 2000  # longer ones are tables, or lists without line breaks
READ_KINDS = {"heading", "paragraph", "item"}  # rows, notes and references contain no demands

_TRAILING_AND = pattern(r"[;,]?\s+(?:and|or|y|e|o)\s*$")
_ERRAND = pattern(r"^(?:{errand}(?!\w)|call \d)")
_THAT = pattern(r"^(?:that|que|to|a)\s+")
_NOT_OF_POWER = frozenset(word_list("reader_verb")) - frozenset(word_list("power_verb"))
_DEAR = pattern(
    r"^(?:dear|to|estimad[oa]s?|señor(?:a|es|as)?)\s[^.?!]{0,80}\b{official}[^.?!]{0,200}[,:.]$"
)
_SPEAKER = re.compile(r"^[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.'’ -]{2,40}:\s+")
_QUOTATION = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_CLOSING_MARK = re.compile(r"[\"”»]")
_SAYS = pattern(r"\b{saying_verb}\b")
_CAPITALIZED = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][\w’'-]{2,}")


class _Sentence(NamedTuple):
    """A sentence in a block."""

    block: int
    start: int
    end: int
    words: str
    leads: bool  # whether it is the first sentence of a list item
    is_numbered: bool  # whether its block begins with a printed number


class Found(NamedTuple):
    """A demand: its block, its offsets in the block, its form and its content."""

    block: int
    start: int
    end: int
    how: How
    directive: Directive
    is_sure: bool


class Reader:
    """Reader of one text, which finds the demands in each block by the block's scope."""

    def __init__(self, blocks: Sequence[Block], language: str) -> None:
        self._blocks, self._language = blocks, language
        self._outline = Outline(blocks)
        self._document = _read_document(blocks, language)

    def read(self) -> Iterator[Found]:
        """Yield every demand in order."""
        for index, block in enumerate(self._blocks):
            if block.kind not in READ_KINDS:
                continue
            if self._outline.level(index):
                self._outline.enter(index)
            else:
                yield from self._block(index)
                self._outline.read(index)

    def _block(self, index: int) -> Iterator[Found]:
        block, scope = self._blocks[index], self._outline.scope()
        number = number_end(block.text)
        spans = sentences(block.text[number:], self._language)
        for place, (first, last) in enumerate(spans):
            start, end = number + first, number + last
            if speaker := _SPEAKER.match(block.text[start:end]):
                start += speaker.end()
            words = block.text[start:end]
            if len(words) > MAX_SENTENCE_CHARACTERS or words.endswith(("?", ":")):
                continue
            leads = place == 0 and is_item(block)
            sentence = _Sentence(index, start, end, words, leads, bool(number))
            yield from self._sentence(sentence, scope)

    def _sentence(self, sentence: _Sentence, scope: Scope | None) -> Iterator[Found]:
        words = sentence.words
        if (spans := clauses(words)) is not None:
            for start, end in spans:
                asked = clause_directive(words[start:end])
                first, last = sentence.start + start, sentence.start + end
                yield Found(sentence.block, first, last, "resolution", asked, is_sure=True)
            return
        if scope and scope.kind == "resolution":
            found = _numbered_clause(sentence)
        else:
            found = self._explicit(sentence, scope)
            found = found or (self._in_scope(sentence, scope) if scope else None)
        if found:
            yield found

    def _explicit(self, sentence: _Sentence, scope: Scope | None) -> Found | None:
        """Return the explicit demand in a sentence, which counts in any scope, or None."""
        words, document = sentence.words, self._document
        asked = directive_in(words, document.is_letter, in_list=bool(scope))
        asked = asked or own_obligation(words, document, in_scope=bool(scope))
        if not asked or _is_quoted(words):
            return None
        is_sure = asked.is_strong and bool(asked.target or scope)
        return _found(sentence, "we-demand", asked, is_sure)

    def _in_scope(self, sentence: _Sentence, scope: Scope) -> Found | None:
        """Return the demand in a sentence that counts only because of its scope, or None."""
        words = sentence.words
        if sentence.leads:
            asked = _item_directive(words, scope.target, self._document)
            if not asked:
                return None
            bare: How = "imperative" if begins_with_verb(words) else "under-heading"
            how: How = "numbered" if sentence.is_numbered else bare
            end = sentence.start + len(_TRAILING_AND.sub("", words))
            return _found(sentence._replace(end=end), how, asked, scope.is_strong)
        # An imperative counts if it is for people in power, not for readers.
        is_imperative = begins_with_verb(words) and words.split()[0].lower() not in _NOT_OF_POWER
        if scope.kind != "section" or not is_imperative:
            return None
        return _found(sentence, "imperative", Directive(scope.target, words), is_sure=False)


def _numbered_clause(sentence: _Sentence) -> Found | None:
    """Return the demand in an operative clause below a line such as `RESUELVE:`, or None."""
    if not sentence.leads or is_formula(sentence.words):
        return None
    asked = directive_in(sentence.words, in_list=True) or clause_directive(sentence.words)
    return _found(sentence, "resolution", asked, is_sure=True)


def _found(sentence: _Sentence, how: How, asked: Directive, is_sure: bool) -> Found:
    return Found(sentence.block, sentence.start, sentence.end, how, asked, is_sure)


def _is_quoted(words: str) -> bool:
    """Return whether a sentence quotes or reports the words of others.

    Signs of this are a verb such as `said`, and the end of a quotation that began earlier.
    """
    own = _QUOTATION.sub(" ", words)
    return bool(_CLOSING_MARK.search(own) or _SAYS.search(own))


def _item_directive(words: str, target: str | None, document: Document) -> Directive | None:
    """Return the demand in a list item, or None if the item is an errand such as `Sign up`."""
    if _ERRAND.match(words):
        return None
    must = obligation_in(words, or_shall=True)
    if must:
        return must._replace(target=must.target or target)
    act = _THAT.sub("", words)
    first, _, rest = act.partition(" ")
    body = split_body(act) or ((first, rest) if first in document.names else None)
    if body and verb_action(body[1]):
        return Directive(body[0], body[1], is_verbal=True)
    return Directive(target, act)


def _read_document(blocks: Sequence[Block], language: str) -> Document:
    """Determine the properties of a document from its paragraphs and list items."""
    text = [
        block.text[start:end]
        for block in blocks
        if block.kind in {"paragraph", "item"}
        for start, end in sentences(block.text, language)
        if end - start <= MAX_SENTENCE_CHARACTERS
    ]
    announces = any(announces_list(one.text) or Heading(one.text).is_strong for one in blocks)
    return Document(
        is_letter=any(map(_DEAR.match, text)),
        demands=announces or any(map(directive_in, text)),
        advises=any(map(advises, text)),
        names=frozenset(_CAPITALIZED.findall(" ".join(text))),
    )
