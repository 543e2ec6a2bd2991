"""Clauses of resolutions: what `resolved` governs, without the recitals and the thanks."""

import re
from collections.abc import Iterator

from indexer.demands.rules.asked import Asked
from indexer.demands.rules.bodies import bare, body_at_start, body_in

_RESOLVED = re.compile(
    r"^(?:(?:now|therefore|be|it|further|finally|also|and|hereby|was|is|lastly|so|let)\b[,;:]?\s*)*"
    r"resolved\b(?:[,;:]?\s*(?:further|finally|also))?"
    r"(?:[,;:]?\s+by\s(?:the\s)?[^,:]{3,120}?(?=,|:|\s+that\b))?[,;:]?\s*(?:\d+[.)]\s*)?"
    r"(?:that\b[,:]?\s*)?",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|\s)(?:RESUELVEN?|ACUERDAN?|RESOLVEMOS|ACORDAMOS|SE RESUELVE|SE ACUERDA|DECRETA|"
    r"HEREBY RESOLVES|RESOLVES(?: AS FOLLOWS)?|resuelven?|resuelve lo siguiente|acuerdan?|"
    r"be it resolved|resolves(?: as follows)?)\s*:\s*$"
)
_SPLIT = re.compile(
    r"\s*[;,.]\s*(?:and,?\s*)?(?:now,?\s*)?(?:therefore,?\s*)?(?:let\sit|be\sit)\s"
    r"(?:further\s|finally\s|also\s)?(?:be\s)?resolved\b[,:]?\s*(?:by\s[^,:]{3,80}[,:]\s)?"
    r"|\s*;\s*(?:and\s+)?(?=that\s)",
    re.IGNORECASE,
)
# A clause that finds or permits something, and asks nothing: `X is in opposition to Y`.
_FINDS = re.compile(
    r"^(?:(?!\b(?:that|which|who)\b)[^;:]){1,110}?\s(?:is|are|was|were|has|have|may|can|believes?|"
    r"reaffirms?|affirms?|finds?|supports?|endorses?|es|son)\s(?!(?:hereby\s)?(?:urged|requested|"
    r"asked|directed|instructed|authorized|called|encouraged|ordered|required|to\s))",
    re.IGNORECASE,
)
_THAT = re.compile(r"^that\s+", re.IGNORECASE)
_TRAILING = re.compile(r"\s(?:and|be it|be it (?:further|finally|also)|further)$", re.IGNORECASE)
_MARKS = " ;,.:"
# Thanks, praise and formulas: they ask nobody for anything.
_FORMULA = re.compile(
    r"\b(?:thanks?|commends?|congratulates?|honors?|expresses|extends|mourns|celebrates|salutes|"
    r"applauds|welcomes|joins in|offers its|takes? effect|become effective|be effective|"
    r"is (?:hereby )?(?:adopted|approved)|hereby (?:adopts|approves) the (?:minutes|agenda)|"
    r"felicitar?|agradecer?|agradece|comuníquese|publíquese|notifíquese|cúmplase|archívese|"
    r"difúndase|rige|entrará en vigor|entra en vigor|saludar?)\b",
    re.IGNORECASE,
)
_FORMULA_WORDS = 9  # at the beginning of a clause, among which its verb stands
_DIRECTS = re.compile(
    r"^(?P<subject>[^;:,]{2,70}?)\s(?:(?:hereby|respectfully|strongly|further|formally|also|"
    r"and)\s)*(?:urges?|calls?\s(?:up)?on|requests?|directs?|asks?|instructs?|encourages?|"
    r"petitions?|implores?|demands?|recommends?|authorizes?|orders?)\s(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_IS_ASKED = re.compile(
    r"^(?P<body>[^;:]{2,120}?)\s(?:is|are|be)\s(?:hereby\s)?(?:urged|requested|asked|directed|"
    r"instructed|authorized|called upon|encouraged|ordered)\sto\s(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_TO = re.compile(r"^(?P<body>[^;:]{2,110}?)\s(?:to|that)\s(?P<rest>\S.*)$", re.IGNORECASE)
_SHALL = re.compile(
    r"^(?P<body>[^;:]{2,110}?)\s(?:shall|should|must|will|deberá|deberán|debe|deben)\s"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_BY_WHEN = re.compile(r"^(?:effective|beginning|starting|as of)\s[^,]{3,30}?(?=\sthe\s|,)[,\s]*",
                      re.IGNORECASE)  # fmt: skip


def clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """The spans of the clauses that `resolved` governs in a sentence; none where it does not."""
    match = _RESOLVED.match(sentence) if is_governed(sentence) else None
    if not match:
        return
    start = match.end()
    for split in [*_SPLIT.finditer(sentence, start), None]:
        end = split.start() if split else len(sentence)
        bare_end = start + len(_trimmed(sentence[start:end]))
        that = _THAT.match(sentence[start:bare_end])
        first = start + (that.end() if that else 0)
        if bare_end > first and not is_formula(sentence[first:bare_end]):
            yield first, bare_end
        start = split.end() if split else end


def is_governed(sentence: str) -> bool:
    """Whether `resolved` governs a sentence, though nothing in it is asked."""
    return "resolved" in sentence.lower() and bool(_RESOLVED.match(sentence))


def _trimmed(clause: str) -> str:
    """A clause without its last marks, and without the `and be it further` of the next one."""
    while (shorter := _TRAILING.sub("", clause.rstrip(_MARKS))) != clause:
        clause = shorter
    return clause


def is_formula(clause: str) -> bool:
    """Whether a clause thanks, praises, finds something, or says when it takes effect."""
    if _FORMULA.search(" ".join(clause.split()[:_FORMULA_WORDS])):
        return True
    return bool(_FINDS.match(clause)) and not _DIRECTS.match(clause)


def opens(text: str) -> bool:
    """Whether a line is followed by the clauses of a resolution: `RESUELVE:`."""
    return bool(_OPENS.search(text))


def resolved(clause: str) -> Asked:
    """Of whom a clause asks what."""
    words = _BY_WHEN.sub("", clause)
    directed = _DIRECTS.match(words)
    if directed:
        to = _TO.match(directed["rest"])
        body = (body_in(to["body"]) or bare(to["body"]) or None) if to else None
        return Asked(body, to["rest"] if to else directed["rest"], strong=True, verbal=True)
    asked = _IS_ASKED.match(words) or _SHALL.match(words)
    if asked:
        return Asked(body_in(asked["body"]), asked["rest"], strong=True, verbal=True)
    subject = body_at_start(words)
    if subject:
        return Asked(subject[0], subject[1], strong=True, verbal=True)
    return Asked(None, words, strong=True)
