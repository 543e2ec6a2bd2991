"""Parse sentences like `BODY must ACT`, and decide whether the document itself demands this."""

import re
from typing import NamedTuple

from indexer.demands.actions import verb_action
from indexer.demands.bodies import Directive, body_in, level_of
from indexer.demands.words import pattern

_ADVICE = pattern(r"\b{advice_verb}\b")  # `should`, which laws do not use
# BODY DUTY-VERB [not] ADVERB* ACT.
_MUST = pattern(
    r"(?P<subject>^[^,;:?!\"“”«»]{2,110}?|^[^,;:?!\"“”]{2,60},\s[^,]{3,40},)\s{duty_verb}\s"
    r"(?P<not>not\s)?(?:{duty_adverb}\s)*(?P<act>\w.*)$"
)
# BODY shall ACT, which is a duty in a law but a demand in a list of demands.
_SHALL = pattern(
    r"^(?P<subject>[^,;:?!\"“”]{2,110}?)\s(?:shall|will)\s(?P<not>not\s)?(?P<act>\w.*)$"
)
_PREAMBLE = pattern(
    r"^(?:recommendation(?:\s\d+)?[:.]?\s|{duty_connective}\b,?\s+"
    r"|(?:we|i)\s(?:believe|think|feel|hold|maintain)\s(?:that\s)?|creemos que\s)+"
)
# The duty is imposed by a law, contract or plan.
_BY_LAW = pattern(
    r"\b(?:under|as required by|pursuant to|in line with)\s(?:(?:\w+\s){1,3}?)?{law}\b|"
    r"\baccording to\b|\bby\s(?:the\s)?(?:state\s|federal\s|local\s)?(?:law|statute|charter|"
    r"constitution)\b|\b(?:según|por|conforme a|de acuerdo con|como manda)\s"
    r"(?:la|el|su|los|las)?\s?{law_es}\b"
)
# Statements may continue like this, but demands do not: `..., but it need not`.
_BUT = pattern(r",\s(?:but|yet|though|although|even though|pero|aunque|y no)\b")
_STATE = pattern(r"^(?:{state_verb}\b|be$|have\s\w+(?:ed|en|wn|nt|ght|ade|one|ad)\b)")


class Document(NamedTuple):
    """Properties of a document, derived from its sentences."""

    is_letter: bool = False  # addressed to people who can act, so they are meant by `you`
    demands: bool = False  # some sentence or heading demands explicitly
    advises: bool = False  # some sentence says that a body that can act should do something
    names: frozenset[str] = frozenset()  # words that are capitalized within sentences


def obligation_in(sentence: str, or_shall: bool = False) -> Directive | None:
    """Return the obligation in a sentence, or None; with `or_shall`, `shall` and `will` count too.

    >>> obligation_in("The City must publish its contracts.").target
    'City'
    """
    match = _match(sentence, or_shall)
    if not match:
        return None
    target = body_in(match["subject"])
    return Directive(target, match["act"], is_negated=bool(match["not"]), is_verbal=True)


def advises(sentence: str) -> bool:
    """Return whether a sentence says that a named body should do something."""
    found = obligation_in(sentence) if _ADVICE.search(sentence) else None
    return found is not None and found.target is not None


def own_obligation(sentence: str, document: Document, in_scope: bool) -> Directive | None:
    """Return the obligation in a sentence if the document itself demands it, else None.

    A duty that already follows from a law or contract is not a demand.
    """
    found = obligation_in(sentence)
    if not found or _STATE.match(found.act):
        return None
    if _BY_LAW.search(sentence) or _BUT.search(sentence):
        return None
    match = _match(sentence)
    subject = match["subject"] if match else ""
    is_name = document.names.issuperset(subject.split())  # capitalized somewhere mid-sentence
    target = found.target or (subject if is_name else None)
    if not target or not (in_scope or _is_own(found, document)):
        return None
    return found._replace(target=target)


def _match(sentence: str, or_shall: bool = False) -> re.Match[str] | None:
    text = _PREAMBLE.sub("", sentence)
    return _MUST.match(text) or (_SHALL.match(text) if or_shall else None)


def _is_own(found: Directive, document: Document) -> bool:
    """Return whether an obligation is the document's own demand, based on its other sentences."""
    has_action = verb_action(found.act) not in {None, "other"}
    if document.demands:
        # `must` is a demand if the subject is a council or a named company, but not any company.
        return has_action or not found.target or level_of(found.target) is not None
    return has_action and document.advises
