"""What stands over each block: a heading of demands, a line that announces them, or nothing."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from indexer.demands.rules.announcements import announces, names_demands, says_plainly
from indexer.demands.rules.bodies import bare, body_at_start, body_in
from indexer.demands.rules.headings import Heading, is_heading_like, is_programme, number_of
from indexer.demands.rules.resolution import opens
from indexer.importers.base import Block

# Levels of lines that look like headings and are not marked as such: below the marked ones,
# those in capitals first.
CAPITALS, SMALL = 7, 8
LONGEST_ANNOUNCEMENT = 140  # characters before a colon, among which a body is named

_LAST_BODY = re.compile(
    r"\b(?:upon|on|of|that|from|to|urge|urges|ask|asks|al?|a la|a los|a las|que|de)\s+"
    r"(?P<body>[^,.;:]{2,90}?)(?:\s+(?:to|must|should|shall|a|que|debe|deben|deberá|lo siguiente))?"
    r"\s*:$",
    re.IGNORECASE,
)


class Scope(NamedTuple):
    """What a block is under."""

    # In a list items count alone; in a programme, items that begin with a verb of action.
    kind: Literal["section", "list", "resolution", "programme"]
    target: str | None = None
    strong: bool = False  # it speaks of demands, not of recommendations


class _Section:
    """A section of demands, as far as it has been read."""

    def __init__(self, level: int, heading: Heading) -> None:
        self.level, self.strong = level, heading.strong
        self.target = self.over = heading.target
        self.fed = False  # something in it was taken for a demand
        self.flat = False  # it goes on under headings of its own level
        self.paused = False  # under a heading that is none of demands


class Outline:
    """Reads the blocks in order, and says of each what it is under."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        likely = [block.text for block in blocks if _may_be_heading(block)]
        self._capitals = any(text.isupper() for text in likely)
        self._section: _Section | None = None
        self._list: Scope | None = None
        self._next = False
        self._programme = bool(blocks) and is_programme(blocks[0].text) and bool(self.level(0))
        self._ended = False  # under a heading that ends lists of demands, in a programme

    def level(self, index: int) -> int:
        """The level of a heading, marked or not; 0 for other blocks."""
        block = self._blocks[index]
        if block.kind == "heading":
            return block.level
        if not _may_be_heading(block) or self._lists(index):
            return 0
        return CAPITALS if block.text.isupper() or not self._capitals else SMALL

    def _lists(self, index: int) -> bool:
        """Whether a short line is one of several, numbered or announced."""
        text = self._blocks[index].text
        return self._list is not None and bool(number_of(text))

    def enter(self, index: int) -> None:
        """Read a heading."""
        text, level = self._blocks[index].text, self.level(index)
        heading, section = Heading(text), self._section
        self._ended = heading.ends
        self._list, self._next = None, False
        if heading.asks and not (index == 0 and not self._listed(index + 1)):
            self._section = _Section(level, heading)
        elif section:
            self._go_on(section, heading, level)
        if announces(text) or opens(text) or self._names(index):
            self.read(index)

    def _names(self, index: int) -> bool:
        return names_demands(self._blocks[index].text) and self._listed(index + 1)

    def _listed(self, index: int) -> bool:
        return index < len(self._blocks) and is_listed(self._blocks[index])

    def _go_on(self, section: _Section, heading: Heading, level: int) -> None:
        """A heading after a section of demands began: within it, beside it, or after it."""
        beside = level <= section.level
        if beside and (heading.ends or level < section.level or (section.fed and not section.flat)):
            self._section = None
            return
        section.flat = section.flat or beside
        section.paused = heading.ends
        section.over = heading.body or section.target

    def read(self, index: int) -> None:
        """Read another block: it may announce a list, and it ends one that it is no part of."""
        block = self._blocks[index]
        self._next = says_plainly(block.text)
        if opens(block.text):
            self._list = Scope("resolution", None, strong=True)
        elif announces(block.text) or self._names(index):
            self._list = Scope("list", _announced(block.text), strong=True)
        elif self._list and not _continues(block):
            self._list = None

    def scope(self, index: int) -> Scope | None:
        """What a block that is no heading is under."""
        block, section = self._blocks[index], self._section
        if self._list and _continues(block):
            return self._list
        if self._next:
            return Scope("section", None, strong=True)
        if section and not section.paused:
            kind: Literal["section", "list"] = "list" if section.flat else "section"
            return Scope(kind, section.over, section.strong)
        if self._programme and not section and not self._ended and is_listed(block):
            return Scope("programme")
        return None

    def feed(self) -> None:
        """Note that the last block held a demand."""
        if self._section:
            self._section.fed = True


def is_listed(block: Block) -> bool:
    """Whether a block is an item of a list, marked as one or numbered."""
    return block.kind == "item" or bool(number_of(block.text))


def _continues(block: Block) -> bool:
    """Whether a block goes on with a list that a line announced."""
    return is_listed(block) or block.text[0].islower()


def _may_be_heading(block: Block) -> bool:
    return block.kind == "paragraph" and is_heading_like(block.text)


def _announced(text: str) -> str | None:
    """The body that `We call on the City Council to:` names."""
    for start in range(len(text) - 2, max(-1, len(text) - LONGEST_ANNOUNCEMENT), -1):
        match = _LAST_BODY.match(text, start)
        if match and (start == 0 or not text[start - 1].isalnum()):
            name = match["body"]
            body = body_in(name) or (bare(name) if name.istitle() and " " not in name else None)
            if body or body_at_start(name):
                return body
    return None
