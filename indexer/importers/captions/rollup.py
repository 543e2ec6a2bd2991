"""Captions that roll up show on every cue what the cue before showed; each word is kept once.

YouTube's own captions and those of live television are so.
"""

from itertools import pairwise

from indexer.importers.captions.cue_text import Line
from indexer.importers.captions.cues import Cue

_ADJACENT = 1000  # milliseconds between two cues that may show the same words
_SHARE = 0.4  # of neighbouring cues that repeat: below it, words said twice are words said twice


def unrolled(cues: list[Cue]) -> list[Cue]:
    """The cues with what is new in each; those without anything new are left out.

    A cue that stands twice at one moment is kept once in any file.
    """
    single = cues[:1] + [
        cue
        for before, cue in pairwise(cues)
        if (before.start, before.text) != (cue.start, cue.text)
    ]
    pairs = list(pairwise(single))
    partly = sum(1 for before, cue in pairs if before.text != cue.text and _repeated(before, cue))
    if partly < 2 or partly < _SHARE * len(pairs):
        return single
    rest = [_without(cue, _repeated(before, cue)) for before, cue in pairs]
    return [cue for cue in [single[0], *rest] if cue.lines]


def _repeated(before: Cue, cue: Cue) -> int:
    """How many words at the start of a cue are the end of the one before; whole lines only."""
    if cue.start - before.end > _ADJACENT:
        return 0
    shown = before.text.split()
    for count in range(len(cue.lines), 0, -1):
        words = [word for line in cue.lines[:count] for word in line.text.split()]
        if shown[-len(words) :] == words:
            return len(words)
    return len(shown) if cue.text.split()[: len(shown)] == shown else 0


def _without(cue: Cue, count: int) -> Cue:
    """The cue without so many words at its start."""
    kept = []
    for line in cue.lines:
        words = line.text.split()
        left = words[count:]
        count = max(0, count - len(words))
        if left:
            kept.append(Line(" ".join(left), line.speaker))
    return cue._replace(lines=tuple(kept))
