"""Whether a sentence is a demand where it stands: in a list of them, below their heading, alone."""

import re

from indexer.shelves.bodies import body_at_start, level_of
from indexer.shelves.demand_words import BOTH, READER_VERBS
from indexer.shelves.fields import is_action, verb_action
from indexer.shelves.markers import Asked, obliged, subject_of
from indexer.shelves.voice import Voice

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
_SPEAKER = re.compile(r"^[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.'’ -]{2,40}:\s+")
_THAT = re.compile(r"^(?:that|que|to|a)\s+", re.IGNORECASE)
_WANT = re.compile(
    r"^(?:and\s)?(?:we|i)\s(?:also\s)?(?:want|need|demand|ask for|call for|seek|propose|"
    r"will (?:fight|push) for)\s+(?P<rest>\S.*)$"
    r"|^(?:queremos|exigimos|demandamos|pedimos|proponemos)\s+(?P<resto>\S.*)$",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”«»]")
_INSIDE = re.compile(r"[\"“«][^\"”»]*[\"”»]")
_SAYS = re.compile(
    r",?\s[\"”»]?\s?(?:(?:he|she|they|who|it|\w+)\s)?(?:said|says|say|wrote|told|added|argued|"
    r"replied|explained|dijo|dicen|afirmó|agregó|señaló|en opinión de|in the view of)\b",
    re.IGNORECASE,
)
# What the law, a contract or a plan has laid down already.
_LAID_DOWN = re.compile(
    r"\b(?:under|by|according to|as required by|pursuant to|in line with|per)\s(?:the\s|its\s|"
    r"an?\s|(?:\w+\s){1,3}?)?(?:laws?|"
    r"statutes?|codes?|charter|constitution|agreements?|contracts?|decrees?|ordinances?|policy|"
    r"policies|rules?|acts?|regulations?|settlement|plan)\b|\baccording to\b|"
    r"\b(?:según|por|conforme a|de acuerdo con|como manda)\s(?:la|el|su|los|las)?\s?(?:ley|norma|"
    r"normas|reglamento|constitución|contrato|convenio|tratados|decreto|acuerdo)\b",
    re.IGNORECASE,
)
# What a statement goes on with, and a demand does not: `..., but it need not`.
_BUT = re.compile(r",\s(?:but|yet|though|although|even though|pero|aunque|y no)\b", re.IGNORECASE)
# Verbs of state: what `must` or `should` be is expected or supposed, not asked.
_STATE = re.compile(
    r"^(?:be (?:able|careful|aware|free|clear|noted|commended|quick|a|an|the|as|more|less|"
    r"on|in|at)\b|be$|have\s(?:been\b|\w+(?:ed|en|wn|nt|ght|ade|one|ad)\b)|expect|know|understand|"
    r"remember|note|realize|feel|believe|think|learn|appear|see\b|haber\b|poder\b|saber\b|ser\b|"
    r"estar\b|esperar\b|tener\b|conocer\b|cumplir su palabra)",
    re.IGNORECASE,
)


def speaker_of(words: str) -> int:
    """The characters of `MS. LEE: ` at the beginning of a transcript's sentence."""
    match = _SPEAKER.match(words)
    return match.end() if match else 0


def quoted(words: str) -> bool:
    """Whether the asking stands in somebody's mouth: within quotation marks, or `he said`."""
    if _QUOTES.match(words) or _SAYS.search(_INSIDE.sub(" ", words)):
        return True
    return bool(re.match(r"^[^\"“«]*[\"“«][^\"”»]*$", words))


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
    if not that and not is_action(words) and _STATES.match(words):
        return None
    return Asked(target, rest, strong=False)


def running(words: str, target: str | None, strong: bool) -> Asked | None:
    """What a sentence of running text below a heading of demands asks: imperatives alone."""
    wanted = _WANT.match(words)
    if wanted and strong:
        rest = wanted["rest"] or wanted["resto"]
        return None if rest.lower().startswith("to ") else Asked(target, rest, strong=False)
    match = _FIRST.match(words)
    word = match[1].lower() if match else ""
    if word in READER_VERBS - BOTH or not is_action(words) or _ADDRESS.search(words):
        return None
    return Asked(target, words, strong=False)


def obliged_body(words: str, voice: Voice, in_scope: bool) -> Asked | None:
    """What `BODY must DO` asks for, where the document demands and the law has not said it."""
    asked = obliged(words)
    if not asked or _STATE.match(asked.rest) or _LAID_DOWN.search(words) or _BUT.search(words):
        return None
    named = asked.target or (_name(subject_of(words), voice) if voice.demands else None)
    if not named or not (in_scope or _demands(asked, voice)):
        return None
    return asked._replace(target=named)


def _demands(asked: Asked, voice: Voice) -> bool:
    """Whether a document is one in which such a sentence is its own demand."""
    if voice.reports or (voice.instructs and not voice.demands):
        return False
    acts = verb_action(asked.rest) not in {None, "other"}
    # `must` of a council or a named firm is asked of it; that of any company may be anything.
    return acts or (voice.demands and (level_of(asked.target) is not None or not asked.target))


def _name_at_start(words: str, voice: Voice) -> tuple[str, str] | None:
    first, _, rest = words.partition(" ")
    return (first, rest) if first in voice.names else None


def _name(subject: str, voice: Voice) -> str | None:
    """A subject that is a proper name: written so within other sentences too."""
    parts = subject.split()
    known = bool(parts) and len(parts) <= 3 and all(part in voice.names for part in parts)
    return subject if known else None
