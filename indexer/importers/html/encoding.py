"""Decode a page in its actual encoding, which may not be the declared one."""

import re

from indexer.importers.shared import encodings
from indexer.importers.shared.encodings import HEAD_BYTES, MIXED, declared_codec, usual_name

_LANGUAGE = re.compile(rb"""<html\b[^>]{0,400}?\blang\s*=\s*["']?([a-z]{2,3})\b""", re.IGNORECASE)

# C1 control characters, which are never intended: a program read windows-1252 as Latin-1.
_C1_CONTROLS = {
    code: char
    for code in range(0x80, 0xA0)
    if (char := bytes([code]).decode("cp1252", errors="ignore"))
}
# Characters not allowed in a tree, literal or as numeric references; the first two become spaces.
_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys(b"\x0b\x0c", " "),
    **{code: None for code in range(0x20) if code not in b"\t\n\x0b\x0c\r"},
    **dict.fromkeys((0xFFFE, 0xFFFF)),
}
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,8}));?", re.IGNORECASE)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode a page, and return its text and a remark about its encoding, or "" for none.

    `declared` is the encoding stated in MIME headers, if any.
    """
    codec, language = declared_codec(data, declared), _LANGUAGE.search(data, 0, HEAD_BYTES)
    found = encodings.decode(data, codec, language[1].decode() if language else None)
    text, remark = found.text, _remark(found, codec, data.isascii())
    if lost := text.count("\ufffd"):
        said = f"characters lost before the page was saved: {lost:,}, shown as \ufffd"
        remark = f"{remark}; {said}" if remark else said
    clean = text.translate(_C1_CONTROLS).translate(_CONTROLS)
    return _REFERENCE.sub(_allowed, clean), remark


def _allowed(reference: re.Match[str]) -> str:
    """Return a character reference, or "" if its character is not allowed in a tree."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "" if code in _CONTROLS or 0xD800 <= code <= 0xDFFF else reference[0]


def _remark(found: encodings.Decoded, declared: str | None, is_ascii: bool) -> str:
    """Return a remark about the encoding of a page, or "" if it needs none."""
    name = usual_name(found.encoding)
    if found.broken_line:
        return f"invalid characters in {name} text left out"
    if found.is_guessed and not found.encoding.startswith("utf-16"):
        if declared is None or (declared, found.encoding) == ("utf-8", MIXED):
            return f"encoding guessed as {name}"
        return f"encoding guessed as {name}; it is not {usual_name(declared)}, as declared"
    if found.encoding == "utf-8" and declared not in {None, "utf-8"} and not is_ascii:
        return f"declared as {usual_name(str(declared))}, but it is UTF-8; read as UTF-8"
    return ""
