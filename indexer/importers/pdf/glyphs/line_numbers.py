"""Remove line numbers from the words of a page: 1 to 25 in a transcript, 5, 10 in a bill."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.importers.pdf.glyphs.textpage import Word

MIN_NUMBERS = 8  # if every line has one
MIN_NUMBERS_BY_FIVE = 4
MIN_EQUAL_STEPS = 0.8  # share of numbers that increase by the usual step
MIN_EVEN_GAPS = 0.75  # share of distances between numbers that are about equal
GAP_TOLERANCE = 0.2  # of the usual distance
MAX_DIGITS = 4
EDGE_TOLERANCE = 14.0  # points by which the left or right edges of the numbers may differ
LEFT_MARGIN = 0.3  # of the page width; line numbers begin within it
MAX_GAPPED_LINES = 0.3  # share of lines with wide gaps; with more, the numbers are a table column
TABLE_GAP = 2.5  # in type sizes


def without_line_numbers(words: Sequence[Word], width: float) -> list[Word]:
    """Return the words without line numbers."""
    numbers = _leftmost_numbers(words, width)
    if len(numbers) < MIN_NUMBERS_BY_FIVE or not _count_up(numbers) or _is_table(words, numbers):
        return list(words)
    counted = {id(number) for number in numbers}
    return [word for word in words if id(word) not in counted]


def _leftmost_numbers(words: Sequence[Word], width: float) -> list[Word]:
    """Return the numbers in one vertical strip with nothing to their left, from the top."""
    digits = [
        word
        for word in words
        if len(word.text) <= MAX_DIGITS and word.text.isdecimal() and word.x0 < LEFT_MARGIN * width
    ]
    if len(digits) < MIN_NUMBERS_BY_FIVE:
        return []
    edge, _ = Counter(round(word.x1 / EDGE_TOLERANCE) for word in digits).most_common(1)[0]
    strip = [word for word in digits if abs(word.x1 / EDGE_TOLERANCE - edge) <= 1]
    right = max(word.x1 for word in strip)
    inside = sum(word.x0 < right for word in words)
    if inside > len(strip) + max(3, len(strip) // 8):
        return []
    return sorted(strip, key=lambda word: word.y)


def _count_up(numbers: Sequence[Word]) -> bool:
    """Return whether the numbers increase by one, five or ten at even distances."""
    steps = Counter(int(after.text) - int(one.text) for one, after in pairwise(numbers))
    step, often = steps.most_common(1)[0]
    if step not in {1, 5, 10} or often < MIN_EQUAL_STEPS * (len(numbers) - 1):
        return False
    if step == 1 and len(numbers) < MIN_NUMBERS:
        return False
    gaps = sorted(after.y - one.y for one, after in pairwise(numbers))
    usual = gaps[len(gaps) // 2]
    even = sum(abs(gap - usual) <= GAP_TOLERANCE * usual for gap in gaps)
    return usual > 0 and even >= MIN_EVEN_GAPS * len(gaps)


def _is_table(words: Sequence[Word], numbers: Sequence[Word]) -> bool:
    """Return whether many of the numbered lines have further columns."""
    right = max(number.x1 for number in numbers)
    lines: dict[int, list[Word]] = {}
    for word in words:
        if word.x0 > right:
            lines.setdefault(round(word.y / 3), []).append(word)
    gapped = 0
    for line in lines.values():
        line.sort(key=lambda word: word.x0)
        gapped += any(after.x0 - one.x1 > TABLE_GAP * one.size for one, after in pairwise(line))
    return gapped > MAX_GAPPED_LINES * max(len(lines), 1)
