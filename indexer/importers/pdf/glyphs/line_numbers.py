"""Words of a page -> those that are no line numbers: 1 to 25 in a transcript, 5, 10 in a bill."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.importers.pdf.glyphs.textpage import Word

FEWEST = 8  # numbers, where each line has one
FEWEST_BY_FIVE = 4
STEPS = 0.8  # least share of numbers that are the one above and one more
EVEN = 0.75  # least share of distances between numbers that are alike
ALIKE = 0.2  # of that distance
MAX_DIGITS = 4
EDGE = 14.0  # points that the left or the right ends of the numbers may differ by
LEFT = 0.3  # part of the page's width that they are in
TABLE = 0.3  # share of the lines with wide gaps, above which the numbers are a column of a table
WIDE = 2.5  # gap of a table, in sizes


def without_line_numbers(words: Sequence[Word], width: float) -> list[Word]:
    """Return the words without the numbers that count the lines."""
    numbers = _outermost(words, width)
    if len(numbers) < FEWEST_BY_FIVE or not _count(numbers) or _is_table(words, numbers):
        return list(words)
    counted = {id(number) for number in numbers}
    return [word for word in words if id(word) not in counted]


def _outermost(words: Sequence[Word], width: float) -> list[Word]:
    """Return the numbers in one upright strip with nothing left of them, from the top."""
    digits = [
        word
        for word in words
        if len(word.text) <= MAX_DIGITS and word.text.isdecimal() and word.x0 < LEFT * width
    ]
    if len(digits) < FEWEST_BY_FIVE:
        return []
    edge, _ = Counter(round(word.x1 / EDGE) for word in digits).most_common(1)[0]
    strip = [word for word in digits if abs(word.x1 / EDGE - edge) <= 1]
    right = max(word.x1 for word in strip)
    inside = sum(word.x0 < right for word in words)
    if inside > len(strip) + max(3, len(strip) // 8):
        return []
    return sorted(strip, key=lambda word: word.y)


def _count(numbers: Sequence[Word]) -> bool:
    """Return whether the numbers go up evenly by one, or by five, at even distances."""
    steps = Counter(int(after.text) - int(one.text) for one, after in pairwise(numbers))
    step, often = steps.most_common(1)[0]
    if step not in {1, 5, 10} or often < STEPS * (len(numbers) - 1):
        return False
    if step == 1 and len(numbers) < FEWEST:
        return False
    gaps = sorted(after.y - one.y for one, after in pairwise(numbers))
    usual = gaps[len(gaps) // 2]
    even = sum(abs(gap - usual) <= ALIKE * usual for gap in gaps)
    return usual > 0 and even >= EVEN * len(gaps)


def _is_table(words: Sequence[Word], numbers: Sequence[Word]) -> bool:
    """Return whether most of the counted lines have further columns."""
    right = max(number.x1 for number in numbers)
    lines: dict[int, list[Word]] = {}
    for word in words:
        if word.x0 > right:
            lines.setdefault(round(word.y / 3), []).append(word)
    gapped = 0
    for line in lines.values():
        line.sort(key=lambda word: word.x0)
        gapped += any(after.x0 - one.x1 > WIDE * one.size for one, after in pairwise(line))
    return gapped > TABLE * max(len(lines), 1)
