"""Properties of a sentence and of its document that every form of demand uses."""

import re
from functools import lru_cache
from typing import NamedTuple

from indexer.demands.words import pattern, word_list

MAX_SENTENCE_CHARACTERS = 2000  # longer ones are tables, or lists without line breaks


class Directive(NamedTuple):
    """Action that a sentence demands, and the body that must act."""

    target: str | None  # the body that is to act
    act: str  # what is to be done, without the words that ask
    is_strong: bool = False  # the form is rarely anything but a demand
    is_negated: bool = False  # `must not ...`
    is_verbal: bool = False  # `act` begins with a verb


class Document(NamedTuple):
    """Properties of a document, from its sentences."""

    is_report: bool = False  # news or minutes: its demands are those of others
    is_guide: bool = False  # a guide or rule book: its duties are the reader's or the law's
    is_letter: bool = False  # addressed to people who can act: `you` are they
    demands: bool = False  # some sentence or heading demands explicitly
    advises: bool = False  # some sentence says that a body that can act should do something
    names: frozenset[str] = frozenset()  # words that are capitalized within sentences


# Too vague for a record: nobody could check whether it was done.
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
    """Return the words in lower case: much faster than searching for any of many words."""
    return frozenset(sentence.lower().translate(_BLANK).split())


def speaker_end(words: str) -> int:
    """Return the end of a speaker label (`MS. LEE: `) at the start of a sentence; 0 without one."""
    match = _SPEAKER.match(words)
    return match.end() if match else 0


def is_quoted(words: str) -> bool:
    """Return whether words quote somebody: `he said`, or the end of an earlier quotation."""
    own = _QUOTATION.sub(" ", words)
    return bool(_CLOSING_MARK.search(own)) or not _SAYING.isdisjoint(word_set(own))


def is_to_reader(words: str) -> bool:
    """Return whether the words after `we ask` name readers, friends or everybody."""
    return bool(_TO_READER.match(words))
