"""Remove words that roll-up and karaoke captions repeat from the previous cue."""

import re
from collections.abc import Iterator
from itertools import pairwise

from indexer.importers.captions.cues import Cue, Line

_ADJACENT = 1000  # milliseconds between two cues that may repeat the same words
_MIN_SHARE = 0.4  # of adjacent cues repeat words; if fewer do, the words were said twice
_MAX_WORDS_PER_SECOND = 6  # in speech; words repeated faster were not said again
_OUTER_TAGS = re.compile(r"^(?:\s*<[^<>]*>)+|(?:<[^<>]*>\s*)+$")


def unrolled(cues: list[Cue]) -> list[Cue]:
    """Return each cue with only its new text, leaving out cues that have none."""
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
    """Yield the cues, merging each run of equal cues that is one utterance."""
    runs: list[list[Cue]] = []
    for cue in cues:
        before = runs[-1][-1] if runs else None
        same = before and (before.text, before.speakers) == (cue.text, cue.speakers)
        if before and same and cue.start - before.end <= _ADJACENT:
            runs[-1].append(cue)
        else:
            runs.append([cue])
    for run in runs:
        if _is_one_utterance(run):
            yield run[0]._replace(end=run[-1].end)
        else:
            yield from run


def _is_one_utterance(run: list[Cue]) -> bool:
    """Return whether equal cues are one utterance: karaoke, or too fast to be repeated speech."""
    if len({_OUTER_TAGS.sub("", cue.raw) for cue in run}) > 1:
        return True
    words = len(run) * len(run[0].text.split())
    return words * 1000 > _MAX_WORDS_PER_SECOND * (run[-1].end - run[0].start)


def _repeated(before: Cue, cue: Cue) -> int:
    """Return how many leading words of a cue repeat the previous cue.

    Repeated words are whole lines from the end of the previous cue, or all of its words.
    """
    if cue.start - before.end > _ADJACENT:
        return 0
    shown = before.text.split()
    for count in range(len(cue.lines), 0, -1):
        words = [word for line in cue.lines[:count] for word in line.text.split()]
        if shown[-len(words) :] == words:
            return len(words)
    return len(shown) if cue.text.split()[: len(shown)] == shown else 0


def _without(cue: Cue, count: int) -> Cue:
    """Return a cue without its first `count` words."""
    kept = []
    for line in cue.lines:
        words = line.text.split()
        left = words[count:]
        count = max(0, count - len(words))
        if left:
            kept.append(Line(" ".join(left), line.speaker))
    return cue._replace(lines=tuple(kept))
