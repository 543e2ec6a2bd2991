"""Detect the encoding of a text from its bytes and its declaration, and decode it."""

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

import chardet

MIXED = "utf-8 with single bytes of windows-1252"
CUT = "utf-8 that ends within a character"

_WESTERN = ("cp1252", "iso8859-15", "mac-roman", "cp850", "cp437")
# Encodings found in texts and web pages; without a list, chardet also proposes mainframe encodings.
_CANDIDATES = (
    *_WESTERN, "cp1250", "iso8859-2", "cp852", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5",
    "cp1253", "iso8859-7", "cp1254", "cp1255", "cp1256", "iso8859-6", "cp1257", "cp1258", "cp874",
    "cp932", "euc-jp", "gb18030", "big5", "cp949",
)  # fmt: skip
# Weights for chardet's confidence. A Western text with few accents can fit another encoding
# slightly better (0.062 against 0.051); texts in other scripts fit theirs ten times better.
_WEIGHT_WESTERN, _WEIGHT_LANGUAGE = 2, 4

# Byte-order mark, encoding, bytes per character; UTF-32 first, since its mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", 1),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
_PROBE_BYTES = 4096  # enough to detect UTF-16, in which every second byte of Latin text is zero

_SAMPLE_BYTES = 64 * 1024  # from lines that are not ASCII; more does not change the result
_MAX_BYTES_BEFORE = 1000  # taken from a long line before its first non-ASCII byte
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")


# Searched for a declared encoding; browsers read 1,024, but it may follow long comments.
HEAD_BYTES = 8192
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.IGNORECASE
)
# Labels that denote other encodings on the web than in Python (WHATWG, Encoding Standard).
_WEB_LABELS = {
    **dict.fromkeys("ascii us-ascii iso-8859-1 iso8859-1 latin1 latin-1 l1".split(), "cp1252"),
    **dict.fromkeys("gb2312 gbk x-gbk".split(), "gb18030"),
    **dict.fromkeys("iso-8859-9 latin5".split(), "cp1254"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis".split(), "cp932"),
    **dict.fromkeys("euc-kr ks_c_5601-1987 ksc5601".split(), "cp949"),
    **dict.fromkeys("iso-8859-11 tis-620".split(), "cp874"),
    **dict.fromkeys("macintosh x-mac-roman".split(), "mac_roman"),
    "x-mac-cyrillic": "mac_cyrillic",
}
# The only encoding on the web with escape sequences; its bytes look like ASCII.
_ESCAPED = "iso2022_jp"


class Decoded(NamedTuple):
    """A decoded text, its encoding, and whether the encoding was guessed."""

    text: str
    encoding: str
    is_guessed: bool = False
    broken_line: int | None = None  # the first that is invalid, if the encoding is certain


def decode(data: bytes, declared: str | None = None, language: str | None = None) -> Decoded:
    """Decode bytes, given the codec that they declare and the language of their text, if known.

    In order of precedence, the encoding is that of a byte-order mark, UTF-16 if zero bytes indicate
    it, ISO-2022-JP if it is declared and the bytes have escapes, UTF-8 if the bytes are valid, the
    declared one, or a guess. No byte becomes U+FFFD.
    """
    encoding, width, data = _marked(data)
    if encoding != "utf-8" and (wide := encoding or _unmarked_wide(data)):
        return _certain(data[: len(data) - len(data) % width], wide, is_guessed=not encoding)
    if declared == _ESCAPED and b"\x1b" in data:
        return _certain(data, declared)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        whole = data[: error.start] if error.reason == "unexpected end of data" else b""
    if declared:
        with suppress(UnicodeDecodeError):
            return Decoded(data.decode(declared), declared)
    if not whole.isascii():  # else it is more likely a single letter in a legacy encoding
        return Decoded(whole.decode("utf-8"), CUT, is_guessed=True)
    found = _guess(data, language)
    text = data.decode(found, errors=_HANDLER)
    return Decoded(text, MIXED if found == "utf-8" else found, is_guessed=True)


def declared_codec(data: bytes, label: str | None = None) -> str | None:
    """Return the codec that a page's HTTP header (`label`) or else the page itself declares.

    Return None if neither names a known codec, or if a byte-order mark overrides both.
    """
    if _marked(data)[0]:
        return None
    in_page = _DECLARED.search(data, 0, HEAD_BYTES)
    return _codec(label or "") or _codec(in_page[1].decode("ascii") if in_page else "")


def usual_name(codec: str) -> str:
    """Return the common name of a codec, such as `windows-1252` for `cp1252`."""
    return codec.replace("cp125", "windows-125").replace("_", "-")


def _codec(label: str) -> str | None:
    """Return the codec that an encoding label denotes on the web, or None if it is unknown."""
    try:
        codec = codecs.lookup(_WEB_LABELS.get(label.lower(), label))
        "".encode(codec.name)  # some codecs are not text encodings
    except LookupError:
        return None
    # A declaration that could be read cannot be in UTF-16; browsers use UTF-8 in this case.
    return "utf-8" if codec.name.startswith(("utf-16", "utf-32", "utf-7")) else codec.name


def _marked(data: bytes) -> tuple[str | None, int, bytes]:
    """Return the encoding of a byte-order mark, its bytes per character, and the data after it.

    Without a mark, the encoding is None, and the bytes per character are those of UTF-16.
    """
    for mark, encoding, width in _MARKS:
        if data.startswith(mark):
            return encoding, width, data[len(mark) :]
    return None, 2, data


def _certain(data: bytes, encoding: str, is_guessed: bool = False) -> Decoded:
    """Decode bytes in an encoding that is certain; omit invalid bytes and note their first line."""
    try:
        return Decoded(data.decode(encoding), encoding, is_guessed)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, errors="ignore").count("\n") + 1
        return Decoded(data.decode(encoding, errors="ignore"), encoding, is_guessed, line)


def _unmarked_wide(data: bytes) -> str | None:
    """Return the UTF-16 codec that the positions of zero bytes indicate, or None."""
    probe = data[:_PROBE_BYTES]
    even, odd, half = probe[::2].count(0), probe[1::2].count(0), len(probe) // 2
    if odd * 2 > half and even * 20 <= half:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > half and odd * 20 <= half else None


def _guess(data: bytes, language: str | None) -> str:
    """Return the most likely encoding: `utf-8` if most non-ASCII characters are valid UTF-8."""
    sample = _sample(data)
    multibyte, high = _MULTIBYTE.findall(sample), len(_HIGH.findall(sample))
    if multibyte and len(multibyte) >= high - sum(map(len, multibyte)):
        return "utf-8"
    known = (language or "").partition("-")[0].lower()
    found = chardet.detect_all(
        sample, compat_names=False, include_encodings=_CANDIDATES, ignore_threshold=True
    )
    best = max(found, key=lambda one: _weight(one, known))
    return usual_name(best["encoding"] or "cp1252")


def _weight(found: chardet.DetectionDict, language: str) -> float:
    weight = _WEIGHT_WESTERN if found["encoding"] in _WESTERN else 1
    if language and found["language"] == language:
        weight = _WEIGHT_LANGUAGE
    return found["confidence"] * weight


def _sample(data: bytes) -> bytes:
    """Return the first lines with non-ASCII bytes, up to about _SAMPLE_BYTES."""
    found: list[bytes] = []
    at = size = 0
    while size < _SAMPLE_BYTES and (high := _HIGH.search(data, at)):
        begin = max(data.rfind(b"\n", at, high.start()) + 1, high.start() - _MAX_BYTES_BEFORE, at)
        end = data.find(b"\n", high.start(), high.start() + _SAMPLE_BYTES)
        at = end if end >= 0 else high.start() + _SAMPLE_BYTES
        found.append(data[begin:at])
        size += len(found[-1])
    return b"\n".join(found)


def _single(error: UnicodeError) -> tuple[str, int]:
    """Handle a decoding error: decode the bytes as windows-1252 or, failing that, Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    try:
        return piece.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return piece.decode("latin-1"), error.end


_HANDLER = "precedent-single-bytes"
codecs.register_error(_HANDLER, _single)
