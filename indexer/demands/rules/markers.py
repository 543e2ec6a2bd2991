"""Sentences that say outright that something is demanded, in either language."""

import re

from indexer.demands.rules import english, spanish
from indexer.demands.rules.asked import VAGUE, Asked, word_set

_CONTRACTED = re.compile(r"\b(we|i)[’'](?:re|m) ", re.IGNORECASE)


def demanded(sentence: str, to_you: bool = False, in_list: bool = False) -> Asked | None:
    """What `we demand`, `exigimos` and their like ask for in a sentence; None where nothing.

    Asking `you` counts only where those who are addressed can act: in a letter to a council.

    >>> demanded("We call on the City Council to end the contract.").target
    'City Council'
    """
    found = None
    words = word_set(sentence)
    if not words.isdisjoint(english.CUES):
        found = _english(_CONTRACTED.sub(r"\1 are ", sentence), to_you)
    if not found and not words.isdisjoint(spanish.CUES):
        found = spanish.first_person_plural(sentence, in_list) or spanish.impersonal(sentence)
    return found if found and not VAGUE.match(found.rest) else None


def _english(text: str, to_you: bool) -> Asked | None:
    found = english.of_you(text) if to_you else None
    return (
        found or english.first_person(text) or english.time_has_come(text) or english.own_body(text)
    )
