"""Classify a document: whether it makes demands, and whether it is a report, guide or letter."""

import re
from collections.abc import Callable, Sequence

from indexer.demands.directives import directive_in
from indexer.demands.headings import Heading, announces_list
from indexer.demands.obligations import is_advice, obligation_in
from indexer.demands.sentence import MAX_SENTENCE_CHARACTERS, Document, is_quoted, word_set
from indexer.demands.words import pattern, word_list
from indexer.importers.base import Block
from kb.text.sentences import sentences

MIN_REPORTING = 0.2  # share of sentences with `said` or another reporting word
MIN_INSTRUCTING = 0.2  # share of sentences that instruct the reader or anybody else
MIN_SENTENCES = 3  # sentences of a kind; any text may have one or two

_REPORTING = frozenset(word_list("reporting_word"))
_INSTRUCTING = frozenset(word_list("instructing_word"))
_READER_VERBS = frozenset(word_list("reader_verb"))
_YOU_MUST = pattern(r"\byou (?:must|should|may|can|do not|need|will)\b")
_PRESS_RELEASE = pattern(r"\b{press_release}\b")
_DEAR = pattern(
    r"^(?:dear|to|estimad[oa]s?|señor(?:a|es|as)?)\s[^.?!]{0,80}\b{official}[^.?!]{0,200}[,:.]$"
)
_MADAM = pattern(r"\b{honorific}\s(?:vice\s)?{official}")
_MADAM_CUES = frozenset(word.strip(".") for word in word_list("honorific"))
_CAPITALIZED = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][\w’'-]{2,}")
_SMALL = re.compile(r"\b[a-záéíóúñ][\w’'-]{2,}")


def read_document(blocks: Sequence[Block], language: str) -> Document:
    """Determine the properties of a document from its paragraphs and list items."""
    text = [
        block.text[start:end]
        for block in blocks
        if block.kind in {"paragraph", "item"}
        for start, end in sentences(block.text, language)
        if end - start <= MAX_SENTENCE_CHARACTERS
    ]
    is_letter = any(map(_addresses_official, text))
    is_press_release = any(map(_PRESS_RELEASE.search, text[:MIN_SENTENCES]))
    whole = " ".join(text)
    return Document(
        is_report=_share(text, _reports) >= MIN_REPORTING and not is_press_release,
        is_guide=_share(text, _instructs) >= MIN_INSTRUCTING and not is_letter,
        is_letter=is_letter,
        demands=any(map(_announces_demands, blocks)) or any(map(_demands, text)),
        advises=any(map(_advises, text)),
        names=frozenset(_CAPITALIZED.findall(whole)) - {x.title() for x in _SMALL.findall(whole)},
    )


def _share(text: Sequence[str], test: Callable[[str], bool]) -> float:
    """Return the share of sentences that pass a test; 0 if fewer than MIN_SENTENCES do."""
    found = sum(map(test, text))
    return found / len(text) if found >= MIN_SENTENCES else 0.0


def _reports(sentence: str) -> bool:
    return not _REPORTING.isdisjoint(word_set(sentence))


def _instructs(sentence: str) -> bool:
    words = word_set(sentence)
    if not _INSTRUCTING.isdisjoint(words) or _first_word(sentence) in _READER_VERBS:
        return True
    return "you" in words and bool(_YOU_MUST.search(sentence))


def _first_word(sentence: str) -> str:
    return re.split(r"[^\w’']", sentence.lstrip('¡¿"“ '), maxsplit=1)[0].lower()


def _addresses_official(sentence: str) -> bool:
    if _DEAR.match(sentence):
        return True
    return not _MADAM_CUES.isdisjoint(word_set(sentence)) and bool(_MADAM.search(sentence))


def _announces_demands(block: Block) -> bool:
    """Return whether a block announces demands rather than recommendations."""
    if announces_list(block.text):
        return True
    heading = Heading(block.text)
    return heading.asks and heading.is_strong


def _demands(sentence: str) -> bool:
    found = directive_in(sentence)
    return found is not None and found.is_strong and not is_quoted(sentence)


def _advises(sentence: str) -> bool:
    found = obligation_in(sentence) if is_advice(sentence) else None
    return found is not None and found.target is not None and not is_quoted(sentence)
