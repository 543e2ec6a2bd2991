"""`Exigimos que ...`, `instamos al Congreso a ...`: what is asked outright in Spanish."""

import re

from indexer.demands.rules.around import LEAD, READERS
from indexer.demands.rules.asked import Asked
from indexer.demands.rules.bodies import bare, body_at_start

# Without one of these words none of the forms below is there.
CUES = frozenset(
    "exigimos demandamos reclamamos instamos exhortamos urgimos conminamos emplazamos exijo "
    "demando reclamo insto exhorto hacemos llamamos recomendamos pedimos solicitamos requerimos "
    "proponemos "
    "pido solicito queremos recomienda exige solicita pide insta exhorta demanda "
    "exigir demandar reclamar instar exhortar requerir ordenar encargar recomendar pedir solicitar "
    "proponer".split()
)
_SPANISH = re.compile(
    rf"{LEAD}(?:al?\s(?P<first>(?:la\s|los\s|las\s)?[^,:]{{3,70}}?),?\s)?(?:nosotr[oa]s\s)?"
    r"(?:también\s|además\s)?(?:les?\s|nos\s)?"
    r"(?:(?P<demand>exigimos|demandamos|reclamamos|instamos|exhortamos|urgimos|conminamos|"
    r"emplazamos|exijo|demando|reclamo|insto|exhorto|hacemos un llamado|llamamos|recomendamos)|"
    r"(?P<infinitive>exigir|demandar|reclamar|instar|exhortar|requerir|ordenar|encargar|"
    r"recomendar|pedir|solicitar|proponer)|"
    r"(?P<ask>pedimos|solicitamos|requerimos|proponemos|pido|solicito|queremos))\b"
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
# `that X do`, `que X haga`, `to do`, `a hacer`: between the body and the thing.
_JOINT = re.compile(r"^(?:to|that|a|que|de)\s+", re.IGNORECASE)
_PASSIVE = re.compile(r"^que\sse\s(?!sepa|nos|me|sienta)", re.IGNORECASE)
_SPANISH_BODY = re.compile(r"^(?:al?|a la|a los|a las|de las|de los|de la|del)\s", re.IGNORECASE)


def impersonal(text: str) -> Asked | None:
    """`Se recomienda al Congreso aprobar X`; None where nobody who can act is named."""
    match = _IMPERSONAL.match(text)
    if not match:
        return None
    rest = re.sub(r"^(?:al?|a la|a los|a las|l)\s", "", match["rest"])
    found = body_at_start(re.sub(r"^que\s", "", rest))
    return Asked(found[0], _JOINT.sub("", found[1]), strong=False) if found else None


def first_person_plural(text: str, in_list: bool) -> Asked | None:
    """`Exigimos X`, `pedimos a BODY que haga`; the infinitive (`Exigir X`) in a list alone."""
    match = _SPANISH.match(text)
    if not match or (match["infinitive"] and not in_list):
        return None
    rest = _SPANISH_ADVERBS.sub("", match["rest"])
    if READERS.match(rest) or (match["first"] and READERS.match(match["first"])):
        return None
    target, rest = _spanish_body(rest)
    if match["first"]:
        target = bare(match["first"])
    if match["ask"] and not target and not _asks_passively(match):
        return None
    return Asked(target, rest, strong=not match["ask"])


def _asks_passively(match: re.Match[str]) -> bool:
    """`Pedimos que se publique X`; what we want to be known or felt is no demand."""
    wants = text.lower() if (text := match["ask"]) else ""
    return wants != "queremos" and bool(_PASSIVE.match(match["rest"]))


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
