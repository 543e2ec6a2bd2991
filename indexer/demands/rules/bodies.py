"""Names of bodies that can act on a demand, as they stand in a sentence."""

import re

from indexer.demands.rules.words import HEAD, LEVELS
from kb.domain.places import Level

LONGEST = 12  # words of a subject; more is a clause that was taken for one

_LETTERS = r"[A-Z]{2,6}\b"  # the ACLU, the NPC: whoever they are, they are somebody
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w.’'&-]*"
# A word before the head: any but those that begin another part of the sentence.
_BEFORE = (
    r"(?!(?:we|i|you|they|he|she|it|in|of|to|for|at|on|by|with|from|be|that|and|or|no|any|is|are|not|who|which|as|than|"
    r"en|de|del|con|por|para|que|se|no|y|o|a|al|sin)\b)[\w.’'-]+"
)
_DETERMINER = (
    r"(?:(?:(?:(?:each|every|all) )?members? of (?:the|this|our)|the|our|your|this|these|"
    r"every|each|all|both|"
    r"el|la|los|las|este|esta|nuestro|nuestra|su|cada|todos los|todas las)\s+)?"
)
_AFTER = (
    rf"(?:\s+(?:of|for|on|and|de|del|para|y|e)(?:\s+(?:the|la|el|los|las))?\s+{_CAPITAL}"
    rf"(?:\s+{_CAPITAL})*|\s+{_CAPITAL}|\s+(?:nacional|federal|municipal|estatal|local|regional|"
    r"autónoma|central|electoral|general|of education|of supervisors|of trustees|of directors|"
    r"del estado|de la república|de la nación|de la ciudad|"
    r"de justicia|de salud|de educación|de los tres países)(?:es)?\b)*"
)
_NAME = re.compile(
    rf"{_DETERMINER}(?P<name>(?:{_BEFORE}\s+){{0,3}}?(?:(?i:{HEAD.pattern})(?!\w)|{_LETTERS})"
    rf"{_AFTER})"
)
_ENDS = re.compile(rf"(?<!\w)(?:(?i:{HEAD.pattern})|{_LETTERS})$")
_DETERMINERS = re.compile(
    r"^(?:(?:the|a|an|our|your|this|these|every|each|all|both|any member of|every member of|"
    r"every member of this|el|la|los|las|este|esta|nuestros?|nuestras?|su|cada|al|a la|a los|"
    r"a las|to)\s+)+",
    re.IGNORECASE,
)
# Where the name of a body ends and what is said of it begins.
_MORE = re.compile(
    r"\s+(?:that|which|who|whose|whom|with|in|to|when|where|under|at|by|before|"
    r"que|quien|cuyo|cuya|con|en|ante|bajo)\b|\s*[,;:(]",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"\b(?:following|into|via|through|elected|being)\b", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|for|on|de|del|para)\b", re.IGNORECASE)


def body_at_start(words: str) -> tuple[str, str] | None:
    """The name of a body that a phrase begins with, bare, and the words after it.

    >>> body_at_start("the State Legislature to restore aid")
    ('State Legislature', 'to restore aid')
    """
    match = _NAME.match(words)
    if not match:
        return None
    name = bare(match["name"])
    return (name, words[match.end() :].strip()) if name else None


def body_in(subject: str) -> str | None:
    """The body that a subject names, bare; None where its head is something else.

    >>> body_in("Each county"), body_in("The city's budget"), body_in("Members of the council")
    ('county', None, None)
    """
    if len(subject.split()) > LONGEST:
        return None
    whole = _MORE.split(subject.strip(), maxsplit=1)[0]
    head = _OF.split(whole, maxsplit=1)[0].rstrip()
    if _ENDS.search(head):
        return bare(whole) or None
    # `Ministerio de Salud`, `Poder Judicial`: in Spanish the head stands first.
    match = _NAME.match(head)
    return bare(whole) if match and match.end() == len(head) else None


def bare(name: str) -> str:
    """A name without its article."""
    cut = _MORE.split(name.strip(" .:;,"), maxsplit=1)[0]
    name = _DETERMINERS.sub("", cut).strip(" .:;,")
    return "" if _NO_NAME.search(name) else name


def level_of(target: str | None) -> Level | None:
    """The level of government that a target's words name.

    >>> level_of("Board of Supervisors"), level_of("City Council"), level_of("Crestline")
    ('county', 'city', None)
    """
    if not target:
        return None
    return next((level for pattern, level in LEVELS if pattern.search(target)), None)
