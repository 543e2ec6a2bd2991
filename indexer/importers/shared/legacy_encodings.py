"""Which encoding from before UTF-8 a text is in, told by what stands where in its words.

A general detector takes Spanish in windows-1252 for windows-1250 ("ańo"), so the encodings of
Western Europe are weighed here first; what fits none of them goes to charset-normalizer.
"""

import codecs
import re

from charset_normalizer import from_bytes

MIXED = "utf-8 with single bytes of windows-1252"

# In order of likelihood; the first wins among equals. What they decode alike does not matter.
_WESTERN = ("windows-1252", "iso8859-15", "mac-roman", "cp850", "cp437")
_OTHERS = {
    "central": ("cp1250", "iso8859_2", "cp852"),
    "cyrillic": ("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5"),
    "greek": ("cp1253", "iso8859_7"),
    "turkish": ("cp1254",),
    "hebrew": ("cp1255",),
    "arabic": ("cp1256", "iso8859_6"),
    "japanese": ("cp932", "euc_jp"),
    "chinese": ("gb18030", "big5"),
    "korean": ("cp949",),
}
# These fit nearly any bytes, so they are tried where the language is known only.
_NAMED = {"baltic": ("cp1257",), "vietnamese": ("cp1258",), "thai": ("cp874",)}
_FAMILIES = {
    "central": "pl cs sk hu hr sl ro bs sq",
    "cyrillic": "ru uk bg sr mk be",
    "greek": "el",
    "turkish": "tr az",
    "hebrew": "he yi",
    "arabic": "ar fa ur",
    "baltic": "lt lv et",
    "vietnamese": "vi",
    "thai": "th",
    "japanese": "ja",
    "chinese": "zh",
    "korean": "ko",
}
_FAMILY = {code: family for family, codes in _FAMILIES.items() for code in codes.split()}

_SAMPLE = 64 * 1024  # bytes of lines that are not ASCII; more does not change the answer
_BEFORE = 1000  # bytes of a long line before the first that is not ASCII
_FITS = 0.5  # mean weight of a character, of 1 at best; words of other scripts stay below 0

_COMMON = set("áéíóúñüàèìòùçãõâêîôûäëïößåæøœÿªº")
_RARE = set("ðþýšžƒ")
_OPENING, _CLOSING = set("“‘«¿¡„‚‹"), set("”’»›…™®©²³¹°%")
_MONEY, _DASHES = set("£€¥¢§¶†‡#"), set("–—·•×÷±¼½¾→ ")
_WIDE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


def guess(data: bytes, language: str | None) -> str | None:
    """The name of the encoding for `as_stated`; `utf-8` where most of it is; None if none fits."""
    sample = _sample(data)
    wide, high = _WIDE.findall(sample), len(_HIGH.findall(sample))
    if wide and len(wide) >= high - sum(map(len, wide)):
        return "utf-8"
    family = _FAMILY.get((language or "").partition("-")[0].lower())
    if family is None:
        weights = {name: _weight(as_stated(sample, name)) for name in _WESTERN}
        best = max(_WESTERN, key=lambda name: weights[name])
        if weights[best] >= _FITS:
            return best
    return _detected(data, sample, _names(family))


def as_stated(data: bytes, encoding: str) -> str:
    """The text; a byte that has no character there is read as browsers read it, never as U+FFFD."""
    return data.decode(encoding, errors=_HANDLER)


def _sample(data: bytes) -> bytes:
    """Lines with bytes beyond ASCII, from the beginning, so far as they are needed."""
    found: list[bytes] = []
    at = size = 0
    while size < _SAMPLE and (high := _HIGH.search(data, at)):
        begin = max(data.rfind(b"\n", at, high.start()) + 1, high.start() - _BEFORE, at)
        end = data.find(b"\n", high.start(), high.start() + _SAMPLE)
        at = end if end >= 0 else high.start() + _SAMPLE
        found.append(data[begin:at])
        size += len(found[-1])
    return b"\n".join(found)


def _detected(data: bytes, sample: bytes, names: tuple[str, ...]) -> str | None:
    best = from_bytes(sample, cp_isolation=list(names)).best()
    if best is None:
        return None
    try:
        data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return best.encoding.replace("cp125", "windows-125")


def _names(family: str | None) -> tuple[str, ...]:
    known = _OTHERS | _NAMED
    if family in known:
        return known[family]
    return tuple(name for names in _OTHERS.values() for name in names)


def _weight(text: str) -> float:
    """The mean weight of the characters beyond ASCII, each by itself and its neighbours; <= 1."""
    around = f" {text} "
    weights = [
        _character(around[at - 1], char, around[at + 1])
        for at, char in enumerate(around)
        if char > "\x7f"
    ]
    return sum(weights) / len(weights) if weights else 0.0


def _character(before: str, char: str, after: str) -> float:
    if char.isalpha():
        return _letter(before, char, after)
    if char == "’" and before.isalpha():
        return 1
    if char in _OPENING:
        return 1 if after.isalnum() and not before.isalnum() else -1
    if char in _CLOSING:
        return 1 if not before.isspace() and not after.isalpha() else -1
    if char in _MONEY:
        return 1 if not before.isalpha() or not after.isalpha() else -1
    if char in _DASHES:
        return 0.9 if before.isalpha() == after.isalpha() else 0.2
    return -3  # a box, a formula or a control character


def _letter(before: str, char: str, after: str) -> float:
    """A letter of Western Europe hangs on a plain one, and is no capital after a small one."""
    if before.islower() and char.isupper():
        return -3
    if char.lower() not in _COMMON:
        return 0 if char.lower() in _RARE else -2
    plain = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    alone = not before.isalpha() and not after.isalpha()
    return 1 if plain else (0 if alone else -1)


def _single(error: UnicodeError) -> tuple[str, int]:
    """Bytes that have no character in an encoding, as windows-1252, else as Latin-1 (a control)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    try:
        return piece.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return piece.decode("latin-1"), error.end


_HANDLER = "precedent-single-bytes"
codecs.register_error(_HANDLER, _single)
