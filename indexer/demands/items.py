"""Parse demands that follow a heading or announcement: list items and sentences."""

import re

from indexer.demands.actions import begins_with_verb, noun_action, verb_action
from indexer.demands.bodies import split_body
from indexer.demands.obligations import obligation_in
from indexer.demands.sentence import Directive, Document
from indexer.demands.words import pattern, word_list

MAX_THING_WORDS = 30  # in an item that only names the thing demanded
MIN_ITEM_CHARACTERS = 4

_FIRST_WORD = re.compile(r"^[\"“«¡(]*([^\W\d_][\w’'-]*)")
_CONTACT = pattern(r"https?:|www\.|@|\b\d{3}[-.]\d{4}\b|\b311\b")
_ERRAND = pattern(r"^(?:{errand}(?!\w)|call \d)")
# A statement, whose verb precedes any relative clause: `Rents are high`.
_STATES = pattern(
    r"^(?:(?!\b(?:that|who|which|where|whose|when|so|que|quien|cuyo|donde)\b)[^.;:]){1,70}?"
    r"\s{stating_verb}\s"
)
_OPENS_STATEMENT = pattern(r"^{statement_opening}\b")
_THAT = pattern(r"^(?:that|que|to|a)\s+")
_WE_WANT = pattern(
    r"^(?:(?:and\s)?(?:we|i)\s(?:also\s)?{want_verb}|{want_verb_es})\s+(?P<act>\S.*)$"
)
_NOT_OF_POWER = frozenset(word_list("reader_verb")) - frozenset(word_list("power_verb"))


def item_directive(words: str, target: str | None, document: Document) -> Directive | None:
    """Return the demand in a list item; None for a statement or a task for the reader."""
    if _ERRAND.match(words) or _CONTACT.search(words) or len(words) < MIN_ITEM_CHARACTERS:
        return None
    must = obligation_in(words, or_shall=True)
    if must:
        return must._replace(target=must.target or target)
    act = _THAT.sub("", words)
    body = split_body(act) or _split_name(act, document)
    if body and body[1] and verb_action(body[1]) and not body[1][0].isupper():
        return Directive(body[0], body[1], is_verbal=True)
    wanted = _WE_WANT.match(words)
    if wanted:
        return Directive(target, wanted["act"])
    if act == words and not begins_with_verb(words) and _is_statement(words):
        return None
    return Directive(target, act)


def paragraph_directive(words: str, target: str | None, is_strong: bool) -> Directive | None:
    """Return the demand in a sentence below a heading of demands if it is an imperative."""
    wanted = _WE_WANT.match(words)
    if wanted and is_strong:
        act = wanted["act"]
        return None if act.lower().startswith("to ") else Directive(target, act)
    return Directive(target, words) if is_imperative(words) else None


def is_imperative(words: str) -> bool:
    """Return whether a sentence begins with an imperative for people in power, not for readers."""
    match = _FIRST_WORD.match(words)
    word = match[1].lower() if match else ""
    return word not in _NOT_OF_POWER and begins_with_verb(words) and not _CONTACT.search(words)


def _is_statement(words: str) -> bool:
    """Return whether an item is a statement: it states something, or is long and has no action."""
    if _STATES.match(words) or _OPENS_STATEMENT.match(words):
        return True
    is_long = len(words.split()) > MAX_THING_WORDS
    return is_long and not (verb_action(words) or noun_action(words))


def _split_name(words: str, document: Document) -> tuple[str, str] | None:
    """Split off a proper name of the document at the start of a phrase, if there is one."""
    first, _, rest = words.partition(" ")
    return (first, rest) if first in document.names else None
