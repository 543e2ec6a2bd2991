"""Decode text files, and write remarks about guessed encodings and control characters."""

import re
from pathlib import Path

from indexer.importers.base import SourceInfo
from indexer.importers.shared import encodings
from kb.domain.imports import Remark
from kb.errors import UnreadableError

MAX_TEXT_BYTES = 50 * 1024 * 1024  # about 40 long novels; takes four times that in memory
MAX_LINES = 1_000_000  # including page breaks; prose of MAX_TEXT_BYTES has 50 characters per line

# Control characters that do not occur in text, unlike form feeds, escapes and end-of-file marks.
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Control characters are fewer than one in 20 in text, and one in ten in binary data.
_MAX_NOISE = 20
_BREAK = re.compile("[\x0b\x85\u2028\u2029]")


def decode(path: Path, info: SourceInfo) -> tuple[str, str | None]:
    r"""Return the text of a file with `\n` line breaks, and its encoding if it was guessed.

    The encoding is None for UTF-8 and for a file with a byte-order mark. Raise UnreadableError if
    the file is not text or is too long.
    """
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise too_long(info)
    text, guessed = decode_bytes(path.read_bytes(), info)
    return _BREAK.sub("\n", text), guessed


def too_long(info: SourceInfo) -> UnreadableError:
    """Return the error for a file that exceeds the size limit."""
    limit = MAX_TEXT_BYTES // 1024 // 1024
    return UnreadableError(info.name, f"more than {limit} MB of text", "less. Next: split the file")


def decode_bytes(data: bytes, info: SourceInfo) -> tuple[str, str | None]:
    """Decode the bytes of a file like `decode`, but keep U+2028, which may be in a JSON string."""
    text, encoding, is_guessed, broken_line = encodings.decode(data, language=info.language)
    if broken_line:
        wrong = f"bytes that are not {encoding.upper()}, the encoding of its first bytes"
        raise UnreadableError(info.name, wrong, "text in one encoding", f"line {broken_line}")
    if len(_CONTROL.findall(text)) * _MAX_NOISE > len(text):
        wrong = "not text in any known encoding"
        raise UnreadableError(info.name, wrong, "a text file. Next: save it again as UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") + text.count("\f") > MAX_LINES:
        wrong = f"more than {MAX_LINES:,} lines"
        raise UnreadableError(info.name, wrong, "fewer. Next: split the file")
    return text, encoding if is_guessed else None


def remarks(text: str, guessed: str | None) -> tuple[Remark, ...]:
    """Return remarks about a guessed encoding and about control characters in a decoded text."""
    found = []
    if guessed:
        said = f"no encoding stated; read as {guessed}. If words look wrong, save it as UTF-8"
        found.append(Remark(place="", text=said))
    if first := _CONTROL.search(text):
        count = len(_CONTROL.findall(text))
        line = text.count("\n", 0, first.start()) + 1
        found.append(Remark(place=f"line {line}", text=f"{count} control characters left out"))
    return tuple(found)
