"""Sentences that say outright that something is demanded, and of whom."""

import re
from typing import NamedTuple

from indexer.shelves.bodies import bare, body_at_start, body_in


class Asked(NamedTuple):
    """What a sentence asks for: of whom, and the words of the thing without the asking."""

    target: str | None
    rest: str
    strong: bool  # the form leaves little doubt
    refused: bool = False  # `must not ...`
    verbal: bool = False  # the words of the thing begin with a verb


# What may stand before `we demand`: a connective, or a clause that ends with a comma.
_LEAD = (
    r"^(?:[^.;:?!\"“”«»]{0,160},\s+)?(?:(?:and|but|so|also|therefore|thus|hence|finally|further|"
    r"furthermore|first|second|third|lastly|accordingly|again|today|now|"
    r"y|e|pero|por eso|por ello|por esto|por tanto|por lo tanto|además|también|asimismo|"
    r"finalmente|hoy|así|a la vez|ahora|entonces|igualmente)\b,?\s+){0,3}"
)
_ADVERBS = (
    r"(?:(?:also|therefore|hereby|further|furthermore|strongly|respectfully|urgently|again|now|"
    r"jointly|together|likewise|thus|then|still|must|unanimously|firmly|collectively|"
    r"specifically|additionally|all|each|once again|once more|as a result|today),?\s+){0,4}"
)
_FORM = re.compile(
    rf"{_LEAD}(?:we|i)(?:,\s[^,]{{3,120}},)?\s+(?:are\s+|am\s+)?{_ADVERBS}"
    r"(?:(?P<demand>demand|insist|demanding|insisting)|"
    r"(?P<urge>(?:call|calling|appeal)\s+(?:up)?on|urge|urging|implore|petition|exhort|"
    r"call for|calling for|recommend|appeal to)|"
    r"(?P<ask>ask|asking|request|requesting|want|expect|propose|need|would like))"
    r"\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"^(And |So |But )?(we|i)[’'](?:re|m) ", re.IGNORECASE)
_TIME = re.compile(
    rf"{_LEAD}(?:it is|it[’']s|the time has come|it is (?:past|high) time)\s?(?:time\s)?for\s"
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
_SPANISH = re.compile(
    rf"{_LEAD}(?:al?\s(?P<first>(?:la\s|los\s|las\s)?[^,:]{{3,70}}?),?\s)?(?:nosotr[oa]s\s)?"
    r"(?:también\s|además\s)?(?:les?\s|nos\s)?"
    r"(?:(?P<demand>exigimos|demandamos|reclamamos|instamos|exhortamos|urgimos|conminamos|"
    r"emplazamos|exijo|demando|reclamo|insto|exhorto|hacemos un llamado|llamamos|recomendamos|"
    r"exigir|demandar|reclamar|instar|exhortar|requerir|ordenar|encargar|recomendar)|"
    r"(?P<ask>pedimos|solicitamos|requerimos|proponemos|pido|solicito|(?<!, )queremos|"
    r"pedir|solicitar|proponer))\b"
    r",?\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"^(?:asimismo,?\s|también\s|además,?\s)?(?:(?:la|esta)\scomisión|este\sinforme|"
    r"se)\s(?:recomienda|exige|solicita|pide|insta|exhorta|demanda)(?:\sa\b)?\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_SPANISH_ADVERBS = re.compile(
    r"^(?:(?:también|además|respetuosamente|enérgicamente|una vez más|hoy|de inmediato|"
    r"con urgencia|igualmente|asimismo|por lo tanto|en consecuencia),?\s+)+",
    re.IGNORECASE,
)
# Readers, friends and everybody: asking them is no demand.
_READERS = re.compile(
    r"^(?:that\s|a\s|al\s|que\s|of\s)?(?:you\b|everyone|everybody|nobody|no one|anyone|people\b|"
    r"readers|residents|neighbors|supporters|our (?:members|friends|neighbors|allies|readers)|"
    r"(?:all )?members\b(?! of (?:the |this )?(?:congress|parliament|board|council))|each other|"
    r"ourselves|parents|students|voters|citizens|all of|those\b|them\b|him\b|her\b|others|only\b|"
    r"colleagues|volunteers|every (?:person|one|voter|resident|reader)|"
    r"ustedes?|quienes?|todos\b|todas\b|los vecinos|las vecinas|los padres|nadie|"
    r"la comunidad|la población|(?:los |las )?compañer|la ciudadanía|nuestr[oa]s (?:compañer|amig)|"
    r"l[oa]s jóvenes|nos\b|primero|regalos|permiso|perdón|paciencia|ayuda\b|caridad|favor|"
    r"help\b|volunteers|patience|your\b|more than|to\b|papers|submissions|comments|it\b|this\b)",
    re.IGNORECASE,
)
_GERUND = re.compile(r"^(?:\w+ly )?\w+ing\b", re.IGNORECASE)
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
    r"^(?:(?:and|but|so|also|therefore|thus|finally|first|second|third|fourth|instead|lastly|"
    r"moreover|further|additionally|in addition|above all|at a minimum|"
    r"y|pero|por eso|además|también|asimismo|finalmente|primero|segundo)\b,?\s+"
    r"|(?:we|i)\s(?:believe|think|feel|hold|maintain)\s(?:that\s)?|creemos que\s)+",
    re.IGNORECASE,
)
# `that X do`, `que X haga`, `to do`, `a hacer`: between the body and the thing.
_JOINT = re.compile(r"^(?:to|that|a|que|de)\s+", re.IGNORECASE)
_TO = re.compile(r"^(?P<body>[^;:]{2,110}?)\s(?:to|not to|that)\s(?P<rest>\S.*)$", re.IGNORECASE)
_A_OR_QUE = re.compile(r"^(?P<body>[^;:]{2,110}?)\s(?:a|que|de)\s(?P<rest>\S.*)$", re.IGNORECASE)
_THAT = re.compile(r"^(?:of\s(?P<of>[^,]{2,60}?)\s)?(?:that|que)\s(?P<rest>\S.*)$", re.IGNORECASE)
_FROM = re.compile(r"\s(?:from|of|de)\s(?P<body>(?:the\s)?[A-Z][^,.;]{2,60})", re.UNICODE)
_PASSIVE = re.compile(r"^que\sse\s(?!sepa|nos|me|sienta)", re.IGNORECASE)
_SPANISH_BODY = re.compile(r"^(?:al?|a la|a los|a las|de las|de los|de la|del)\s", re.IGNORECASE)


def demanded(sentence: str) -> Asked | None:
    """What `we demand`, `exigimos` and their like ask for in a sentence; None where nothing."""
    text = _CONTRACTED.sub(r"\1\2 are ", sentence)
    for parse in (_first_person, _spanish, _time, _own, _impersonal):
        found = parse(text)
        if found:
            return found
    return None


def _first_person(text: str) -> Asked | None:
    match = _FORM.match(text)
    if not match or _READERS.match(match["rest"]):
        return None
    rest = match["rest"]
    if match["demand"]:
        return _that_or_thing(rest, strong=True)
    if match["urge"]:
        if match["urge"].lower().endswith("for"):
            return Asked(None, rest, strong=True)
        return None if _GERUND.match(rest) else _of_body(rest, strong=True, named=False)
    return _of_body(rest, strong=False, named=True)


def _that_or_thing(rest: str, strong: bool) -> Asked | None:
    that = _THAT.match(rest)
    if not that:
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
        passive = re.match(r"^[^,;]{2,80}\s(?:be|se)\s", that["rest"])
        spanish = re.match(r"^se\s", that["rest"])
        return found if not named or (found and found.target) or passive or spanish else None
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


def _time(text: str) -> Asked | None:
    match = _TIME.match(text)
    body = body_in(match["body"]) if match else None
    return Asked(body, match["rest"], strong=False) if match and body else None


def _own(text: str) -> Asked | None:
    match = _OWN.match(text) or _THEY.match(text)
    if not match:
        return None
    return _of_body(match["rest"], strong=False, named=True)


def _impersonal(text: str) -> Asked | None:
    match = _IMPERSONAL.match(text)
    if not match:
        return None
    rest = re.sub(r"^(?:al?|a la|a los|a las|l)\s", "", match["rest"])
    found = body_at_start(re.sub(r"^que\s", "", rest))
    return Asked(found[0], _JOINT.sub("", found[1]), strong=False) if found else None


def _spanish(text: str) -> Asked | None:
    match = _SPANISH.match(text)
    if not match:
        return None
    rest = _SPANISH_ADVERBS.sub("", match["rest"])
    if _READERS.match(rest) or (match["first"] and _READERS.match(match["first"])):
        return None
    target, rest = _spanish_body(rest)
    if match["first"]:
        target = bare(match["first"])
    if match["ask"] and not target and not _PASSIVE.match(match["rest"]):
        return None
    return Asked(target, rest, strong=bool(match["demand"]))


def _spanish_body(rest: str) -> tuple[str | None, str]:
    """The body of `al Congreso aprobar`, `al alcalde que pare`, `que el alcalde pare`."""
    stripped = _SPANISH_BODY.sub("", rest)
    if stripped != rest:
        found = body_at_start(stripped)
        if found:
            return found[0], _JOINT.sub("", found[1])
        return None, rest
    if rest.lower().startswith("que "):
        found = body_at_start(rest[4:])
        return (found[0], found[1]) if found else (None, rest[4:])
    return None, rest


def obliged(sentence: str, shall: bool = False) -> Asked | None:
    """What a sentence of the form BODY must DO asks for; `shall` only where that is a demand."""
    text = _CONNECTIVE.sub("", sentence)
    match = _MODAL.match(text) or (_SHALL.match(text) if shall else None)
    if not match:
        return None
    return Asked(
        target=body_in(match["subject"]),
        rest=match["rest"],
        strong=False,
        refused=bool(match["refused"]),
        verbal=True,
    )


def subject_of(sentence: str) -> str:
    """What stands before `must` and its like; empty where there is none."""
    match = _MODAL.match(_CONNECTIVE.sub("", sentence))
    return match["subject"] if match else ""
