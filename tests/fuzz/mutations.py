"""Random changes of files: of their bytes and, in archives, of one part."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable

# Pieces that parsers treat in a special way.
TOKENS = (
    b"", b"\0", b"\xff\xff\xff\xff", b"\x80", b"%%EOF", b"endobj", b"stream", b"endstream",
    b"/Length 99999999", b"/Kids [1 0 R]", b"/Parent 1 0 R", b"xref", b"<<", b">>", b"[[[[[[[[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<![CDATA[", b"]]>", b"<!--", b"&#0;", b"&nosuch;",
    b"<div>" * 300, b"<table><tr><td>" * 100, b"{\\rtf1" * 50, b"{" * 500, b"\\bin99999 ",
    b"-->", b"00:00:00.000 --> 99:99:99.999", b"WEBVTT", b"NOTE", b'"', b'{"_id": 1', b"\r",
    b",,,,",
    b"---\n", b"```", b"[^1]: ", b"> > > > > > > >", b"\xef\xbb\xbf", b"\xfe\xff", b"9" * 400,
    "\u202e\u200f\u0301".encode(), "\ud7ff\U0010ffff".encode(),
)  # fmt: skip
MOST = 6  # changes of one file

Random = random.Random


def mutated(content: bytes, chance: Random) -> bytes:
    """Return the bytes with a few changes; in an archive mostly one part is changed."""
    if content[:2] == b"PK" and chance.random() < 0.8:
        return _archive(content, chance)
    for _ in range(chance.randint(1, MOST)):
        content = chance.choice(_CHANGES)(content, chance)
    return content


def _archive(content: bytes, chance: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(one.filename, archive.read(one)) for one in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError):
        return content[: chance.randint(0, len(content))]
    at = chance.randrange(len(parts))
    name, part = parts[at]
    for _ in range(chance.randint(1, MOST)):
        part = chance.choice(_CHANGES)(part, chance)
    parts[at] = (name, part)
    if chance.random() < 0.1:
        parts.pop(chance.randrange(len(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return out.getvalue()


def _flip(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 16)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _insert(content: bytes, chance: Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(TOKENS) + content[at:]


def _overwrite(content: bytes, chance: Random) -> bytes:
    at, token = chance.randint(0, len(content)), chance.choice(TOKENS)
    return content[:at] + token + content[at + len(token) :]


def _cut(content: bytes, chance: Random) -> bytes:
    start, end = sorted(chance.randint(0, len(content)) for _ in range(2))
    return content[:start] + content[end:]


def _repeat(content: bytes, chance: Random) -> bytes:
    start = chance.randint(0, len(content))
    piece = content[start : start + chance.randint(1, 400)]
    return content[:start] + piece * chance.randint(2, 60) + content[start:]


def _truncate(content: bytes, chance: Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _number(content: bytes, chance: Random) -> bytes:
    """Replace one digit by another number."""
    digits = [at for at, byte in enumerate(content) if 48 <= byte <= 57]
    if not digits:
        return content
    at = chance.choice(digits)
    value = chance.choice([b"0", b"-1", b"65536", b"4294967295", b"999999999999"])
    return content[:at] + value + content[at + 1 :]


_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _insert, _overwrite, _cut, _repeat, _truncate, _number,
)  # fmt: skip
