"""Keep each word once in captions whose cues repeat what was shown before.

Live television and YouTube roll lines up. Karaoke repeats a sentence while it marks word by word.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from indexer.importers.captions.cue_text import Line
from indexer.importers.captions.cues import Cue

_ADJACENT = 1000  # milliseconds between two cues that may show the same words
_MIN_SHARE = 0.4  # of neighbouring cues that repeat; below it, people say the words twice
_MAX_WORDS_A_SECOND = 6  # nobody says more; words shown faster than that are not said again
_OUTER_TAGS = re.compile(r"^(?:\s*<[^<>]*>)+|(?:<[^<>]*>\s*)+$")


def unrolled(cues: list[Cue]) -> list[Cue]:
    """Return the cues with what is new in each; cues without anything new are left out.

    A cue that occurs twice at one moment is one cue in any file.
    """
    single = cues[:1] + [
        cue
        for before, cue in pairwise(cues)
        if (before.start, before.text) != (cue.start, cue.text)
    ]
    once = list(_said_once(single))
    pairs = list(pairwise(once))
    partly = sum(1 for before, cue in pairs if before.text != cue.text and _repeated(before, cue))
    if partly < 2 or partly < _MIN_SHARE * len(pairs):
        return once
    rest = [_without(cue, _repeated(before, cue)) for before, cue in pairs]
    return [cue for cue in [once[0], *rest] if cue.lines]


def _said_once(cues: list[Cue]) -> Iterator[Cue]:
    """Yield the cues; one of each run of equal ones that is one utterance."""
    runs: list[list[Cue]] = []
    for cue in cues:
        if runs and _shows_same(runs[-1][-1], cue):
            runs[-1].append(cue)
        else:
            runs.append([cue])
    for run in runs:
        if _is_one_utterance(run):
            yield run[0]._replace(end=run[-1].end)
        else:
            yield from run


def _shows_same(before: Cue, cue: Cue) -> bool:
    same = before.text == cue.text and before.speakers == cue.speakers
    return same and cue.start - before.end <= _ADJACENT


def _is_one_utterance(run: list[Cue]) -> bool:
    """Return whether equal cues mark one word after the other, or pass too fast to be said."""
    if len({_OUTER_TAGS.sub("", cue.raw) for cue in run}) > 1:
        return True
    words = len(run) * len(run[0].text.split())
    return words * 1000 > _MAX_WORDS_A_SECOND * (run[-1].end - run[0].start)


def _repeated(before: Cue, cue: Cue) -> int:
    """Return how many words at the start of a cue end the cue before; whole lines only."""
    if cue.start - before.end > _ADJACENT:
        return 0
    shown = before.text.split()
    for count in range(len(cue.lines), 0, -1):
        words = [word for line in cue.lines[:count] for word in line.text.split()]
        if shown[-len(words) :] == words:
            return len(words)
    return len(shown) if cue.text.split()[: len(shown)] == shown else 0


def _without(cue: Cue, count: int) -> Cue:
    """Return the cue without so many words at its start."""
    kept = []
    for line in cue.lines:
        words = line.text.split()
        left = words[count:]
        count = max(0, count - len(words))
        if left:
            kept.append(Line(" ".join(left), line.speaker))
    return cue._replace(lines=tuple(kept))
