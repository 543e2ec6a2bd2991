"""`The council must ...`, `el Congreso debe ...`: who is told what they have to do."""

import re

from indexer.demands.rules.asked import Asked, word_set
from indexer.demands.rules.bodies import body_in

_MODALS = frozenset(
    "must should ought need needs debe deben deberá deberán debería deberían tiene tienen".split()
)
_SHOULDS = frozenset("should ought debería deberían".split())
_SHALLS = frozenset({"shall", "will"})
_MODAL = re.compile(
    r"(?P<subject>^[^,;:?!\"“”«»]{2,110}?|^[^,;:?!\"“”]{2,60},\s[^,]{3,40},)\s"
    r"(?:must|should|ought to|needs? to|debe|deben|deberá|deberán|debería|deberían|"
    r"tienen? que)\s(?P<refused>not\s)?(?:(?:also|immediately|now|instead|therefore|at once|"
    r"también|además|de inmediato)\s)*(?P<rest>\w.*)$",
    re.IGNORECASE,
)
_SHALL = re.compile(
    r"^(?P<subject>[^,;:?!\"“”]{2,110}?)\s(?:shall|will)\s(?P<refused>not\s)?(?P<rest>\w.*)$",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"^(?:recommendation(?:\s\d+)?[:.]?\s|(?:and|but|so|also|therefore|thus|finally|first|second|third|fourth|instead|lastly|"
    r"moreover|further|additionally|in addition|above all|at a minimum|"
    r"y|pero|por eso|además|también|asimismo|finalmente|primero|segundo)\b,?\s+"
    r"|(?:we|i)\s(?:believe|think|feel|hold|maintain)\s(?:that\s)?|creemos que\s)+",
    re.IGNORECASE,
)


def obliged(sentence: str, shall: bool = False) -> Asked | None:
    """What a sentence of the form BODY must DO asks for; `shall` only where that is a demand.

    >>> obliged("The City must publish its contracts.").target
    'City'
    """
    match = _match(sentence, shall)
    if not match:
        return None
    return Asked(
        target=body_in(match["subject"]),
        rest=match["rest"],
        refused=bool(match["refused"]),
        verbal=True,
    )


def subject_of(sentence: str) -> str:
    """What stands before `must` and its like; empty where there is none."""
    match = _match(sentence, shall=False)
    return str(match["subject"]) if match else ""


def is_advice(sentence: str) -> bool:
    """Whether it says `should`, and not `must`, which the law says as well."""
    return not word_set(sentence).isdisjoint(_SHOULDS)


def _match(sentence: str, shall: bool) -> re.Match[str] | None:
    words = word_set(sentence)
    text = _CONNECTIVE.sub("", sentence)
    found = None if words.isdisjoint(_MODALS) else _MODAL.match(text)
    if not found and shall and not words.isdisjoint(_SHALLS):
        return _SHALL.match(text)
    return found
