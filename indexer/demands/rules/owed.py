"""Whether `BODY must DO` is a demand of the document's own, or a duty that it reports."""

import re

from indexer.demands.rules.asked import VAGUE, Asked
from indexer.demands.rules.bodies import level_of
from indexer.demands.rules.duties import is_advice, obliged, subject_of
from indexer.demands.rules.fields import verb_action
from indexer.demands.rules.voice import Voice

LONGEST_NAME = 3  # words of a firm's or a person's name

# What the law, a contract or a plan has laid down already.
_LAID_DOWN = re.compile(
    r"\b(?:under|as required by|pursuant to|in line with)\s(?:(?:\w+\s){1,3}?)?(?:laws?|"
    r"statutes?|codes?|charter|constitution|agreements?|contracts?|decrees?|ordinances?|policy|"
    r"policies|rules?|acts?|regulations?|settlement|plan)\b|\baccording to\b|"
    r"\bby\s(?:the\s)?(?:state\s|federal\s|local\s)?(?:law|statute|charter|constitution)\b|"
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


def obliged_body(words: str, voice: Voice, in_scope: bool) -> Asked | None:
    """What `BODY must DO` asks for, where the document demands and the law has not said it."""
    asked = obliged(words)
    if not asked or any(one.match(asked.rest) for one in (_STATE, VAGUE)):
        return None
    if _LAID_DOWN.search(words) or _BUT.search(words):
        return None
    named = asked.target
    if not named and voice.demands and not asked.rest.startswith("be "):
        named = _name(words, voice)
    if not named or not (in_scope or _demands(words, asked, voice)):
        return None
    return asked._replace(target=named)


def _demands(sentence: str, asked: Asked, voice: Voice) -> bool:
    """Whether a document is one in which such a sentence is its own demand."""
    if voice.demands and not voice.reports:
        # `must` of a council or a named firm is asked of it; that of any company may be anything.
        return _acts(asked) or not asked.target or level_of(asked.target) is not None
    if voice.reports or voice.instructs:
        return False
    return _acts(asked) and (voice.advises or is_advice(sentence))


def _acts(asked: Asked) -> bool:
    return verb_action(asked.rest) not in {None, "other"}


def _name(sentence: str, voice: Voice) -> str | None:
    """A subject that is a proper name: written so within other sentences too."""
    parts = subject_of(sentence).split()
    known = bool(parts) and len(parts) <= LONGEST_NAME and all(one in voice.names for one in parts)
    return " ".join(parts) if known else None
