"""Join drop caps with the first of the lines beside them."""

from collections import Counter
from collections.abc import Sequence

from indexer.importers.pdf.glyphs.textpage import Word

DROPPED = "\x10"  # after a drop cap: what follows may be another word, as in "A city"

MIN_RATIO = 1.7  # of a drop cap's size to that of the text
# All in sizes of the text.
MAX_SPACE = 1.6  # between the drop cap and the lines beside it
MAX_OVERLAP = 0.4  # by which its box may reach into the lines
SAME_LINE = 0.35  # between baselines
CAP_HEIGHT = 0.9  # of the drop cap, in its own size
_OPENING = "\"'“”‘’«¿¡"


def with_drop_caps(words: Sequence[Word]) -> list[Word]:
    """Return the words with each drop cap joined to the first line beside it.

    The other lines beside it are moved to its left edge, where the paragraph begins.
    """
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    found = list(words)
    for cap in words:
        if cap.size > MIN_RATIO * body and _is_letter(cap.text):
            _set_before(found, cap, body)
    return found


def _is_letter(text: str) -> bool:
    letter = text.strip(_OPENING)
    return len(letter) == 1 and letter.isupper()


def _set_before(words: list[Word], cap: Word, body: float) -> None:
    """Join the drop cap to its first line and move the lines beside it, in place."""
    first: dict[float, int] = {}  # baseline -> the line's word nearest to the drop cap
    for index, word in enumerate(words):
        beside = -MAX_OVERLAP * body <= word.x0 - cap.x1 <= MAX_SPACE * body
        within = cap.y - CAP_HEIGHT * cap.size < word.y <= cap.y + SAME_LINE * body
        if beside and within and MIN_RATIO * word.size < cap.size and word.text:
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
