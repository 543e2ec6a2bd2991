"""A large first letter beside several lines -> the first letter of the first of them."""

from collections import Counter
from collections.abc import Sequence

from indexer.importers.pdf.glyphs.textpage import Word

DROPPED = "\x10"  # between such a letter and what follows, which may be another word: "A city"

LARGE = 1.7  # times the size that most letters have
# All in sizes of the text.
NEAR = 1.6  # most space between the letter and the lines beside it
OVERLAP = 0.4  # by which its box may reach into them
SAME_LINE = 0.35  # between baselines
HEIGHT = 0.9  # of the letter, in its own size
_OPENING = "\"'“”‘’«¿¡"


def with_drop_caps(words: Sequence[Word]) -> list[Word]:
    """Return the words with each large first letter put before the first line beside it.

    The other lines beside it are moved to its left edge: they begin where the paragraph does.
    """
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    found = list(words)
    for cap in words:
        if cap.size > LARGE * body and _is_letter(cap.text):
            _set_before(found, cap, body)
    return found


def _is_letter(text: str) -> bool:
    letter = text.strip(_OPENING)
    return len(letter) == 1 and letter.isupper()


def _set_before(words: list[Word], cap: Word, body: float) -> None:
    """Move the letter, and the lines beside it, within the list."""
    first: dict[float, int] = {}  # baseline -> the word of its line that is nearest to the letter
    for index, word in enumerate(words):
        beside = -OVERLAP * body <= word.x0 - cap.x1 <= NEAR * body
        within = cap.y - HEIGHT * cap.size < word.y <= cap.y + SAME_LINE * body
        if beside and within and LARGE * word.size < cap.size and word.text:
            line = next((y for y in first if abs(y - word.y) <= SAME_LINE * body), word.y)
            if line not in first or word.x0 < words[first[line]].x0:
                first[line] = index
    raised = len(first) == 1 and abs(next(iter(first)) - cap.y) <= SAME_LINE * body
    if len(first) < 2 and not raised:
        return
    for number, line in enumerate(sorted(first)):
        word = words[first[line]]
        text = f"{cap.text}{DROPPED}{word.text}" if number == 0 else word.text
        words[first[line]] = word._replace(text=text, x0=cap.x0, joined=False)
    words.remove(cap)
