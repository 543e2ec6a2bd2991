"""Parse the operative clauses of resolutions, ignoring recitals and expressions of thanks."""

from indexer.demands.bodies import Directive, bare_name, body_in, split_body
from indexer.demands.words import pattern

MAX_FORMULA_WORDS = 9  # words at the start of a clause; its verb is in them

# Now, therefore, be it RESOLVED [further][, by BODY], [that].
_RESOLVED = pattern(
    r"^(?:(?:now|therefore|be|it|further|finally|also|and|hereby|was|is|lastly|so|let)\b[,;:]?\s*)*"
    r"resolved\b(?:[,;:]?\s*(?:further|finally|also))?"
    r"(?:[,;:]?\s+by\s(?:the\s)?[^,:]{3,120}?(?=,|:|\s+that\b))?[,;:]?\s*(?:\d+[.)]\s*)?"
    r"(?:that\b[,:]?\s*)?"
)
_OPENS = pattern(r"(?:^|\s){resolution_opening}\s*:\s*$")
_NEXT_CLAUSE = pattern(
    r"\s*[;,.]\s*(?:and,?\s*)?(?:now,?\s*)?(?:therefore,?\s*)?(?:let\sit|be\sit)\s"
    r"(?:further\s|finally\s|also\s)?(?:be\s)?resolved\b[,:]?\s*(?:by\s[^,:]{3,80}[,:]\s)?"
    r"|\s*;\s*(?:and\s+)?(?=that\s)"
)
_THAT = pattern(r"^that\s+")
_TRAILING = pattern(r"\s(?:and|be it|be it (?:further|finally|also)|further)$")
_MARKS = " ;,.:"
_FORMULA = pattern(r"\b{resolution_formula}\b")
# BODY urges ACT; BODY is urged to ACT; BODY shall ACT.
_URGES = pattern(
    r"^(?P<subject>[^;:,]{2,70}?)\s(?:{direct_adverb}\s)*{direct_verb}\s(?P<act>\S.*)$"
)
_IS_URGED = pattern(
    r"^(?P<body>[^;:]{2,120}?)\s(?:is|are|be)\s(?:hereby\s)?{directed}\sto\s(?P<act>\S.*)$"
)
_SHALL = pattern(
    r"^(?P<body>[^;:]{2,110}?)\s(?:shall|should|must|will|deberá|deberán|debe|deben)\s"
    r"(?P<act>\S.*)$"
)
_BODY_TO = pattern(r"^(?P<body>[^;:]{2,110}?)\s(?:to|that)\s(?P<act>\S.*)$")


def clauses(sentence: str) -> list[tuple[int, int]] | None:
    """Return the spans of the clauses after an initial `resolved`, or None for other sentences.

    Clauses that are formulas are left out.
    """
    match = _RESOLVED.match(sentence)
    if not match:
        return None
    found, start = [], match.end()
    for split in [*_NEXT_CLAUSE.finditer(sentence, start), None]:
        end = split.start() if split else len(sentence)
        last = start + len(_trimmed(sentence[start:end]))
        that = _THAT.match(sentence[start:last])
        first = start + (that.end() if that else 0)
        if last > first and not is_formula(sentence[first:last]):
            found.append((first, last))
        start = split.end() if split else end
    return found


def is_formula(clause: str) -> bool:
    """Return whether a clause is a formula: it thanks, praises, or says when it takes effect."""
    return bool(_FORMULA.search(" ".join(clause.split()[:MAX_FORMULA_WORDS])))


def opens_resolution(text: str) -> bool:
    """Return whether a line introduces operative clauses, such as `RESUELVE:`."""
    return bool(_OPENS.search(text))


def clause_directive(clause: str) -> Directive:
    """Return the demand in an operative clause."""
    urges = _URGES.match(clause)
    if urges:
        to = _BODY_TO.match(urges["act"])
        body, act = (bare_name(to["body"]), to["act"]) if to else (None, urges["act"])
        return Directive(body, act, is_strong=True, is_verbal=True)
    urged = _IS_URGED.match(clause) or _SHALL.match(clause)
    if urged:
        return Directive(body_in(urged["body"]), urged["act"], is_strong=True, is_verbal=True)
    target, act = split_body(clause) or (None, clause)
    return Directive(target, act, is_strong=True, is_verbal=target is not None)


def _trimmed(clause: str) -> str:
    """Remove final punctuation, and words such as `and be it further`, from a clause."""
    while (shorter := _TRAILING.sub("", clause.rstrip(_MARKS))) != clause:
        clause = shorter
    return clause
