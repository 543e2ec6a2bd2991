"""Decode text files; an undeclared encoding is detected and reported in a remark."""

import re
from pathlib import Path

from indexer.importers.base import SourceInfo
from indexer.importers.shared.encodings import (
    MIXED,
    decode_guessed,
    guess,
    marked,
    unmarked_wide,
)
from kb.domain.imports import Remark
from kb.errors import UnreadableError

MAX_TEXT_BYTES = 50 * 1024 * 1024  # about 40 long novels; takes four times that in memory

MAX_LINES = 1_000_000  # including page breaks; prose of MAX_TEXT_BYTES has 50 characters per line
_WIDTHS = {"utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2}  # bytes

# Control characters that do not occur in text; tabs, line breaks, form feeds, escapes and
# end-of-file marks may.
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NOISE = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MAX_NOISE = 20  # text has fewer than one such character in 20; binary data has one in ten

CUT = "utf-8 that ends within a character"
_BREAK = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")


def decode(path: Path, info: SourceInfo) -> tuple[str, str | None]:
    r"""Return the text of a file with `\n` line breaks, and its encoding if that was guessed.

    The encoding is None for UTF-8 and for a file with a byte-order mark. U+2028 and other Unicode
    separators are kept, because JSON may contain them: see `with_newlines`. Raise UnreadableError
    if the file is not text.
    """
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise too_long(info)
    return decode_bytes(path.read_bytes(), info)


def too_long(info: SourceInfo) -> UnreadableError:
    """Return the error for a file that exceeds the size limit."""
    limit = MAX_TEXT_BYTES // 1024 // 1024
    return UnreadableError(
        info.name, f"more than {limit} MB of text", f"less: split it into files under {limit} MB"
    )


def decode_bytes(data: bytes, info: SourceInfo) -> tuple[str, str | None]:
    """Decode the bytes of a file, with the same result as `decode`."""
    encoding, rest = marked(data)
    wide = None if encoding else unmarked_wide(data)
    if encoding == "utf-8" or not (encoding or wide):
        text, guessed = _narrow(rest, info)
    else:
        text, guessed = _wide(rest, encoding or str(wide), info), wide
    controls = len(_CONTROL.findall(text))
    if controls * _MAX_NOISE > len(text):
        raise _no_text(info)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") + text.count("\f") > MAX_LINES:
        wrong = f"more than {MAX_LINES:,} lines"
        raise UnreadableError(info.name, wrong, "fewer lines: split the file")
    return text, guessed


def with_newlines(text: str) -> str:
    r"""Replace every Unicode line or paragraph separator in a text by `\n`."""
    return _BREAK.sub("\n", text)


def remarks(text: str, guessed: str | None) -> tuple[Remark, ...]:
    """Return remarks on decoded text: on a guessed encoding and on control characters."""
    found = []
    if guessed:
        said = f"no encoding is stated; read as {guessed}. Save it as UTF-8 if words look wrong"
        found.append(Remark(place="", text=said))
    if first := _CONTROL.search(text):
        count = len(_CONTROL.findall(text))
        line = text.count("\n", 0, first.start()) + 1
        found.append(Remark(place=f"line {line}", text=f"{count} control characters left out"))
    return tuple(found)


def _wide(data: bytes, encoding: str, info: SourceInfo) -> str:
    """Decode UTF-16 or UTF-32, leaving out an incomplete last character."""
    whole = len(data) - len(data) % _WIDTHS[encoding]
    try:
        return data[:whole].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, errors="ignore").count("\n") + 1
        wrong = f"bytes that are not {encoding.upper()}, which its first bytes state"
        raise UnreadableError(info.name, wrong, "text in one encoding", f"line {line}") from error


def _narrow(data: bytes, info: SourceInfo) -> tuple[str, str | None]:
    """Decode UTF-8, even with some bytes in another encoding, or the likeliest other encoding."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        # After pure ASCII, the last bytes are more likely a letter in a legacy encoding.
        cut = error.reason == "unexpected end of data" and not data[: error.start].isascii()
        if cut:
            return data[: error.start].decode("utf-8"), CUT
    if len(_NOISE.findall(data)) * _MAX_NOISE > len(data):
        raise _no_text(info)  # before detection, because any bytes fit some legacy encoding
    encoding = guess(data, info.language)
    if encoding is None:
        raise _no_text(info)
    return decode_guessed(data, encoding), MIXED if encoding == "utf-8" else encoding


def _no_text(info: SourceInfo) -> UnreadableError:
    wrong = "its bytes are no text in any encoding that is known here"
    return UnreadableError(info.name, wrong, "a text file; save it again as UTF-8")
