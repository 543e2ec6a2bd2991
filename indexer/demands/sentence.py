"""Models of a demand and its document, and tests of sentences that all parsers share."""

import re
from functools import lru_cache
from typing import NamedTuple

from indexer.demands.words import pattern, word_list

MAX_SENTENCE_CHARACTERS = 2000  # longer sentences are tables, or lists without line breaks


class Directive(NamedTuple):
    """The action that a sentence demands, and the body that must act."""

    target: str | None  # the body that must act
    act: str  # what it must do, without words such as `we demand`
    is_strong: bool = False  # whether the form is rarely anything but a demand
    is_negated: bool = False  # whether it is like `must not ...`
    is_verbal: bool = False  # whether `act` begins with a verb


class Document(NamedTuple):
    """Properties of a document, determined from its sentences."""

    is_report: bool = False  # news or minutes, in which demands are made by others
    is_guide: bool = False  # a guide or rule book, in which duties are for readers or set by law
    is_letter: bool = False  # a letter to people who can act, addressed as `you`
    demands: bool = False  # whether a sentence or heading makes explicit demands
    advises: bool = False  # whether a sentence says that a body should do something
    names: frozenset[str] = frozenset()  # words that are capitalized within sentences


# Acts too vague for a record, because nobody could check whether they were done.
VAGUE_ACT = pattern(
    r"^(?:do (?:better|more|the right thing|your jobs?|something|what is right)\b|listen\b.{0,20}$|"
    r"(?:real |meaningful |lasting |sustainable |long[- ]term |systemic |and ){0,4}"
    r"change\b.{0,15}$|"
    r"act\b[ .!]*(?:now)?[.!]?$|step up\b|wake up\b)"
)

_BLANK = {ord(mark): " " for mark in "\"“”«»'’()[]{}¡!¿?.,:;–—-/*•_"}
_SPEAKER = re.compile(r"^[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.'’ -]{2,40}:\s+")
_QUOTATION = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_CLOSING_MARK = re.compile(r"[\"”»]")
_SAYING = frozenset(word_list("saying_verb"))
_TO_READER = pattern(
    r"^(?:(?:that|a|al|que|of)\s)?(?:{to_reader}(?!\w)|"
    r"(?:all )?members?\b(?! of (?:the |this )?(?:congress|parliament|board|council)))"
)


@lru_cache(maxsize=16)  # the same sentence is tested several times in a row
def word_set(sentence: str) -> frozenset[str]:
    """Return the words of a sentence in lowercase, for fast tests with sets of words."""
    return frozenset(sentence.lower().translate(_BLANK).split())


def speaker_end(words: str) -> int:
    """Return the end of a speaker label (`MS. LEE: `) at the start of a sentence; 0 without one."""
    match = _SPEAKER.match(words)
    return match.end() if match else 0


def is_quoted(words: str) -> bool:
    """Return whether a sentence quotes somebody: `he said`, or the end of a quotation."""
    own = _QUOTATION.sub(" ", words)
    return bool(_CLOSING_MARK.search(own)) or not _SAYING.isdisjoint(word_set(own))


def is_to_reader(words: str) -> bool:
    """Return whether the words after `we ask` address readers, members or everybody."""
    return bool(_TO_READER.match(words))
