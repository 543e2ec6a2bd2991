"""Models of a demand and its document, and tests of sentences that all parsers share."""

import re
from functools import lru_cache
from typing import NamedTuple

from indexer.demands.words import word_list

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

    is_letter: bool = False  # addressed to people who can act: `you` are they
    demands: bool = False  # some sentence or heading demands explicitly
    advises: bool = False  # some sentence says that a body that can act should do something
    names: frozenset[str] = frozenset()  # words that are capitalized within sentences


_BLANK = {ord(mark): " " for mark in "\"“”«»'’()[]{}¡!¿?.,:;–—-/*•_"}
_SPEAKER = re.compile(r"^[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.'’ -]{2,40}:\s+")
_QUOTATION = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_CLOSING_MARK = re.compile(r"[\"”»]")
_SAYING = frozenset(word_list("saying_verb"))


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
