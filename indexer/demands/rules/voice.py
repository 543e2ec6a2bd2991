"""Who speaks in a document: whether it demands, reports what others said, or tells how to do."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.demands.rules.announcements import announces
from indexer.demands.rules.asked import LONGEST, word_set
from indexer.demands.rules.duties import is_advice, obliged
from indexer.demands.rules.headings import Heading
from indexer.demands.rules.markers import demanded
from indexer.demands.rules.speech import quoted
from indexer.demands.rules.words import READER_VERBS
from indexer.importers.base import Block
from kb.text.sentences import sentences

REPORTING = 0.2  # share of sentences in which somebody `said`
INSTRUCTING = 0.2  # share of sentences that tell the reader, or anybody, what to do
FEWEST = 3  # sentences of a kind; one or two are in any text

_SAID = frozenset(
    "said says told replied declined reported moved seconded according spokesman spokeswoman "
    "spokesperson whether dijo afirmó aseguró según respondió declaró señaló informó contó "
    "explicó".split()
)
_RULES = frozenset("your shall usted puede pueden".split())
_YOU = re.compile(r"\byou (?:must|should|may|can|do not|need|will)\b", re.IGNORECASE)
_PRESS = re.compile(
    r"\b(?:for immediate release|media advisory|press release|comunicado de prensa|"
    r"para publicación inmediata)\b",
    re.IGNORECASE,
)
_OFFICIALS = (
    r"mayor|council|board|commission|governor|senat|congress|representativ|legislat|president|"
    r"chancellor|minister|secretary|superintendent|trustee|supervisor|chief|sheriff|judge|"
    r"committee|chair|alcald|concej|diputad|gobernador|presidente|ministr|senador|rector|regidor"
)
_DEAR = re.compile(
    rf"^(?:dear|to|estimad[oa]s?|señor(?:a|es|as)?)\s[^.?!]{{0,80}}\b(?:{_OFFICIALS})\w*"
    r"[^.?!]{0,200}[,:.]$",
    re.IGNORECASE,
)
_MADAM = re.compile(
    rf"\b(?:mr\.|madam|mister|honorable|señora?)\s(?:vice\s)?(?:{_OFFICIALS})", re.IGNORECASE
)
_MADAMS = frozenset("mr madam mister honorable señor señora".split())
_NAME = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][\w’'-]{2,}")
_SMALL = re.compile(r"\b[a-záéíóúñ][\w’'-]{2,}")


class Voice(NamedTuple):
    """What the sentences of a document have in common."""

    reports: bool = False  # news, minutes: demands in it are others'
    instructs: bool = False  # a guide, a rule book: its duties are the reader's or the law's
    demands: bool = False  # it demands outright somewhere
    advises: bool = False  # it says somewhere that a body that can act should do something
    addressed: bool = False  # a letter or a testimony to people who can act: `you` are they
    names: frozenset[str] = frozenset()  # words that are capitalized within sentences


def voice_of(blocks: Sequence[Block], language: str) -> Voice:
    """The voice of a document, from its paragraphs and items."""
    text = [
        block.text[start:end]
        for block in blocks
        if block.kind in {"paragraph", "item"}
        for start, end in sentences(block.text, language)
        if end - start <= LONGEST
    ]
    addressed = any(map(_addresses, text))
    press = any(map(_PRESS.search, text[:FEWEST]))
    whole = " ".join(text)
    return Voice(
        reports=_share(text, _reports) >= REPORTING and not press,
        instructs=_share(text, _instructs) >= INSTRUCTING and not addressed,
        demands=any(map(_announces, blocks)) or any(map(_demands, text)),
        advises=any(map(_advises, text)),
        addressed=addressed,
        names=frozenset(_NAME.findall(whole)) - {one.title() for one in _SMALL.findall(whole)},
    )


def _share(text: Sequence[str], test: Callable[[str], bool]) -> float:
    """The share of sentences that pass; none where they are too few to tell."""
    found = sum(map(test, text))
    return found / len(text) if found >= FEWEST else 0.0


def _reports(sentence: str) -> bool:
    return not _SAID.isdisjoint(word_set(sentence))


def _instructs(sentence: str) -> bool:
    words = word_set(sentence)
    if not _RULES.isdisjoint(words) or _first(sentence) in READER_VERBS:
        return True
    return "you" in words and bool(_YOU.search(sentence))


def _first(sentence: str) -> str:
    return re.split(r"[^\w’']", sentence.lstrip('¡¿"“ '), maxsplit=1)[0].lower()


def _addresses(sentence: str) -> bool:
    if _DEAR.match(sentence):
        return True
    return not _MADAMS.isdisjoint(word_set(sentence)) and bool(_MADAM.search(sentence))


def _announces(block: Block) -> bool:
    """Whether a block announces demands, and not only recommendations."""
    if announces(block.text):
        return True
    heading = Heading(block.text)
    return heading.asks and heading.strong


def _advises(sentence: str) -> bool:
    if not is_advice(sentence):
        return False
    asked = obliged(sentence)
    return asked is not None and asked.target is not None and not quoted(sentence)


def _demands(sentence: str) -> bool:
    asked = demanded(sentence)
    return asked is not None and asked.strong and not quoted(sentence)
