"""Detect the undeclared encoding of a text, and decode it without losing characters."""

import codecs
import re

import chardet

MIXED = "utf-8 with single bytes of windows-1252"

_WESTERN = ("cp1252", "iso8859-15", "mac-roman", "cp850", "cp437")
# Encodings found in texts and web pages; without a list, chardet also proposes mainframe encodings.
_CANDIDATES = (
    *_WESTERN, "cp1250", "iso8859-2", "cp852", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5",
    "cp1253", "iso8859-7", "cp1254", "cp1255", "cp1256", "iso8859-6", "cp1257", "cp1258", "cp874",
    "cp932", "euc-jp", "gb18030", "big5", "cp949",
)  # fmt: skip
# Weights for chardet's confidence. A Western text with few curly quotes and accents can fit another
# encoding slightly better (0.062 against 0.051); texts in other scripts fit theirs ten times
# better.
_WEIGHT_WESTERN, _WEIGHT_LANGUAGE = 2, 4

_BOMS = (  # longer ones first: the UTF-32 mark begins with the UTF-16 mark
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PROBE_BYTES = 4096  # enough to detect UTF-16, in which every second byte of Latin text is zero

_SAMPLE_BYTES = 64 * 1024  # of lines that are not ASCII; more does not change the result
_MAX_BYTES_BEFORE = 1000  # in a long line, before its first non-ASCII byte
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")


def marked(data: bytes) -> tuple[str | None, bytes]:
    """Return the encoding stated by a byte-order mark, and the bytes after the mark."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return None, data


def unmarked_wide(data: bytes) -> str | None:
    """Detect UTF-16 without a byte-order mark from the positions of its zero bytes."""
    probe = data[:_PROBE_BYTES]
    even, odd, half = probe[::2].count(0), probe[1::2].count(0), len(probe) // 2
    if odd * 2 > half and even * 20 <= half:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > half and odd * 20 <= half else None


def guess(data: bytes, language: str | None) -> str | None:
    """Return the likeliest encoding; `utf-8` if most of the text is UTF-8; None if none fits."""
    sample = _sample(data)
    multibyte, high = _MULTIBYTE.findall(sample), len(_HIGH.findall(sample))
    if multibyte and len(multibyte) >= high - sum(map(len, multibyte)):
        return "utf-8"
    known = (language or "").partition("-")[0].lower()
    found = chardet.detect_all(
        sample, compat_names=False, include_encodings=_CANDIDATES, ignore_threshold=True
    )
    best = max(found, key=lambda one: _weight(one, known))
    return _shown(best["encoding"]) if best["encoding"] else None


def decode_guessed(data: bytes, encoding: str) -> str:
    """Decode bytes; an undefined byte is decoded as in browsers, never as U+FFFD."""
    return data.decode(encoding, errors=_HANDLER)


def _weight(found: chardet.DetectionDict, language: str) -> float:
    weight = _WEIGHT_WESTERN if found["encoding"] in _WESTERN else 1
    if language and found["language"] == language:
        weight = _WEIGHT_LANGUAGE
    return found["confidence"] * weight


def _shown(codec: str) -> str:
    """Return the common name of a codec."""
    return codec.replace("cp125", "windows-125")


def _sample(data: bytes) -> bytes:
    """Return a sample of the lines that contain non-ASCII bytes."""
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
