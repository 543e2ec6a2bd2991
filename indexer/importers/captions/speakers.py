"""Find the speaker of each line from voice tags, or from names at the start of lines.

A wrong attribution is worse than none, so names only count if the file uses them regularly, and a
name only applies as long as the same person is clearly speaking.
"""

import re
from collections import Counter
from typing import NamedTuple

from indexer.importers.captions.cues import Cue

PAUSE = 5000  # milliseconds without captions, after which another person may be speaking

_TURN = re.compile(r"(>{2,}|-(?=[^\W\d_]|[\[(])|[-–—](?=\s))\s*")
_NAME = re.compile(
    r"(?:[\[(](?P<within>[^\])]{1,60})[\])]|(?P<name>[^\W\d_][^:!?;,\"<>\[\]]{0,59})):(?:\s+|$)"
)
_SENTENCE = re.compile(r"\w{4}\.\s")  # distinguishes "They came. She said" from "Dr. Ana"
_SMALL = set("of the and for de del la las los da do dos das van von der den di el y e".split())
# Words before a colon in speech that are not names.
_NOBODY = set(
    """note notes nota notas warning example ejemplo question pregunta remember again first second
    third finally next then now so but and also step number point http https""".split()
)
_MAX_NAME_WORDS = 6
_MIN_NAME_SHARE = 0.6  # of cues seem to begin with a name, in a file that uses names throughout


class Said(NamedTuple):
    """Text in one cue from one speaker; `turn` is true if a change of speaker is marked."""

    cue: int
    start: int
    end: int
    text: str
    speaker: str | None
    turn: bool


class _Start(NamedTuple):
    """A line split into the mark of a new speaker, the name before a colon, and the text."""

    mark: str  # marks a change of speaker, if not empty
    after_mark: str
    name: str  # before a colon
    after_name: str


def said(cues: list[Cue]) -> list[Said]:
    """Return the lines of all cues in order, each with its speaker, if known."""
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
    """Return the names of speakers that lines of the file regularly begin with."""
    named = [start for cue in starts for start in cue if _may_name(start.name)]
    counts = Counter(start.name for start in named)
    often = {name for name, count in counts.items() if count > 1}
    # Names of people have capitalized words, except for small words such as "of".
    people = {
        name
        for name in counts
        if all(one in _SMALL or not one.strip("(")[:1].islower() for one in name.split())
    }
    first = sum(_may_name(cue[0].name) for cue in starts)
    if len(starts) > 1 and first >= _MIN_NAME_SHARE * len(starts):
        return often | people
    capitals = [start.name for start in named if start.name == start.name.upper()]
    found = set(capitals) if len(capitals) > 1 else set()
    found |= {start.name for start in named if start.mark.startswith(">>")} & people
    return found | (often & people if len(often & people) > 1 else set())


def _may_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _MAX_NAME_WORDS
        and words[0].lower() not in _NOBODY
        and not _SENTENCE.search(name)
    )
