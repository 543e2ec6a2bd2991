"""Who says each line of a recording: voice tags, or names before the words where they are a habit.

A wrong name under a quotation is worse than none, so a name counts only where the file uses such
names throughout, and it ends where the file does not say that the same person goes on.
"""

import re
from collections import Counter
from typing import NamedTuple

from indexer.importers.captions.cues import Cue

PAUSE = 5000  # milliseconds without words after which somebody else may be speaking

_TURN = re.compile(r"(>{2,}|-(?=[^\W\d_]|[\[(])|[-–—](?=\s))\s*")
_NAME = re.compile(
    r"(?:[\[(](?P<within>[^\])]{1,60})[\])]|(?P<name>[^\W\d_][^:!?;,\"<>\[\]]{0,59})):(?:\s+|$)"
)
_SENTENCE = re.compile(r"\w{4}\.\s")  # "Dr. Ana" is a name, "We met. She said" is none
_SMALL = set("of the and for de del la las los da do dos das van von der den di el y e".split())
# What stands before a colon in speech and names nobody.
_NOBODY = set(
    """note notes nota notas warning example ejemplo question pregunta remember again first second
    third finally next then now so but and also step number point http https""".split()
)
_WORDS = 6  # of a name at most
_EVERY = 0.6  # of the cues begin with a name: then whatever stands before the colon is one


class Said(NamedTuple):
    """Words of one cue by one speaker; `turn` where the file says that another one begins."""

    cue: int
    start: int
    end: int
    text: str
    speaker: str | None
    turn: bool


class _Start(NamedTuple):
    """How a line begins: the mark of a turn, and a name before a colon; and what follows each."""

    mark: str
    after_mark: str
    name: str
    after_name: str


def said(cues: list[Cue]) -> list[Said]:
    """The lines of all cues in order, each with its speaker where the file tells."""
    if any(line.speaker for cue in cues for line in cue.lines):
        return [
            Said(at, cue.start, cue.end, line.text, line.speaker, False)
            for at, cue in enumerate(cues)
            for line in cue.lines
        ]
    return _by_names(cues)


def _by_names(cues: list[Cue]) -> list[Said]:
    starts = [[_start(line.text) for line in cue.lines] for cue in cues]
    names = _names(starts)
    marked = any(start.mark.startswith(">>") for cue in starts for start in cue)
    found: list[Said] = []
    speaker, end = None, 0
    for at, cue in enumerate(cues):
        if cue.start - end >= PAUSE and not marked:
            speaker = None
        end = max(end, cue.end)
        for start in starts[at]:
            named = start.name in names
            if named or start.mark:
                speaker = start.name if named else None
            text = start.after_name if named else start.after_mark
            if text:
                found.append(Said(at, cue.start, cue.end, text, speaker, bool(start.mark)))
    return found


def _start(text: str) -> _Start:
    turn = _TURN.match(text)
    rest = text[turn.end() :] if turn else text
    match = _NAME.match(rest)
    mark = turn.group(1) if turn else ""
    if not match:
        return _Start(mark, rest, "", rest)
    return _Start(mark, rest, (match["within"] or match["name"]).strip(), rest[match.end() :])


def _names(starts: list[list[_Start]]) -> set[str]:
    """The names that stand before words as a habit of this file."""
    named = [start for cue in starts for start in cue if _may_name(start.name)]
    counts = Counter(start.name for start in named)
    often = {name for name, count in counts.items() if count > 1}
    people = {name for name in counts if _titled(name)}
    first = sum(_may_name(cue[0].name) for cue in starts)
    if len(starts) > 1 and first >= _EVERY * len(starts):
        return often | people
    capitals = [start.name for start in named if start.name == start.name.upper()]
    found = set(capitals) if len(capitals) > 1 else set()
    found |= {start.name for start in named if start.mark.startswith(">>")} & people
    return found | (often & people if len(often & people) > 1 else set())


def _may_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _WORDS and words[0].lower() not in _NOBODY and not _SENTENCE.search(name)
    )


def _titled(name: str) -> bool:
    """Whether every word begins as a name's does."""
    return all(word in _SMALL or not word.strip("(")[:1].islower() for word in name.split())
