"""What a sentence asks for, and the words by which one is told quickly that asks for nothing."""

import re
from functools import lru_cache
from typing import NamedTuple


class Asked(NamedTuple):
    """What is asked: of whom, and the words of the thing without the asking."""

    target: str | None
    rest: str
    strong: bool = False  # the form leaves little doubt
    refused: bool = False  # `must not ...`
    verbal: bool = False  # the words of the thing begin with a verb


# Longer sentences are lists that lost their line breaks, or tables; their parts cannot be told.
LONGEST = 2000

# Too little to be asked for: no record can be made of it.
VAGUE = re.compile(
    r"^(?:do (?:better|more|the right thing|your jobs?|something|what is right)\b|listen\b.{0,20}$|"
    r"(?:real |meaningful |lasting |sustainable |long[- ]term |systemic |and ){0,4}"
    r"change\b.{0,15}$|"
    r"act\b[ .!]*(?:now)?[.!]?$|step up\b|wake up\b)",
    re.IGNORECASE,
)

_BLANK = {ord(mark): " " for mark in "\"“”«»'’()[]{}¡!¿?.,:;–—-/*•_"}


@lru_cache(maxsize=16)  # several questions are put to one sentence in turn
def word_set(sentence: str) -> frozenset[str]:
    """The words of a sentence in small letters: far cheaper than a search for any of many."""
    return frozenset(sentence.lower().translate(_BLANK).split())
