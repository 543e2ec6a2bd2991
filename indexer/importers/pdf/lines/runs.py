"""Join words into runs: neighbors on a line, with superscripts, subscripts and list markers."""

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.importers.pdf.glyphs.textpage import Word
from indexer.importers.pdf.lines.wording import LOWERED, RAISED, is_marker

DROPPED = "\x10"  # follows a drop cap, after which a new word may begin, as in "A city"
_OPENING = "\"'“”‘’«¿¡"

# All in type sizes.
MAX_GAP = 1.0  # between words of a run; a wider gap may be between two columns
MAX_OVERLAP = 0.5  # by which a word may begin before the previous one ends
SAME_LINE = 0.16  # between baselines
MAX_SCRIPT_SIZE = 0.86  # of a superscript or subscript
RAISE = (0.14, 0.8)  # height of a superscript's baseline
LOWER = (0.06, 0.4)  # depth of a subscript's baseline
MAX_SCRIPT_GAP = 0.45  # before a superscript
MAX_HANG = 6.0  # between a bullet or number and the text of its list item
MIN_SMALL_CAPITAL = 0.55  # size of small capitals on the same line

# The next four are relative to the size of the body text.
MIN_DROP_CAP = 1.7  # size of a drop cap
MAX_CAP_SPACE = 1.6  # between a drop cap and the lines beside it
MAX_CAP_OVERLAP = 0.4  # by which the box of a drop cap may reach into the lines
SAME_CAP_LINE = 0.35  # between baselines
CAP_HEIGHT = 0.9  # of a drop cap, relative to its own size


class Run:
    """Neighboring words on a line; `size` is the largest type size, without superscripts."""

    __slots__ = ("bold", "letters", "order", "raised", "size", "text", "x0", "x1", "y")

    def __init__(self, word: Word, order: int = 0) -> None:
        self.order = order  # position in the file
        self.text, self.x0, self.x1 = word.text, word.x0, word.x1
        self.y, self.size = word.y, word.size
        self.letters = len(word.text)
        self.bold = self.letters if word.bold else 0  # number of bold letters
        self.raised = False  # whether it begins with a superscript

    @property
    def top(self) -> float:
        """The approximate top of capital letters."""
        return self.y - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The approximate bottom of descenders."""
        return self.y + 0.22 * self.size

    def take(self, word: Word) -> bool:
        """Add the next word in the file if it belongs to this run, and return whether it does."""
        gap, down = word.x0 - self.x1, word.y - self.y
        smaller, larger = min(self.size, word.size), max(self.size, word.size)
        if 0 <= gap < MAX_HANG * larger and is_marker(self.text):
            if abs(down) > 2 * RAISE[0] * larger:
                return False
            self.y, self.size = word.y, word.size
        elif not -MAX_OVERLAP * larger < gap < MAX_GAP * larger:
            return False
        elif abs(down) > SAME_LINE * smaller or smaller < MIN_SMALL_CAPITAL * larger:
            if smaller > MAX_SCRIPT_SIZE * larger:
                return False
            return self._take_script(word) if word.size < self.size else self._put_before(word)
        self._add(word, "" if word.joined else " ")
        return True

    def _take_script(self, word: Word) -> bool:
        if word.x0 - self.x1 > MAX_SCRIPT_GAP * self.size:
            return False
        down = (word.y - self.y) / self.size
        if RAISE[0] <= -down <= RAISE[1]:
            self._add(word._replace(text=f"{RAISED}{word.text}{LOWERED}"), "")
        elif LOWER[0] <= down <= LOWER[1]:
            self._add(word, "" if word.joined else " ")
        else:
            return False
        return True

    def _put_before(self, word: Word) -> bool:
        """Make this run a superscript before a word, or return False if it is not raised."""
        if self.raised or not RAISE[0] <= (word.y - self.y) / word.size <= RAISE[1]:
            return False
        self.text, self.raised = f"{RAISED}{self.text}{LOWERED}", True
        self.y, self.size = word.y, word.size
        self._add(word, " ")
        return True

    def _add(self, word: Word, space: str) -> None:
        if word.text:
            self.text = f"{self.text}{space if self.text else ''}{word.text}"
        self.x1 = max(self.x1, word.x1)
        self.letters += len(word.text)
        self.bold += len(word.text) if word.bold else 0
        if word.size > self.size and len(word.text) > 1:
            self.size = word.size


def runs(words: Iterable[Word]) -> list[Run]:
    """Join words into runs, and return the runs that have text, in file order."""
    found: list[Run] = []
    for order, word in enumerate(words):
        if not found or not found[-1].take(word):
            found.append(Run(word, order))
    return [run for run in found if run.text]


def with_drop_caps(words: Sequence[Word]) -> list[Word]:
    """Return the words, with each drop cap joined to the first line beside it.

    The other lines beside a drop cap are extended to its left edge.
    """
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    body = max(sizes, key=sizes.__getitem__, default=0.0)
    found = list(words)
    for cap in words:
        letter = cap.text.strip(_OPENING)
        if cap.size > MIN_DROP_CAP * body and len(letter) == 1 and letter.isupper():
            _set_before(found, cap, body)
    return found


def _set_before(words: list[Word], cap: Word, body: float) -> None:
    """Join a drop cap to its first line, in place, and extend the lines beside it."""
    first: dict[float, int] = {}  # baseline -> the line's word nearest to the drop cap
    for index, word in enumerate(words):
        beside = -MAX_CAP_OVERLAP * body <= word.x0 - cap.x1 <= MAX_CAP_SPACE * body
        within = cap.y - CAP_HEIGHT * cap.size < word.y <= cap.y + SAME_CAP_LINE * body
        if beside and within and MIN_DROP_CAP * word.size < cap.size and word.text:
            line = next((y for y in first if abs(y - word.y) <= SAME_CAP_LINE * body), word.y)
            if line not in first or word.x0 < words[first[line]].x0:
                first[line] = index
    raised = len(first) == 1 and abs(next(iter(first)) - cap.y) <= SAME_CAP_LINE * body
    if len(first) < 2 and not raised:
        return
    for number, line in enumerate(sorted(first)):
        word = words[first[line]]
        text = f"{cap.text}{DROPPED}{word.text}" if number == 0 else word.text
        words[first[line]] = word._replace(text=text, x0=cap.x0, joined=False)
    words.remove(cap)
