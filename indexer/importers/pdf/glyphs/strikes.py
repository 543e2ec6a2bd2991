"""Remove the text of struck-out words: repealed law in bills, deletions of an editor."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from indexer.importers.pdf.glyphs.drawings import Rule
from indexer.importers.pdf.glyphs.textpage import Word

# Height of the rule above the baseline, in type sizes: an underline is lower, a frame higher.
MIN_STRIKE_HEIGHT, MAX_STRIKE_HEIGHT = 0.12, 0.46
MIN_WORD_COVERED = 0.6  # share of a word's width that the rule covers
MIN_RULE_COVERED = 0.7  # share of the rule that words cover: a longer one is part of a drawing
SAME_RULE = 1.0  # points between segments of one rule
MAX_TYPE_SIZE = 200.0  # points


def without_struck(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """Return the words, with empty text for those with a rule through their middle.

    Struck words stay in place: without them, their gap would look like one between table cells.
    """
    if not rules:
        return list(words)
    ordered = sorted(words, key=lambda word: word.y)
    heights = [word.y for word in ordered]
    struck: set[int] = set()
    for rule in _joined(rules):
        near = ordered[bisect_left(heights, rule.y) : bisect_right(heights, rule.y + MAX_TYPE_SIZE)]
        crossed = [word for word in near if _crosses(rule, word)]
        if not crossed:
            continue
        left, right = min(word.x0 for word in crossed), max(word.x1 for word in crossed)
        if min(right, rule.x1) - max(left, rule.x0) >= MIN_RULE_COVERED * (rule.x1 - rule.x0):
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
    if not MIN_STRIKE_HEIGHT * word.size <= word.y - rule.y <= MAX_STRIKE_HEIGHT * word.size:
        return False
    covered = min(rule.x1, word.x1) - max(rule.x0, word.x0)
    return covered >= MIN_WORD_COVERED * max(word.x1 - word.x0, 1.0)


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Merge rules that continue each other: some programs draw one rule in segments."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y), rule.x0)):
        last = found[-1] if found else None
        if last and abs(last.y - rule.y) <= SAME_RULE and rule.x0 <= last.x1 + SAME_RULE:
            found[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            found.append(rule)
    return found
