"""Whether words are a demand where they stand: in a list of demands, or below their heading."""

import re

from indexer.demands.rules.asked import Asked
from indexer.demands.rules.bodies import body_at_start
from indexer.demands.rules.duties import obliged
from indexer.demands.rules.fields import is_action, noun_action, verb_action
from indexer.demands.rules.voice import Voice
from indexer.demands.rules.words import BOTH, READER_VERBS

LONGEST_THING = 30  # words of a thing that is asked for by its name alone
_FIRST = re.compile(r"^[\"“«¡(]*([^\W\d_][\w’'-]*)")
_ADDRESS = re.compile(r"https?:|www\.|@|\b\d{3}[-.]\d{4}\b|\b311\b", re.IGNORECASE)
# Of what readers are asked to do, what stands in a list of demands by mistake at most.
_ERRAND = re.compile(
    r"^(?:click|visit|see\b|note\b|contact|sign\b(?: up| the petition| on| this)|join us|rsvp|"
    r"download|e-?mail|call (?:us|your|now|me|the number|\d)|come\b|wear|donate|register|"
    r"subscribe|follow us|volunteer|share this|tell your|write to (?:your|us)|for more|"
    r"llame|visite|escriba|firme|venga|comparta|únete|participe|síganos)\b",
    re.IGNORECASE,
)
# A statement, by its verb before anything relative: `Rents are high`; no demand.
_STATES = re.compile(
    r"^(?:(?!\b(?:that|who|which|where|whose|when|so|que|quien|cuyo|donde)\b)[^.;:]){1,70}?"
    r"\s(?:is|are|was|were|has|have|had|rose|fell|cost|costs|found|received|can|could|may|"
    r"might|would|will|does|do not|did|es|son|fue|fueron|ha|han|hay|tiene|tienen|puede|pueden|"
    r"será|serán|estaba|estaban)\s",
    re.IGNORECASE,
)
# How a statement or an explanation begins, and no demand.
_OPENS = re.compile(
    r"^(?:even|while|although|though|because|since|if|when|there|it|this|these|most|many|some|"
    r"today|currently|questions?|debate|concerns?|"
    r"aunque|cuando|si|porque|hay|hoy|actualmente|muchos|muchas|algunos|algunas)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"^(?:that|que|to|a)\s+", re.IGNORECASE)
_WANT = re.compile(
    r"^(?:and\s)?(?:we|i)\s(?:also\s)?(?:want|need|demand|ask for|call for|seek|propose|"
    r"will (?:fight|push) for)\s+(?P<rest>\S.*)$"
    r"|^(?:queremos|exigimos|demandamos|pedimos|proponemos)\s+(?P<resto>\S.*)$",
    re.IGNORECASE,
)


def listed(words: str, target: str | None, voice: Voice) -> Asked | None:
    """What an item of a list of demands asks; None where it states, or sends on an errand."""
    if _ERRAND.match(words) or _ADDRESS.search(words) or len(words) < 4:
        return None
    must = obliged(words, shall=True)
    if must:
        return must._replace(target=must.target or target)
    that = _THAT.match(words)
    rest = _THAT.sub("", words)
    body = body_at_start(rest) or _name_at_start(rest, voice)
    if body and body[1] and verb_action(body[1]) and not body[1][0].isupper():
        return Asked(body[0], body[1], strong=False, verbal=True)
    wanted = _WANT.match(words)
    if wanted:
        return Asked(target, wanted["rest"] or wanted["resto"], strong=False)
    if not that and not is_action(words) and _is_statement(words):
        return None
    return Asked(target, rest, strong=False)


def _is_statement(words: str) -> bool:
    """Whether an item says how things are: by its verb, or by its length where it names no act."""
    if _STATES.match(words) or _OPENS.match(words):
        return True
    named = verb_action(words) or noun_action(words)
    return len(words.split()) > LONGEST_THING and not named


def running(words: str, target: str | None, strong: bool) -> Asked | None:
    """What a sentence of running text below a heading of demands asks: imperatives alone."""
    wanted = _WANT.match(words)
    if wanted and strong:
        rest = wanted["rest"] or wanted["resto"]
        return None if rest.lower().startswith("to ") else Asked(target, rest, strong=False)
    return Asked(target, words, strong=False) if asks(words) else None


def asks(words: str) -> bool:
    """Whether words begin with a verb that asks somebody with power, and no reader."""
    match = _FIRST.match(words)
    word = match[1].lower() if match else ""
    return word not in READER_VERBS - BOTH and is_action(words) and not _ADDRESS.search(words)


def _name_at_start(words: str, voice: Voice) -> tuple[str, str] | None:
    first, _, rest = words.partition(" ")
    return (first, rest) if first in voice.names else None
