"""The bytes of a text file -> its text; an encoding that nothing states is guessed and said."""

import codecs
import re
from pathlib import Path

from indexer.importers.base import Asked
from indexer.importers.shared.legacy_encodings import MIXED, as_stated, guess
from kb.domain.imports import Remark
from kb.errors import UnreadableError

LONGEST = 50 * 1024 * 1024  # bytes of text; some 40 long novels, and four times that in memory

# The longer mark stands first, for that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDTHS = {"utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2}
_PROBE = 4096  # bytes that tell UTF-16 without a mark: its Latin text has every other byte zero

# What no text has; tab, line breaks, form feed, escape and the old end-of-file mark are in some.
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NOISE = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_MANY = 20  # one such character in so many is no text: noise has one in ten

CUT = "utf-8 that ends within a character"
_BREAK = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")


def decode(path: Path, asked: Asked) -> tuple[str, str | None]:
    r"""The text of a file with `\n` as line break, and the encoding where it was guessed.

    None stands for UTF-8 and for what a byte-order mark states. U+2028 and its like stay as they
    are, for JSON may hold them: see `with_newlines`. UnreadableError where it is no text.
    """
    if path.stat().st_size > LONGEST:
        raise too_long(asked)
    return decode_bytes(path.read_bytes(), asked)


def too_long(asked: Asked) -> UnreadableError:
    """The error for more text than is read at once."""
    limit = LONGEST // 1024 // 1024
    return UnreadableError(
        asked.name, f"more than {limit} MB of text", f"less: split it into files under {limit} MB"
    )


def decode_bytes(data: bytes, asked: Asked) -> tuple[str, str | None]:
    """The same for bytes that were read already."""
    encoding, skipped = _marked(data)
    if encoding:
        text, guessed = _strict(data[skipped:], encoding, asked)
    elif wide := _unmarked_wide(data):
        text, guessed = _strict(data, wide, asked)[0], wide
    else:
        text, guessed = _narrow(data, asked)
    controls = len(_CONTROL.findall(text))
    if controls * _MANY > len(text):
        raise _no_text(asked)
    return text.replace("\r\n", "\n").replace("\r", "\n"), guessed


def with_newlines(text: str) -> str:
    r"""The text with `\n` for every line and paragraph separator of Unicode."""
    return _BREAK.sub("\n", text)


def remarks(text: str, guessed: str | None) -> tuple[Remark, ...]:
    """What a reader must know of decoded text: a guess, and control characters left out."""
    found = []
    if guessed:
        said = f"no encoding is stated; read as {guessed}. Save it as UTF-8 if words look wrong"
        found.append(Remark(place="", text=said))
    if first := _CONTROL.search(text):
        count = len(_CONTROL.findall(text))
        line = text.count("\n", 0, first.start()) + 1
        found.append(Remark(place=f"line {line}", text=f"{count} control characters left out"))
    return tuple(found)


def _marked(data: bytes) -> tuple[str | None, int]:
    """The encoding that a byte-order mark states, and the length of the mark."""
    return next(((name, len(mark)) for mark, name in _MARKS if data.startswith(mark)), (None, 0))


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 told by where the zero bytes are; None where it is not."""
    probe = data[:_PROBE]
    even, odd = probe[::2].count(0), probe[1::2].count(0)
    half = len(probe) // 2
    if odd * 2 > half and even * 20 <= half:
        return "utf-16-le"
    return "utf-16-be" if even * 2 > half and odd * 20 <= half else None


def _strict(data: bytes, encoding: str, asked: Asked) -> tuple[str, str | None]:
    """The text in the encoding that is stated; of UTF-8 that is broken in parts, what can be read.

    A last character that a file was cut off in is left out.
    """
    if encoding == "utf-8":
        return _narrow(data, asked)
    whole = len(data) - len(data) % _WIDTHS[encoding]
    try:
        return data[:whole].decode(encoding), None
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, errors="ignore").count("\n") + 1
        wrong = f"bytes that are not {encoding.upper()}, which its first bytes state"
        raise UnreadableError(asked.name, wrong, "text in one encoding", f"line {line}") from error


def _narrow(data: bytes, asked: Asked) -> tuple[str, str | None]:
    """UTF-8; UTF-8 with a few bytes of another; else the encoding that fits best."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        # In text that is plain otherwise it is rather one letter of an old encoding.
        cut = error.reason == "unexpected end of data" and not data[: error.start].isascii()
        if cut:
            return data[: error.start].decode("utf-8"), CUT
    if len(_NOISE.findall(data)) * _MANY > len(data):
        raise _no_text(asked)  # before any guess, for some old encoding fits any bytes
    encoding = guess(data, asked.language)
    if encoding is None:
        raise _no_text(asked)
    return as_stated(data, encoding), MIXED if encoding == "utf-8" else encoding


def _no_text(asked: Asked) -> UnreadableError:
    wrong = "its bytes are no text in any encoding that is known here"
    return UnreadableError(asked.name, wrong, "a text file; save it again as UTF-8")
