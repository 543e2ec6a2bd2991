"""Split a text into sentences."""

import re
from collections.abc import Iterator

from sentencex import segment

# sentencex aborts on some multi-byte white space and rejects lone surrogates. Both are replaced in
# its input by one character each, so that positions stay the same.
_SPACE = re.compile(r"\s")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

# Characters per call; the time of a call is quadratic in the number of opening quotation marks.
WINDOW = 10_000

# `1.`, `(a)`, `4.2.` or `IV.` alone: the number of the sentence that follows.
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.):]?\)?", re.IGNORECASE)
# Abbreviations unknown to sentencex, before a number or before a name.
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
# A sentence cannot begin with the ordinal sign of `n.º`, a closing mark, or a lower-case letter
# after an ellipsis or a quotation (`“Why?” she asked`).
_CLOSING = re.compile(r"[º°ª)\]»”’,;:]")
_ELLIPSIS_OR_QUOTE = re.compile(r"(?:\.\.\.|…|[?!.][\"”’»])$")


def sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return the spans [start, end) of the sentences, in order.

    The spans cover all characters except the white space between sentences.

    >>> text = "Sec. 3 costs $1.5 million. The U.S. Senate met."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Sec. 3 costs $1.5 million.', 'The U.S. Senate met.']
    """
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text, language):
        if spans and _is_same_sentence(text[spans[-1][0] : spans[-1][1]], text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the spans found by sentencex without surrounding white space, skipping empty ones."""
    seen, place = _SURROGATE.sub("\ufffd", _SPACE.sub(" ", text)), 0
    while place < len(seen):
        for piece in segment(language, seen[place : _cut(seen, place)]):
            start, place = place, place + len(piece)
            bare = piece.strip()
            if bare:
                first = start + piece.index(bare[0])
                yield first, first + len(bare)


def _cut(seen: str, place: int) -> int:
    """Return the end of the window that begins at `place`, at the end of a sentence if possible."""
    end = place + WINDOW
    if end >= len(seen):
        return len(seen)
    for mark in (". ", " "):
        last = seen.rfind(mark, place + 1, end)
        if last > place:
            return last + len(mark)
    return end


def _is_same_sentence(before: str, after: str) -> bool:
    """Return whether a sentence was wrongly split between two pieces."""
    if _CLOSING.match(after) or _ENUMERATOR.fullmatch(before):
        return True
    if _ELLIPSIS_OR_QUOTE.search(before):
        return after[0].islower()
    tail = before[-12:]
    if _BEFORE_NUMBER.search(tail):
        return bool(_NUMBER.match(after))
    return bool(_BEFORE_NAME.search(tail) and _NAME.match(after))
