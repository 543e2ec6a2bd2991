"""Words that a line strikes out: old law in bills, what an editor deletes."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from indexer.importers.pdf.glyphs.drawings import Rule
from indexer.importers.pdf.glyphs.textpage import Word

# Height of the line above the baseline, in sizes: an underline is below, a frame above.
LOWEST, HIGHEST = 0.12, 0.46
COVERED = 0.6  # least part of a word's width that the line covers
SPANNED = 0.7  # least part of the line that the words cover: a longer one is part of a drawing
SAME_LINE = 1.0  # points between pieces of one line
LARGEST = 200.0  # points of type


def without_struck(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """Return the words; those with a line through their middle have no text, but keep their room.

    Without their room, the gap that they leave would read as one between cells of a table.
    """
    if not rules:
        return list(words)
    ordered = sorted(words, key=lambda word: word.y)
    heights = [word.y for word in ordered]
    struck: set[int] = set()
    for rule in _joined(rules):
        near = ordered[bisect_left(heights, rule.y) : bisect_right(heights, rule.y + LARGEST)]
        crossed = [word for word in near if _crosses(rule, word)]
        if not crossed:
            continue
        left, right = min(word.x0 for word in crossed), max(word.x1 for word in crossed)
        if min(right, rule.x1) - max(left, rule.x0) >= SPANNED * (rule.x1 - rule.x0):
            struck.update(map(id, crossed))
    return _emptied(words, struck) if struck else list(words)


def _emptied(words: Sequence[Word], struck: set[int]) -> list[Word]:
    found: list[Word] = []
    for word in words:
        apart = bool(found) and not found[-1].text and not found[-1].joined
        joined = word.joined and not apart
        text = "" if id(word) in struck else word.text
        found.append(word._replace(text=text, joined=joined))
    return found


def _crosses(rule: Rule, word: Word) -> bool:
    if not LOWEST * word.size <= word.y - rule.y <= HIGHEST * word.size:
        return False
    covered = min(rule.x1, word.x1) - max(rule.x0, word.x0)
    return covered >= COVERED * max(word.x1 - word.x0, 1.0)


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Return the lines with those that continue each other as one: some programs draw pieces."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y), rule.x0)):
        last = found[-1] if found else None
        if last and abs(last.y - rule.y) <= SAME_LINE and rule.x0 <= last.x1 + SAME_LINE:
            found[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            found.append(rule)
    return found
