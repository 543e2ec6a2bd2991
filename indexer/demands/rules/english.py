"""`We demand ...`, `we call on the council to ...`: what is asked outright in English."""

import re

from indexer.demands.rules.around import LEAD, READERS
from indexer.demands.rules.asked import Asked
from indexer.demands.rules.bodies import bare, body_at_start, body_in
from indexer.demands.rules.fields import verb_action

# Without one of these words none of the forms below is there.
CUES = frozenset(
    "demand demanding insist insisting call calling calls appeal urge urging urges implore "
    "petition exhort recommend recommends demands asks ask asking request requesting want "
    "expect propose "
    "need time like please".split()
)
_ADVERBS = (
    r"(?:(?:also|therefore|hereby|further|furthermore|strongly|respectfully|urgently|again|now|"
    r"jointly|together|likewise|thus|then|still|must|unanimously|firmly|collectively|"
    r"specifically|additionally|all|each|once again|once more|as a result|today),?\s+){0,4}"
)
_FORM = re.compile(
    rf"{LEAD}(?:we|i)(?:,\s[^,]{{3,120}},)?\s+(?:are\s+|am\s+)?"
    rf"(?:writing\s+(?:to\s+you\s+)?(?:today\s+)?(?:\w+ly\s+)?to\s+)?{_ADVERBS}"
    r"(?:(?P<demand>demand|insist|demanding|insisting)|"
    r"(?P<urge>(?:call|calling|appeal)\s+(?:up)?on|urge|urging|implore|petition|exhort|"
    r"call for|calling for|recommend|appeal to)|"
    r"(?P<ask>ask|asking|request|requesting|want|expect|propose|need|would like))"
    r"\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"{LEAD}(?:it is|it[’']s|the time has come|it is (?:past|high) time)\s?(?:time\s)?for\s"
    r"(?P<body>[^,]{3,60}?)\sto\s(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"^(?:the|our)\s(?:\w+\s)?(?:coalition|alliance|campaign|commission|committee|task force|"
    r"network|movement|undersigned|signatories|authors|report|jury|panel|assembly)\s"
    rf"{_ADVERBS}(?P<verb>calls?\s(?:up)?on|urges?|recommends?|demands?|asks?)\s(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_THEY = re.compile(
    rf"^they\s(?:are\s)?{_ADVERBS}(?:calling\s(?:up)?on|call\s(?:up)?on|urging)\s(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_YOU = re.compile(
    r"^(?:that\s|for\s|of\s)?(?:you|each of you|all of you|your \w+)"
    r"(?:,\s[^,]{3,80},)?(?:\s(?:all|please|as [^,]{3,60}?))?\s(?:to\s)?"
    r"(?P<rest>(?!\w+ing\b)\w.*)$",
    re.IGNORECASE,
)
_GERUND = re.compile(r"^(?:\w+ly )?\w+ing\b", re.IGNORECASE)
_TO = re.compile(r"^(?P<body>[^;:]{2,110}?)\s(?:to|not to|that)\s(?P<rest>\S.*)$", re.IGNORECASE)
_THAT = re.compile(r"^(?:of\s(?P<of>[^,]{2,60}?)\s)?(?:that|que)\s(?P<rest>\S.*)$", re.IGNORECASE)
_FROM = re.compile(r"\sfrom\s(?P<body>(?:the\s)?[A-Z][^,.;]{2,60})")
# `Please` to somebody with power; what a chair asks of a speaker has other verbs.
_PLEASE = re.compile(
    r"^(?:and |so )?please\s(?P<refused>(?:do not|don[’']t)\s)?"
    r"(?P<rest>(?!\w+\s(?:us|me)\b)\w.*)$",
    re.IGNORECASE,
)
_ASKED_POLITELY = frozenset("vote reject oppose support advocate approve consider".split())
_DOES = re.compile(
    r"^(?:to\s+)?(?:\w+ly\s+)?(?!that|of|for|in|on|and|to\b|with)[a-z]+\s", re.IGNORECASE
)
_BE = re.compile(r"^[^,;]{2,80}\s(?:be|se)\s")


def first_person(text: str) -> Asked | None:
    """`We demand X`, `we urge BODY to DO`, `I ask that BODY do`; None where nothing is asked."""
    match = _FORM.match(text)
    if not match or READERS.match(match["rest"]):
        return None
    rest = match["rest"]
    if match["demand"]:
        return _that_or_thing(rest, strong=True)
    if match["urge"]:
        if match["urge"].lower().endswith("for"):
            return Asked(None, rest, strong=True)
        return None if _GERUND.match(rest) else _of_body(rest, strong=True, named=False)
    return _of_body(rest, strong=False, named=True)


def of_you(text: str) -> Asked | None:
    """`We urge you to DO`, in a letter."""
    match = _FORM.match(text)
    you = _YOU.match(match["rest"]) if match else None
    return Asked(None, you["rest"], strong=False, verbal=True) if you else _please(text)


def _please(text: str) -> Asked | None:
    match = _PLEASE.match(text)
    if not match:
        return None
    word = match["rest"].split()[0].lower()
    if word not in _ASKED_POLITELY and verb_action(match["rest"]) in {None, "other"}:
        return None
    return Asked(None, match["rest"], refused=bool(match["refused"]), verbal=True)


def _that_or_thing(rest: str, strong: bool) -> Asked:
    that = _THAT.match(rest)
    if not that:
        whose = body_at_start(rest)
        if whose and _DOES.match(whose[1]):
            return Asked(whose[0], whose[1], strong, verbal=True)
        source = _FROM.search(rest)
        body = body_at_start(source["body"]) if source else None
        return Asked(body[0] if body else None, rest, strong)
    body = body_at_start(that["rest"])
    named = bare(that["of"]) if that["of"] else None
    if body:
        return Asked(body[0], body[1], strong, verbal=True)
    return Asked(named, that["rest"], strong)


def _of_body(rest: str, strong: bool, named: bool) -> Asked | None:
    """`BODY to DO`, `that BODY do`; a passive (`that rent be cut`) where no body must be named."""
    that = _THAT.match(rest)
    if that:
        found = _that_or_thing(rest, strong)
        return found if not named or found.target or _BE.match(that["rest"]) else None
    match = _TO.match(rest)
    body = body_in(match["body"]) or _member(match["body"]) if match else None
    if match and body:
        return Asked(body, match["rest"], strong, verbal=True)
    if match and not named and match["body"][0].isupper():
        return Asked(bare(match["body"]), match["rest"], strong, verbal=True)
    return None


def _member(words: str) -> str | None:
    found = body_at_start(words)
    return found[0] if found and not found[1] else None


def time_has_come(text: str) -> Asked | None:
    """`It is time for BODY to DO`."""
    match = _TIME.match(text)
    body = body_in(match["body"]) if match else None
    return Asked(body, match["rest"], strong=False) if match and body else None


def own_body(text: str) -> Asked | None:
    """`The commission recommends that BODY do`: a report or a release on its own demands."""
    match = _OWN.match(text) or _THEY.match(text)
    if not match:
        return None
    return _of_body(match["rest"], strong=False, named=True)
