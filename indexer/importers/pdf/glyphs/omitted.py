"""Remove words that are not part of the text: struck-through words and line numbers."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_high, mode

import numpy as np

from indexer.importers.pdf.glyphs.drawings import Rule
from indexer.importers.pdf.glyphs.textpage import Word

# Height of a rule above the baseline, in type sizes; an underline is lower, a frame is higher.
MIN_STRIKE_HEIGHT, MAX_STRIKE_HEIGHT = 0.12, 0.46
MIN_WORD_COVERED = 0.6  # share of a word's width that the rule covers
MIN_RULE_COVERED = 0.7  # share of the rule that words cover; a longer rule is part of a drawing
SAME_RULE = 1.0  # points between segments of one rule

MIN_NUMBERS = 8  # if every line is numbered
MIN_NUMBERS_BY_FIVE = 4
MIN_EQUAL_STEPS = 0.8  # share of numbers that increase by the usual step
MIN_EVEN_GAPS = 0.75  # share of the distances between numbers that are about equal
GAP_TOLERANCE = 0.2  # of the usual distance
MAX_DIGITS = 4
EDGE_TOLERANCE = 14.0  # points by which the left or right edges of the numbers may differ
LEFT_MARGIN = 0.3  # share of the page width in which line numbers begin
MAX_GAPPED_LINES = 0.3  # share of lines with wide gaps; with more, the numbers are a table column
TABLE_GAP = 2.5  # in type sizes


def without_struck(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """Return the words of a page, with empty text for those that a rule strikes through."""
    if not words or not rules:
        return list(words)
    x0, x1, y, size = np.array([(one.x0, one.x1, one.y, one.size) for one in words]).T
    struck = np.zeros(len(words), bool)
    for rule in _joined(rules):
        height = y - rule.y
        covered = np.minimum(rule.x1, x1) - np.maximum(rule.x0, x0)
        crossed = (height >= MIN_STRIKE_HEIGHT * size) & (height <= MAX_STRIKE_HEIGHT * size)
        crossed &= covered >= MIN_WORD_COVERED * np.maximum(x1 - x0, 1.0)
        if crossed.any():
            left, right = max(x0[crossed].min(), rule.x0), min(x1[crossed].max(), rule.x1)
            if right - left >= MIN_RULE_COVERED * (rule.x1 - rule.x0):
                struck |= crossed
    if not struck.any():
        return list(words)
    found: list[Word] = []
    for word, empty in zip(words, struck.tolist(), strict=True):
        apart = found and not found[-1].text and not found[-1].joined
        joined = word.joined and not apart
        found.append(word._replace(text="" if empty else word.text, joined=joined))
    return found


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Merge adjoining rules, because some programs draw one rule in segments."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y), rule.x0)):
        last = found[-1] if found else None
        if last and abs(last.y - rule.y) <= SAME_RULE and rule.x0 <= last.x1 + SAME_RULE:
            found[-1] = last._replace(x1=max(last.x1, rule.x1))
        else:
            found.append(rule)
    return found


def without_line_numbers(words: Sequence[Word], width: float) -> list[Word]:
    """Return the words of a page without the line numbers in its left margin."""
    numbers = _leftmost_numbers(words, width)
    if len(numbers) < MIN_NUMBERS_BY_FIVE or not _count_up(numbers) or _is_table(words, numbers):
        return list(words)
    counted = {id(number) for number in numbers}
    return [word for word in words if id(word) not in counted]


def _leftmost_numbers(words: Sequence[Word], width: float) -> list[Word]:
    """Return the numbers in a vertical strip at the left of the page, from top to bottom.

    Return [] if the strip contains many other words.
    """
    left = (word for word in words if word.x0 < LEFT_MARGIN * width)
    digits = [one for one in left if len(one.text) <= MAX_DIGITS and one.text.isdecimal()]
    if not digits:
        return []
    edge = mode(round(word.x1 / EDGE_TOLERANCE) for word in digits)
    strip = [word for word in digits if abs(word.x1 / EDGE_TOLERANCE - edge) <= 1]
    right = max(word.x1 for word in strip)
    inside = sum(word.x0 < right for word in words)
    if inside > len(strip) + max(3, len(strip) // 8):
        return []
    return sorted(strip, key=lambda word: word.y)


def _count_up(numbers: Sequence[Word]) -> bool:
    """Return whether most of the numbers increase by 1, 5 or 10 at even vertical distances."""
    steps = [int(after.text) - int(one.text) for one, after in pairwise(numbers)]
    step = mode(steps)
    if step not in {1, 5, 10} or steps.count(step) < MIN_EQUAL_STEPS * len(steps):
        return False
    if step == 1 and len(numbers) < MIN_NUMBERS:
        return False
    gaps = [after.y - one.y for one, after in pairwise(numbers)]
    usual = median_high(gaps)
    even = sum(abs(gap - usual) <= GAP_TOLERANCE * usual for gap in gaps)
    return usual > 0 and even >= MIN_EVEN_GAPS * len(gaps)


def _is_table(words: Sequence[Word], numbers: Sequence[Word]) -> bool:
    """Return whether many lines right of the numbers have wide gaps, as table rows do."""
    right = max(number.x1 for number in numbers)
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in sorted(words, key=lambda word: word.x0):
        if word.x0 > right:
            lines[round(word.y / 3)].append(word)
    gapped = sum(
        any(after.x0 - one.x1 > TABLE_GAP * one.size for one, after in pairwise(line))
        for line in lines.values()
    )
    return gapped > MAX_GAPPED_LINES * max(len(lines), 1)
