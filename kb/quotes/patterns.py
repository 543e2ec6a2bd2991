"""Regular expressions that find a quotation in a text, each fold overlooking a little more.

The folds are fixed; no similarity score decides. Whatever no fold overlooks is a difference.
"""

import re
import unicodedata
from collections.abc import Iterator

from kb.quotes.nouns import Fold

FOLDS: tuple[Fold, ...] = ("none", "line-breaks", "typography", "first-letter", "marks")

# Characters of the text that match one of the quotation if typography is overlooked.
_DOUBLE, _SINGLE = '["“”„‟«»″]', "['‘’‚‛ʼ′]"
_DASH = r"(?:---?|[-‐‑‒–—―−])"
_ALIKE = (
    dict.fromkeys('"“”„‟«»″', _DOUBLE)
    | dict.fromkeys("'‘’‚‛ʼ′", _SINGLE)
    | dict.fromkeys("-‐‑‒–—―−", _DASH)
)
_SPACED_DASH = re.compile(r"\s*(?:[‒–—―−]|--+)\s*|\s+-\s+")
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "st": "ﬆ"}
_UNLIGATED = {ligature: letters for letters, ligature in _LIGATURES.items()}
_UNSEEN = "[\u00ad\u200b\u200c\u2060\ufeff]"  # soft hyphen, zero-width spaces, byte order mark

# Marks by which a writer shows that something was left out or put in.
_LEFT_OUT = re.compile(r"\s*(?:[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.(?:\s?\.)?)\s*")
_PUT_IN = re.compile(r"\[(?!\w\]\w)[^\[\]]{1,200}\]")
_CAPITAL = re.compile(r"\[(\w)\](?=\w)")
_CLOSING = re.compile(r"[\s.,;:]+$")
MAX_LEFT_OUT, MAX_PUT_IN = 1500, 200  # characters of the text that a mark stands for

# A match begins and ends between words, and not inside a number.
_BEFORE, _AFTER = r"(?<!\w)(?<!\d[.,])", r"(?!\w)(?![.,]\d)"


def trimmed(quotation: str) -> str:
    """Return a quotation without the punctuation before its closing quotation mark.

    >>> trimmed("free every bus,"), trimmed(" It ended. ")
    ('free every bus', 'It ended')
    """
    return _CLOSING.sub("", quotation).strip()


def pattern(quotation: str, fold: Fold) -> re.Pattern[str] | None:
    """Return the expression that finds a quotation under a fold, or None if it has no words.

    >>> pattern("the “long” road", "typography").search('the "long"  road').span()
    (0, 16)
    """
    text = trimmed(quotation)
    if not any(one.isalnum() for one in text):
        return None
    if fold == "none":
        return re.compile(_BEFORE + re.escape(text) + _AFTER)
    if fold == "marks":
        return _with_marks(text)
    body = "".join(_characters(unicodedata.normalize("NFC", text), fold))
    return re.compile(_BEFORE + body + _AFTER)


def find(expression: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches in order; of several with the same end, only the shortest."""
    found = expression.search(text)
    while found:
        following = expression.search(text, found.start() + 1)
        if following is None or following.end() != found.end():
            yield found
        found = following


def _with_marks(text: str) -> re.Pattern[str] | None:
    """Return the expression for a quotation with marked omissions and insertions.

    Its groups match the stored text in their place. Return None if there is no other text.
    """
    parts = [part for part in _LEFT_OUT.split(text) if part.strip()]
    if not parts:
        return None
    made = [_BEFORE + _with_words(_CLOSING.sub("", part).strip()) + _AFTER for part in parts]
    return re.compile(rf"((?s:.{{0,{MAX_LEFT_OUT}}}?))".join(made))


def _with_words(part: str) -> str:
    """Return the expression for text between ellipses, in which `[words]` are insertions."""
    body, last = "", 0
    for put_in in _PUT_IN.finditer(part):
        body += _plain(part[last : put_in.start()])
        body += "" if put_in[0].casefold() == "[sic]" else rf"([^.!?]{{0,{MAX_PUT_IN}}}?)"
        last = put_in.end()
    return body + _plain(part[last:])


def _plain(part: str) -> str:
    """Return the expression for words, ignoring the case of the first letter and of `[T]he`."""
    found, last = "", 0
    for capital in _CAPITAL.finditer(part):
        before = part[last : capital.start()]
        found += "".join(_characters(before, "typography" if found else "first-letter"))
        found += f"[{capital[1].lower()}{capital[1].upper()}]"
        last = capital.end()
    rest = "".join(_characters(part[last:], "first-letter" if not last else "typography"))
    return re.sub(r"^(?:\\s\+)|(?:\\s\+)$", r"\\s*", found + rest)


def _characters(text: str, fold: Fold) -> Iterator[str]:
    """Yield the expressions for the characters, ligatures and white space of a text in order."""
    typographic = fold != "line-breaks"
    if typographic:
        text = _SPACED_DASH.sub("—", text)
    is_first = fold == "first-letter"
    position = 0
    while position < len(text):
        size, expression = _next(text, position, typographic)
        letter = text[position]
        if is_first and letter.isalpha():
            expression, is_first = f"(?:{expression}|{re.escape(letter.swapcase())})", False
        yield expression
        position += size
        if position < len(text) and letter.isalpha() and text[position].isalpha():
            # A word may be divided at the end of a line.
            yield rf"(?:[-‐\u00ad]\s*\n\s*|{_UNSEEN})?"


def _next(text: str, position: int, typographic: bool) -> tuple[int, str]:
    """Return the number of characters that the next expression matches, and the expression."""
    letter = text[position]
    if letter.isspace():
        return len(text[position:]) - len(text[position:].lstrip()), r"\s+"
    if not typographic:
        return 1, r"[-‐]\s*" if letter in "-‐" else re.escape(letter)
    for letters, ligature in _LIGATURES.items():
        if text.startswith(letters, position):
            return len(letters), f"(?:{letters}|{ligature})"
    return 1, _alike(letter)


def _alike(letter: str) -> str:
    """Return the expression for a character and its typographic variants."""
    if letter == "—":
        return rf"\s*{_DASH}\s*"
    if letter in "«»":
        return rf"\s?{_DOUBLE}\s?"
    if letter in _ALIKE:
        return _ALIKE[letter]
    if letter in _UNLIGATED:
        return f"(?:{letter}|{_UNLIGATED[letter]})"
    apart = unicodedata.normalize("NFD", letter)
    return f"(?:{letter}|{apart})" if apart != letter else re.escape(letter)
