"""Parse explicit demands: `We demand ...`, `We call on BODY to ...`, `Exigimos que ...`."""

import re

from indexer.demands.actions import verb_action
from indexer.demands.bodies import Directive, bare_name, body_in, split_body
from indexer.demands.words import fill, pattern, word_list

_CONTRACTION = pattern(r"\b(we|i)[’'](?:re|m) ")
# [CLAUSE,] CONNECTIVE{0,3}: `After the fire, and again today, | we demand ...`.
_PREAMBLE = fill(r"^(?:[^.;:?!\"“”«»]{0,160},\s+)?(?:{connective}\b,?\s+){0,3}")
_ADVERBS = fill(r"(?:{asking_adverb},?\s+){0,4}")

# WE VERB ACT. The verb decides what must follow: see _we_ask.
_WE_ASK = pattern(
    r"{preamble}(?:we|i)(?:,\s[^,]{3,120},)?\s+(?:are\s+|am\s+)?"
    r"(?:writing\s+(?:to\s+you\s+)?(?:today\s+)?(?:\w+ly\s+)?to\s+)?{adverbs}"
    r"(?:(?P<demand>{demand_verb})|(?P<urge>{urge_verb})|(?P<ask>{ask_verb}))"
    r"\s+(?P<act>\S.*)$",
    preamble=_PREAMBLE,
    adverbs=_ADVERBS,
)
# IT IS TIME FOR BODY TO ACT.
_IT_IS_TIME = pattern(
    r"{preamble}(?:it is|it[’']s|the time has come|it is (?:past|high) time)\s?(?:time\s)?for\s"
    r"(?P<body>[^,]{3,60}?)\sto\s(?P<act>\S.*)$",
    preamble=_PREAMBLE,
)
# OUR GROUP VERB BODY TO ACT; THEY URGE BODY TO ACT.
_GROUP_ASKS = pattern(
    r"^(?:(?:the|our)\s(?:\w+\s)?{group}\s{adverbs}{group_verb}|they\s(?:are\s)?{adverbs}{they_verb})"
    r"\s(?P<act>\S.*)$",
    adverbs=_ADVERBS,
)
# In a letter to people who can act: YOU TO ACT; PLEASE ACT, but not `please join us`.
_YOU = pattern(
    r"^(?:that\s|for\s|of\s)?(?:you|each of you|all of you|your \w+)"
    r"(?:,\s[^,]{3,80},)?(?:\s(?:all|please|as [^,]{3,60}?))?\s(?:to\s)?"
    r"(?P<act>(?!\w+ing\b)\w.*)$"
)
_PLEASE = pattern(
    r"^(?:and |so )?please\s(?P<not>(?:do not|don[’']t)\s)?(?P<act>(?!\w+\s(?:us|me)\b)\w.*)$"
)
_POLITE_VERBS = frozenset(word_list("polite_verb"))

_BODY_TO = pattern(r"^(?P<body>[^;:]{2,110}?)\s(?:to|not to|that)\s(?P<act>\S.*)$")
_THAT = pattern(r"^(?:that|que)\s(?P<act>\S.*)$")
_FROM_BODY = re.compile(r"\sfrom\s(?P<body>(?:the\s)?[A-Z][^,.;]{2,60})")

# [A BODY,] VERB [QUE] ACT.
_EXIGIMOS = pattern(
    r"{preamble}(?:al?\s(?P<first>(?:la\s|los\s|las\s)?[^,:]{3,70}?),?\s)?(?:nosotr[oa]s\s)?"
    r"(?:también\s|además\s)?(?:les?\s|nos\s)?(?:{demand_verb_es}|"
    r"(?P<infinitive>{demand_infinitive_es})|(?P<ask>{ask_verb_es}))\b,?\s*(?P<act>\S.*)$",
    preamble=_PREAMBLE,
)
# SE VERB A BODY ACT.
_SE_RECOMIENDA = pattern(
    r"^(?:asimismo,?\s|también\s|además,?\s)?(?:(?:la|esta)\scomisión|este\sinforme|se)\s"
    r"{impersonal_verb_es}(?:\sa\b)?\s*(?P<act>\S.*)$"
)
_SPANISH_PASSIVE = pattern(r"^que\sse\s(?!sepa|nos|me|sienta)")
_TO_READER = pattern(r"^{to_reader}(?!\w)")
# Words between the body and the act: `to do`, `that X do`, `a hacer`, `que haga`.
_JOINT = pattern(r"^(?:to|that|a|que|de)\s+")
_TO_BODY = pattern(r"^(?:al?|a la|a los|a las|de las|de los|de la|del)\s")


def directive_in(sentence: str, to_you: bool = False, in_list: bool = False) -> Directive | None:
    """Return the explicit demand in an English or Spanish sentence, or None if there is none.

    A demand addressed to `you` counts only in a letter to people who can act (`to_you`), and a
    Spanish infinitive only in a list of demands (`in_list`).

    >>> directive_in("We call on the City Council to end the contract.").target
    'City Council'
    """
    text = _CONTRACTION.sub(r"\1 are ", sentence)
    found = _you(text) if to_you else None
    found = found or _we_ask(text) or _it_is_time(text) or _group_asks(text)
    return found or _exigimos(sentence, in_list) or _se_recomienda(sentence)


def _we_ask(text: str) -> Directive | None:
    match = _WE_ASK.match(text)
    if not match:
        return None
    if match["demand"]:
        return _that_or_thing(match["act"], is_strong=True)
    return _of_body(match["act"], is_strong=bool(match["urge"]))


def _you(text: str) -> Directive | None:
    match = _WE_ASK.match(text)
    you = _YOU.match(match["act"]) if match else None
    return Directive(None, you["act"], is_verbal=True) if you else _please(text)


def _please(text: str) -> Directive | None:
    match = _PLEASE.match(text)
    if not match:
        return None
    has_action = verb_action(match["act"]) not in {None, "other"}
    if not has_action and match["act"].split()[0].lower() not in _POLITE_VERBS:
        return None
    return Directive(None, match["act"], is_negated=bool(match["not"]), is_verbal=True)


def _that_or_thing(act: str, is_strong: bool) -> Directive:
    """Parse the words after `demand`: `that BODY do`, or a thing, with or without `from BODY`."""
    that = _THAT.match(act)
    if that:
        body, act = split_body(that["act"]) or (None, that["act"])
        return Directive(body, act, is_strong, is_verbal=body is not None)
    source = _FROM_BODY.search(act)
    named = split_body(source["body"]) if source else None
    return Directive(named[0] if named else None, act, is_strong)


def _of_body(act: str, is_strong: bool) -> Directive | None:
    """Parse `BODY to DO` or `that X be done`; return None for anything else."""
    if _THAT.match(act):
        return _that_or_thing(act, is_strong)
    match = _BODY_TO.match(act)
    body = body_in(match["body"]) if match else None
    return Directive(body, match["act"], is_strong, is_verbal=True) if match and body else None


def _it_is_time(text: str) -> Directive | None:
    match = _IT_IS_TIME.match(text)
    body = body_in(match["body"]) if match else None
    return Directive(body, match["act"]) if match and body else None


def _group_asks(text: str) -> Directive | None:
    match = _GROUP_ASKS.match(text)
    return _of_body(match["act"], is_strong=False) if match else None


def _exigimos(text: str, in_list: bool) -> Directive | None:
    """Parse `Exigimos X` and `Pedimos a BODY que haga`; the infinitive counts only in a list."""
    match = _EXIGIMOS.match(text)
    if not match or (match["infinitive"] and not in_list):
        return None
    if match["first"] and _TO_READER.match(match["first"]):
        return None
    target, act = _split_spanish_body(match["act"])
    if match["first"]:
        target = bare_name(match["first"])
    if match["ask"] and not target and not _SPANISH_PASSIVE.match(match["act"]):
        return None
    return Directive(target, act, is_strong=not match["ask"])


def _split_spanish_body(act: str) -> tuple[str | None, str]:
    """Split an act like `al Congreso aprobar` or `que el alcalde pare` into body and act."""
    stripped = _TO_BODY.sub("", act)
    if stripped != act:
        found = split_body(stripped)
        return (found[0], _JOINT.sub("", found[1])) if found else (None, act)
    if act.lower().startswith("que "):
        return split_body(act[4:]) or (None, act[4:])
    return None, act


def _se_recomienda(text: str) -> Directive | None:
    """Parse `Se recomienda al Congreso aprobar X`; return None if it names no body."""
    match = _SE_RECOMIENDA.match(text)
    if not match:
        return None
    act = re.sub(r"^(?:al?|a la|a los|a las|l)\s", "", match["act"])
    found = split_body(re.sub(r"^que\s", "", act))
    return Directive(found[0], _JOINT.sub("", found[1])) if found else None
