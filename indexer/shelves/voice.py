"""Who speaks in a document: whether it demands, reports what others said, or tells how to do."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from indexer.shelves.demand_words import READER_VERBS

REPORTING = 0.2  # share of sentences in which somebody `said`
INSTRUCTING = 0.2  # share of sentences that tell the reader, or anybody, what to do
FEWEST = 3  # sentences of a kind; one or two are in any text

_SAID = re.compile(
    r"\b(?:said|says|told|replied|declined|reported|moved|seconded|according to|spokes\w+|asked "
    r"(?:that|whether|when|the)|dijo|afirmó|aseguró|según|respondió|declaró|señaló|"
    r"informó|contó|explicó)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:you (?:must|should|may|can|do not|need|will)|your\b|shall\b|"
    r"usted|puede\b|pueden\b)",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"\b(?:for immediate release|media advisory|press release|comunicado de prensa|"
    r"para publicación inmediata)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”«»]")
_NAME = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][\w’'-]{2,}")


class Voice(NamedTuple):
    """What the sentences of a document have in common."""

    reports: bool  # news, minutes: demands in it are others'
    instructs: bool  # a guide, a rule book: its duties are the reader's or the law's
    press: bool  # a press release: it reports its own demands
    demands: bool  # it demands outright somewhere
    names: frozenset[str]  # words that are capitalized within sentences


def voice_of(sentences: Iterable[str], demands: bool) -> Voice:
    """The voice of a document from its sentences outside lists of demands."""
    said = told = count = 0
    press, text = False, []
    for sentence in sentences:
        count += 1
        text.append(sentence)
        said += bool(_SAID.search(sentence))
        told += bool(_RULE.search(sentence)) or _first(sentence) in READER_VERBS
        press = press or bool(_PRESS.search(sentence))
    whole = " ".join(text)
    return Voice(
        reports=said >= max(FEWEST, REPORTING * count) and not press,
        instructs=told >= max(FEWEST, INSTRUCTING * count),
        press=press,
        demands=demands,
        names=frozenset(_NAME.findall(whole)),
    )


def _first(sentence: str) -> str:
    return re.split(r"[^\w’']", sentence.lstrip("¡¿\"“ "), maxsplit=1)[0].lower()
