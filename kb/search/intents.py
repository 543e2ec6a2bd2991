"""Recognize the kind of answer that a query asks for, and rank passages of that kind higher.

A preference changes only the order of the results. `Results.intent` names it, and `Query.intent`
turns it off.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from kb.domain.rankings import Keys
from kb.domain.results import IntentCode
from kb.search.fuse import Fusion
from kb.text.analysis import fold


class Intent(NamedTuple):
    """A kind of answer, with the wordings that ask for it and the score factors of facet values."""

    code: IntentCode
    asked: re.Pattern[str]  # matches folded text, in any language of the interface
    factors: Mapping[str, float]  # by `field=value`


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{one})" for one in patterns))


# Words that ask for readings, and other words of a request that results need not contain.
READING_WORDS = frozenset("read reading readings leer lectura lecturas".split())
REQUEST_WORDS = READING_WORDS | frozenset(
    "first start begin learn find show examples example about".split()
    + "primero empezar aprender buscar ejemplos ejemplo sobre".split()
)

FORM_FACTOR = 1.3
# Patterns for the words that ask for each form of source, by its value in the corpus.
FORMS = {
    "speech": r"\bspeech(?:es)?\b|\bdiscursos?\b",
    "testimony": r"\btestimon(?:y|ies)\b|\btestimonios?\b",
    "curriculum": r"\bcurricul(?:um|ums|a)\b|\blessons?(?: plans?)?\b|\bsyllab(?:us|i)\b"
    r"|\bplan(?:es)? de (?:clase|estudio)s?\b|\blecciones\b",
    "toolkit": r"\btool ?kits?\b|\bhow-to guides?\b|\bworksheets?\b|\bguias? practicas?\b",
    "model-law": r"\bmodel (?:laws?|bills?|ordinances?|legislation)\b|\bley(?:es)? modelo\b",
    "manifesto": r"\bmanifestos?\b|\bmanifiestos?\b",
    "memoir": r"\bmemoirs?\b|\bautobiograph(?:y|ies)\b|\bautobiografias?\b",
    "interview": r"\binterviews?\b|\bentrevistas?\b",
    "poem": r"\bpoems?\b|\bpoemas?\b",
    "reading-list": r"\breading lists?\b|\blistas? de lecturas?\b",
}

# The first match is used. Each preference improves the results of judged queries; preferences for
# figures, definitions, demands and readings did not (docs/ablations).
INTENTS = (
    Intent(
        "outcome",
        _any(
            r"\b(?:did|has|have|was|were|is) .*\b(?:actually|really|ever)\b",
            r"\b(?:did|has|have|was|were|is) .*\b(?:succeed|win|won|work(?:ed)?)\b",
            r"^(?:did|has|have) (?:any|anyone|anybody|some|a|the)\b",
            r"\bwhat happened\b", r"\bwhat became of\b",
            r"\b(?:won|lost|overturned|repealed|reversed)\b.*\b(?:19|20)\d\d\b",
            r"\b(?:examples?|cases?) of (?:cities|states|places|campaigns?)\b",
            r"\bcampaigns? that won\b",
            r"\bvictor(?:y|ies)\b", r"\bwhich (?:cities|states|city|state|places|countries)\b",
            r"\bque paso con\b", r"\bse logro\b", r"\b(?:logro|lograron|gano|ganaron)\b",
            r"\balgun[ao]? (?:ciudad|condado|distrito|estado|lugar|municipio|pais|pueblo)\b",
            r"\bque (?:ciudades|estados|paises)\b",
            r"\ben que quedo\b", r"\bcumplio\b", r"\bvictorias?\b",
        ),
        {"document_kind=outcome": 1.15, "outcome=won": 1.15, "outcome=partly-won": 1.15,
         "outcome=lost": 1.15, "outcome=reversed": 1.15, "outcome=pending": 1.1},
    ),
    Intent(
        "objection",
        _any(
            r"^(?:but|if) (?:you|we|they)\b", r"^if \w+ .*\b(?:will|would)\b", r"^but\b",
            r"^what about\b",
            r"\bwill (?:just )?(?:go up|rise|increase|get worse|make)\b",
            r"\bcan(?:'t| ?not) afford\b",
            r"\btoo expensive\b",
            r"^(?:pero|y) (?:si|que|quien)\b", r"^si (?:se|le|les) \w+",
            r"\bva a (?:subir|aumentar)\b",
            r"\bno (?:hay|alcanza) (?:dinero|plata)\b", r"\bdemasiado caro\b", r"\bes muy caro\b",
        ),
        {"genre=objection-answer": 1.3, "kind=finding": 1.15, "kind=idea": 1.1},
    ),
    *(Intent("form", _any(asked), {f"genre={form}": FORM_FACTOR}) for form, asked in FORMS.items()),
)  # fmt: skip


def intent_of(text: str) -> Intent | None:
    """Return the kind of answer that the wording of a query asks for, or None.

    >>> intent_of("did any city actually close its jail").code
    'outcome'
    >>> intent_of("rent control") is None
    True
    """
    folded = fold(text).strip(" ¿¡?!.")
    return next((one for one in INTENTS if one.asked.search(folded)), None)


def preferred(fused: Fusion, intent: Intent, members: Mapping[str, Keys]) -> Fusion:
    """Multiply the scores of preferred passages by their highest factor, and sort again.

    `members` maps each key of `intent.factors` to the passages with that facet value.
    """
    factor = np.ones(len(fused.keys))
    for clause, by in intent.factors.items():
        held = np.isin(fused.keys, members[clause])
        factor[held] = np.maximum(factor[held], by)
    scores = fused.scores * factor
    order = np.argsort(-scores, kind="stable")
    return fused.reordered(fused.keys[order], scores[order])
