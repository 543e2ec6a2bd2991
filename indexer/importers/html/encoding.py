"""Decode a page in its actual encoding, which may not be the declared one."""

import codecs
import re
from typing import NamedTuple

from indexer.importers.shared.encodings import (
    MIXED,
    decode_guessed,
    guess,
    marked,
    unmarked_wide,
)

# Bytes searched for a declared encoding. Browsers read 1,024, but a page with long comments at the
# top declares it later.
HEAD_BYTES = 8192

_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_LANGUAGE = re.compile(rb"""<html\b[^>]{0,400}?\blang\s*=\s*["']?([a-z]{2,3})\b""", re.IGNORECASE)

# Labels that denote different encodings on the web and in Python.
# Source: WHATWG, Encoding Standard.
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
# The only 7-bit encoding with escape sequences that is allowed on the web; its bytes look like
# ASCII.
_ESCAPED = "iso2022_jp"

# C1 control characters, which are never intended: some program read windows-1252 as Latin-1.
_C1_CONTROLS = {
    code: char
    for code in range(0x80, 0xA0)
    if (char := bytes([code]).decode("cp1252", errors="ignore"))
}
# Characters not allowed in a tree, as such or as numeric references; the first two become spaces.
_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys(b"\x0b\x0c", " "),
    **{code: None for code in range(0x20) if code not in b"\t\n\x0b\x0c\r"},
    **dict.fromkeys((0xFFFE, 0xFFFF)),
}
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,8}));?", re.IGNORECASE)


class Decoded(NamedTuple):
    """The text of a page, and a remark on how it was decoded, or an empty string."""

    text: str
    remark: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a page; `declared` is the encoding in its MIME headers.

    A byte-order mark takes precedence, then UTF-8 if the bytes are valid UTF-8, then the declared
    encoding, then a guess. No byte is decoded as U+FFFD.
    """
    text, remark = _read(data, _codec(declared) or _codec(_in_page(data)))
    if lost := text.count("\ufffd"):
        said = f"characters lost before the page was saved: {lost:,}, shown as \ufffd"
        remark = f"{remark}; {said}" if remark else said
    clean = text.translate(_C1_CONTROLS).translate(_CONTROLS)
    return Decoded(_REFERENCE.sub(_allowed, clean), remark)


def _allowed(reference: re.Match[str]) -> str:
    """Return a character reference, or "" if its character is not allowed in a tree."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "" if code in _CONTROLS or 0xD800 <= code <= 0xDFFF else reference[0]


def _read(data: bytes, encoding: str | None) -> tuple[str, str]:
    """Decode bytes in the likeliest encoding; return the text, and a remark or ""."""
    by_mark, rest = marked(data)
    if certain := by_mark or unmarked_wide(data):
        return _stated(rest, certain)
    if encoding == _ESCAPED and b"\x1b" in data:
        return _stated(data, encoding)
    text = _strictly(data, "utf-8")
    if text is not None:
        if encoding in {None, "utf-8"} or data.isascii():
            return text, ""
        return text, f"declared as {_shown(encoding)}, read as UTF-8, which it is"
    text = _strictly(data, encoding) if encoding and encoding != "utf-8" else None
    return (text, "") if text is not None else _guessed(data, encoding)


def _stated(data: bytes, encoding: str) -> tuple[str, str]:
    """Decode bytes whose encoding is certain, even if some of them are invalid."""
    text = _strictly(data, encoding)
    if text is not None:
        return text, ""
    if encoding == "utf-8":
        return decode_guessed(data, encoding), f"read as {MIXED}"
    said = f"broken characters were left out of text in {_shown(encoding)}"
    return data.decode(encoding, errors="ignore"), said


def _guessed(data: bytes, declared: str | None) -> tuple[str, str]:
    """Decode bytes in the encoding that the page's language and bytes suggest."""
    language = _LANGUAGE.search(data, 0, HEAD_BYTES)
    found = guess(data, language[1].decode() if language else None) or "cp1252"
    name = MIXED if found == "utf-8" else _shown(found)
    against = f", for it is not the {_shown(declared)} that it declares" if declared else ""
    if declared == found == "utf-8":
        against = ""
    return decode_guessed(data, found), f"encoding guessed as {name}{against}"


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _in_page(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, HEAD_BYTES)
    return found[1].decode("ascii") if found else None


def _codec(name: str | None) -> str | None:
    """Return the codec for an encoding label on the web; None if it is unknown."""
    if not name:
        return None
    try:
        codec = codecs.lookup(_WEB_LABELS.get(name.lower(), name))
        "".encode(codec.name)  # some codecs are not text encodings
    except LookupError:
        return None
    # A declaration that could be read cannot be in UTF-16; browsers use UTF-8 in this case.
    return "utf-8" if codec.name.startswith(("utf-16", "utf-32", "utf-7")) else codec.name


def _shown(codec: str | None) -> str:
    """Return the common name of a codec."""
    return (codec or "").replace("cp125", "windows-125").replace("_", "-")
