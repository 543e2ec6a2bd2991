"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator

from sentencex import segment

# The splitter aborts on some white space of several bytes, and takes no lone surrogates; both are
# replaced, one character by one, in the copy that it sees.
_SPACE = re.compile(r"\s")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

# Characters at a time, for its work grows with the square of opening quotation marks.
WINDOW = 10_000

# `1.`, `(a)`, `4.2.` or `IV.` alone: the number of the sentence that follows.
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.):]?\)?", re.IGNORECASE)
# Abbreviations that the splitter does not know: some stand before a number, some before a name.
_BEFORE_NUMBER = re.compile(
    r"\b(?:approx|aprox|arts?|ca|caps?|cl|ctr|exp|fig|figs|inc|incs|int|lit|n|no|nos|núms?|ord|ordin|"
    r"p|paras?|párrs?|pp|pt|pts|res|secs?|tab|vol|vols)\.$",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"\b(?:Asoc|Atty|Bros|Cía|Col|Comm|Cllr|Conc|Coord|Ct|Del|Dist|Dña|Dptal|Dpto|EE|Fr|Gral|Ing|Lcda|"
    r"Lcdo|Mons|Mtra|Mtro|Pdta|Pdte|Pres|Rep|Sec|Sens|Supp|Supt|UU|Univ)\.$"
)
_NUMBER = re.compile(r"[\d§#]|[IVX]{2,}\b")
_NAME = re.compile(r"[^\W\d_]")
# What a sentence cannot begin with: the ring of `n.º`, a closing mark, and a small letter where
# the words before broke off or were somebody's (`“Why?” she asked`).
_CLOSING = re.compile(r"[º°ª)\]»”’,;:]")
_BROKEN_OFF = re.compile(r"(?:\.\.\.|…|[?!.][\"”’»])$")


def sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The spans [start, end) of the sentences, in order.

    Everything but white space lies in one span, and no span begins or ends with white space.

    >>> text = "Sec. 3 costs $1.5 million. The U.S. Senate met."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Sec. 3 costs $1.5 million.', 'The U.S. Senate met.']
    """
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text, language):
        if spans and _goes_on(text[spans[-1][0] : spans[-1][1]], text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    """What the splitter makes of it, without white space around and without empty pieces."""
    seen, place = _SURROGATE.sub("\ufffd", _SPACE.sub(" ", text)), 0
    while place < len(seen):
        for piece in segment(language, seen[place : _cut(seen, place)]):
            start, place = place, place + len(piece)
            bare = piece.strip()
            if bare:
                first = start + piece.index(bare[0])
                yield first, first + len(bare)


def _cut(seen: str, place: int) -> int:
    """Where a window that begins at a place ends: after a sentence, where there is one."""
    end = place + WINDOW
    if end >= len(seen):
        return len(seen)
    for mark in (". ", " "):
        last = seen.rfind(mark, place + 1, end)
        if last > place:
            return last + len(mark)
    return end


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence was broken between the two."""
    if _CLOSING.match(after) or _ENUMERATOR.fullmatch(before):
        return True
    if _BROKEN_OFF.search(before):
        return after[0].islower()
    tail = before[-12:]
    if _BEFORE_NUMBER.search(tail):
        return bool(_NUMBER.match(after))
    return bool(_BEFORE_NAME.search(tail) and _NAME.match(after))
