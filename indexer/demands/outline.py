"""Recognize the headings and lines that announce demands, and track the scope of each block."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from indexer.demands.bodies import bare_name, body_in
from indexer.demands.resolutions import opens_resolution
from indexer.demands.words import fill, pattern
from indexer.importers.base import Block
from kb.text.list_markers import PRINTED_NUMBER

MAX_HEADING_WORDS = 12  # in a line that may be an unmarked heading
MAX_ANNOUNCEMENT_CHARACTERS = 400  # at the end of a paragraph, which may announce a list
MAX_BODY_DISTANCE = 140  # characters before a colon that are searched for a body
UNMARKED_LEVEL = 7  # of lines that look like headings, below marked headings

_ORDINAL = fill(r"(?:{ordinal}|[ivx]+|\d+(?:\.\d+)?)")
NUMBER = re.compile(
    fill(
        r"^(?:[*•·▪–—-]\s*)?(?:"
        r"{marker}\)?|\d{1,3}(?:\.\d{1,3})+|"
        r"(?i:{numbered_noun}\s+{n})[.:)°º]*[.:–—-]*|(?i:{numbered_word_es})[.:])\s+(?=\S)",
        n=_ORDINAL,
        marker=PRINTED_NUMBER,
    )
)
# The number before the words of a heading: `PART FOUR:`, `4.`, `IV.`
_PREFIX = pattern(
    r"^(?:(?:part|section|chapter|parte|sección|capítulo)\s+{n}\s*[.:–—-]?\s*|"
    r"{marker}\s+|\d{1,2}(?:\.\d{1,2})*\s+)",
    n=_ORDINAL,
    marker=PRINTED_NUMBER,
)
# ADJECTIVE{0,4} DEMANDS [to BODY | now]: `Our key | demands | to the Mayor`.
_ASKS = pattern(
    r"^(?:(?:{heading_adjective}|\w+ty|\d+)\s+){0,4}"
    r"(?:(?P<demands>{demands_heading})|{proposals_heading})"
    r"(?:\s+(?:to|for|of|from|on|regarding|al?|para|del?)\s+(?P<whom>.{2,80})"
    r"|\s+(?:now|ahora|\d{4}(?:[-–]\d{2,4})?))?$"
)
# `What you can do` ends a section of demands; `What we want` does not.
_ENDS = pattern(
    r"^(?:what (?:you|we|i|they|management|the \w+|others?)\b(?! (?:want|demand|ask|need|propose))|"
    r"part \w+: a dissent|qué\b(?! (?:exigimos|pedimos|queremos|demandamos))|"
    r"{ending_heading}(?!\w))"
)

# ... ANNOUNCING ...: before a colon.
_ANNOUNCES = pattern(
    r"\b{announcing}\b(?! (?:side|for (?:labor|housing|services)))"
    r"|\b(?:must|should|debe|deben|deberá|deberán)\s*:$"
)
_OF_OTHERS = pattern(r"\bwould require\b")
_THIS_IS_WHAT = pattern(
    r"\b(?:this is|here is|here are|these are|be plain about|let us say|esto es)\b.{0,30}"
    r"\b(?:what we (?:want|are asking|ask|demand|need)|our demands|lo que (?:pedimos|exigimos|"
    r"queremos))\b.{0,40}$"
)
# ... on BODY [to]:
_LAST_BODY = pattern(
    r".*\b(?:upon|on|of|that|from|to|urge|urges|ask|asks|al?|a la|a los|a las|que|de)\s+"
    r"(?P<body>[^,.;:]{2,90}?)(?:\s+(?:to|must|should|shall|a|que|debe|deben|deberá|lo siguiente))?"
    r"\s*:$"
)
_COLONS = (":", " -", " –", " —")


class Heading:
    """A parsed heading: its words, and whether they announce or end a section of demands."""

    def __init__(self, text: str) -> None:
        self.words = _PREFIX.sub("", text.strip()).rstrip(" :.!…")
        match = _ASKS.match(self.words)
        whom = match["whom"] if match else None
        self.target = body_in(whom) if whom else None
        self.asks = bool(match) and not (whom and self.target is None)
        self.is_strong = bool(match and match["demands"])  # announces more than recommendations
        self.ends = bool(_ENDS.match(self.words))
        self.body = body_in(self.words)  # whose name is the whole heading


def number_end(text: str) -> int:
    """Return the offset after the printed number and whitespace that begin a text, or 0."""
    match = NUMBER.match(text)
    return match.end() if match else 0


def is_item(block: Block) -> bool:
    """Return whether a block is a list item, or begins with a printed number."""
    return block.kind == "item" or bool(number_end(block.text))


def announces_list(text: str) -> bool:
    """Return whether a line ends with a colon after words that announce demands."""
    last = text[-MAX_ANNOUNCEMENT_CHARACTERS:].rstrip(" -–—:") + ":"
    is_demanded = bool(_ANNOUNCES.search(last)) and not _OF_OTHERS.search(last)
    return text.endswith(_COLONS) and is_demanded


def _announced_body(text: str) -> str | None:
    """Return the body named before a colon (`We call on the City Council to:`), or None."""
    match = _LAST_BODY.match(text[-MAX_BODY_DISTANCE:])
    if not match:
        return None
    name = match["body"]
    is_name = name.istitle() and " " not in name
    return body_in(name) or (bare_name(name) if is_name else None)


class Scope(NamedTuple):
    """The scope of a block, which determines which of its sentences count as demands."""

    kind: Literal["section", "list", "resolution"]  # in a section, paragraphs count too
    target: str | None = None
    is_strong: bool = False  # for demands, not only recommendations


class Outline:
    """The scope at each point of a text, updated as its blocks are read in order."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._section: Scope | None = None  # below a heading of demands
        self._section_level = 0
        self._is_paused = False  # under a heading that ends a section of demands
        self._target: str | None = None  # the body that the last heading consists of, if any
        self._list: Scope | None = None
        self._is_announced = False  # whether the last block ends with `this is what we want`

    def level(self, index: int) -> int:
        """Return the level of a heading, or 0; a short paragraph without end mark counts as one."""
        block = self._blocks[index]
        if block.kind == "heading":
            return block.level
        is_short = len(block.text.split()) <= MAX_HEADING_WORDS and block.text[-1] not in ".;,!"
        return UNMARKED_LEVEL if block.kind == "paragraph" and is_short else 0

    def enter(self, index: int) -> None:
        """Read a heading, which may begin, continue or end a section of demands."""
        heading, level = Heading(self._blocks[index].text), self.level(index)
        self._is_paused = heading.ends
        self._target = None if heading.asks else heading.body
        if heading.asks:
            self._section = Scope("section", heading.target, heading.is_strong)
            self._section_level = level
        elif level < self._section_level:
            self._section = None
        self.read(index)

    def read(self, index: int) -> None:
        """Read a block, which may announce a list of demands, or end the current one."""
        block = self._blocks[index]
        self._is_announced = bool(_THIS_IS_WHAT.search(block.text[-MAX_ANNOUNCEMENT_CHARACTERS:]))
        if opens_resolution(block.text):
            self._list = Scope("resolution", None, is_strong=True)
        elif announces_list(block.text):
            self._list = Scope("list", _announced_body(block.text), is_strong=True)
        elif not is_item(block):
            self._list = None

    def scope(self) -> Scope | None:
        """Return the scope of the next block, or None if it has none."""
        if self._list:
            return self._list
        if self._is_announced:
            return Scope("section", None, is_strong=True)
        if self._is_paused or self._section is None:
            return None
        return self._section._replace(target=self._target or self._section.target)
