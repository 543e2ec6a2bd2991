"""Convert RTF to UTF-8 for pandoc, and remove pictures, deleted text and binary data."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.importers.office.blocks import CLOSE, OPEN
from indexer.importers.office.metadata import Prepared
from indexer.importers.shared.stated import About
from indexer.importers.shared.zip_archive import MEBI
from kb.errors import UnreadableError

TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z])|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)

# Code pages, by the character set number of a font and by a control word in the file header.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
HEADS = {b"ansi": "cp1252", b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
PAGES = {65001: "utf-8", 10000: "mac_roman", 708: "iso8859_6", 0: "cp1252"}

# The largest groups without text; pandoc itself leaves out the others.
SKIPPED = {b"pict", b"nonshppict", b"objdata", b"themedata", b"datastore"}
STARRED = {b"footnote"}  # some programs write \* before it, so that pandoc ignores it
MARKERS = {b"listtext", b"pntext"}  # the printed number or bullet of a list item
NUMBER = re.compile(r"(?=.*\d).*|(?=.*[^\W\d_])(?=.*[.):(-]).*", re.DOTALL)  # "1", "a)", "iv."
SYMBOLS = range(0xF020, 0xF100)  # bullets and arrows of symbol fonts
ESCAPED = str.maketrans({"\\": "\\\\", "{": "\\{", "}": "\\}", "\r": None, "\n": None})
IN_TEXT = b"\\{}"  # symbols that represent themselves


@dataclass(frozen=True)
class _Group:
    """State of the converter inside a group of the file."""

    page: str | None = None  # code page of the font; None for the code page of the file
    fallback: int = 1  # bytes after a Unicode character, for readers without Unicode
    skipped: bool = False
    deleted: bool = False
    marker: bool = False
    font: int = 0


class _Reader:
    """Converter that processes one file token by token."""

    def __init__(self) -> None:
        self.ended = False  # whether the outermost group, which is the document, is closed
        self._groups = [_Group()]
        self._out: list[bytes] = []
        self._opening: list[bytes] = []  # braces and `\*` that are pending until the next word
        self._bytes = bytearray()  # text in the code page of the font
        self._eat = 0  # remaining bytes of a fallback
        self._marker = ""  # of the list item whose marker is being read
        self._label = ""  # number of a list item whose text has not begun
        self._high = 0  # high surrogate of a character beyond 16 bits
        self._page, self._fonts = "cp1252", dict[int, str]()
        self._words: dict[bytes, Callable[[int], None]] = {
            b"u": self._unicode,
            b"uc": lambda number: self._set(fallback=max(number, 0)),
            b"ansicpg": self._code_page,
            b"deleted": lambda number: self._set(deleted=number != 0),
        }

    def read(self, content: bytes) -> bytes:
        """Return the converted document; afterwards, `ended` is false if the file is cut off."""
        at = 0
        while not self.ended and (found := TOKEN.search(content, at)):
            at = found.end() + self.take(found)
        self._flush()
        return b"".join(self._out)

    def take(self, found: re.Match[bytes]) -> int:
        """Process a token, and return the number of binary bytes that follow it."""
        kind, piece = found.lastgroup, found[0]
        if kind == "hex":
            self._text(bytes.fromhex(found["hex"].decode()))
        elif kind == "text":
            self._text(piece.replace(b"\r", b"").replace(b"\n", b""))
        elif kind == "symbol" and found["symbol"] in IN_TEXT:
            self._text(found["symbol"])
        elif kind == "symbol":
            self._symbol(piece)
        elif kind == "brace":
            self._brace(piece)
        else:
            return self._word(found["word"], found["number"])
        return 0

    def _text(self, text: bytes) -> None:
        self._open()
        eaten = min(self._eat, len(text))
        self._eat -= eaten
        group = self._groups[-1]
        if group.marker or not (group.skipped or group.deleted):
            self._bytes += text[eaten:]

    def _symbol(self, piece: bytes) -> None:
        self._flush()
        self._eat = 0
        if self._opening and piece == b"\\*":
            self._opening.append(piece)
        else:
            self._open()
            self._emit(piece)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._eat = 0
        self._open()
        if brace == b"{":
            self._opening = [brace]
            self._groups.append(self._groups[-1])
        elif len(self._groups) > 1:
            self._close(self._groups.pop())
            self.ended = len(self._groups) == 1

    def _close(self, group: _Group) -> None:
        if not group.skipped:
            self._out.append(b"}")
        if group.marker and not self._groups[-1].marker:
            self._emit(b"{\\listtext}")  # at which pandoc begins a list item
            number = " ".join(self._marker.split())
            self._label, self._marker = number if NUMBER.fullmatch(number) else "", ""

    def _word(self, word: bytes, digits: bytes | None) -> int:
        self._flush()
        number = int(digits) if digits else None
        if word == b"bin":
            return max(number or 0, 0)
        if word == b"rtf" and len(self._groups) > 2:  # pandoc would stop at a nested document
            return 0
        if word == b"striked":  # double strikethrough, which pandoc does not support
            word = b"strike"
        if self._opening and word in SKIPPED | MARKERS:
            self._opening = []
            self._set(skipped=True, marker=word in MARKERS)
        if word in STARRED:
            self._opening = self._opening[:1]
        self._open()
        if word in self._words:
            self._words[word](1 if number is None else number)
        elif word in HEADS:
            self._page = HEADS[word]
        else:
            self._eat = 0
            self._label = "" if word == b"par" else self._label
            self._font(word, number or 0)
            self._emit(b"\\" + word + (digits or b"") + b" ")
        return 0

    def _font(self, word: bytes, number: int) -> None:
        """Update the code page for the text that follows a control word."""
        if word == b"f":
            self._set(font=number, page=self._fonts.get(number))
        elif word == b"fcharset":
            if number in CHARSETS:
                self._fonts[self._groups[-1].font] = CHARSETS[number]
        elif word == b"plain":
            self._set(page=None, deleted=False)

    def _code_page(self, number: int) -> None:
        name = PAGES.get(number, f"cp{number}")
        try:
            self._page = codecs.lookup(name).name
        except LookupError:
            self._page = "cp1252"

    def _unicode(self, number: int) -> None:
        code, high = number & 0xFFFF, self._high
        self._eat, self._high = self._groups[-1].fallback, 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if high:
                self._say(chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)))
        elif code and code not in SYMBOLS:
            self._say(chr(code))

    def _set(self, **changes: object) -> None:
        self._groups[-1] = replace(self._groups[-1], **changes)  # type: ignore[arg-type] # by name

    def _open(self) -> None:
        """Write the pending braces and control symbols."""
        for piece in self._opening:
            self._emit(piece)
        self._opening = []

    def _flush(self) -> None:
        if self._bytes:
            text, self._bytes = bytes(self._bytes), bytearray()
            page = self._groups[-1].page or self._page
            self._say(text.decode(page, errors="replace"))

    def _say(self, text: str) -> None:
        group = self._groups[-1]
        if group.marker:
            self._marker += text
        elif not group.deleted:
            if self._label and not group.skipped and text.strip():
                text, self._label = f"{OPEN}{self._label}{CLOSE} {text}", ""
            self._emit(text.translate(ESCAPED).encode(errors="replace"))

    def _emit(self, piece: bytes) -> None:
        if not self._groups[-1].skipped:
            self._out.append(piece)


MAX_BYTES = 256 * MEBI  # with images, which are written as digits
MAX_TEXT_BYTES = 32 * MEBI  # without images


def prepare(path: Path, folder: Path, name: str) -> Prepared:
    """Write a copy of an RTF file in UTF-8, and return it without metadata, which pandoc reads.

    Its metadata is read later, from pandoc's output. Raise UnreadableError if the file is too large
    or cut off.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableError(name, f"{size:,} bytes of RTF", f"at most {MAX_BYTES // MEBI} MB")
    original, reader = path.read_bytes(), _Reader()
    content = reader.read(original)
    if not reader.ended:
        wrong = "cut off: it ends within a group"
        raise UnreadableError(name, wrong, "a complete document. Next: copy it again")
    if len(content) > MAX_TEXT_BYTES:
        wrong = f"{len(content):,} bytes of RTF without its pictures"
        raise UnreadableError(name, wrong, f"at most {MAX_TEXT_BYTES // MEBI} MB. Next: split it")
    file = folder / "document.rtf"
    file.write_bytes(content)
    return Prepared(file, "rtf", About(), changed=b"\\deleted" in original)
