"""Read the decoded body of a response, up to a limit."""

import zlib
from collections.abc import Iterator
from http.client import HTTPResponse

CHUNK_BYTES = 64 * 1024
_PLAIN = {"", "identity"}
_GZIP = {"gzip", "x-gzip"}


class BodyError(Exception):
    """A body cannot be read: what is wrong, and what was expected."""

    def __init__(self, wrong: str, expected: str) -> None:
        self.wrong, self.expected = wrong, expected
        super().__init__(f"{wrong}; expected {expected}")


def pieces(answer: HTTPResponse, most: int) -> Iterator[bytes]:
    """Yield the decoded bytes; BodyError if too many, truncated or in an unknown encoding."""
    at_most = f"at most {most >> 20} MB"
    if answer.length is not None and answer.length > most:
        raise BodyError(f"{answer.length >> 20} MB", at_most)
    coding = (answer.getheader("content-encoding") or "").strip().lower()
    if coding not in _PLAIN | _GZIP:
        raise BodyError(f"packed as '{coding[:40]}'", "a page as it is, or gzip")
    size = 0
    for piece in _unpacked(answer) if coding in _GZIP else _received(answer):
        size += len(piece)
        if size > most:
            raise BodyError("it does not end", at_most)
        yield piece


def _received(answer: HTTPResponse) -> Iterator[bytes]:
    while piece := answer.read1(CHUNK_BYTES):
        yield piece
    if answer.length:  # the server announced more
        raise BodyError("it was cut off", "a whole page. Next: try again")


def _unpacked(answer: HTTPResponse) -> Iterator[bytes]:
    """Yield the bytes of successive gzip members in small chunks, however large they are."""
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for piece in _received(answer):
            waiting = piece
            while waiting:
                if unpack.eof:
                    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
                yield unpack.decompress(waiting, CHUNK_BYTES)
                waiting = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
    except zlib.error as error:
        raise BodyError("packed with gzip, and damaged", "a whole page") from error
    if not unpack.eof:
        raise BodyError("packed with gzip, and cut off", "a whole page. Next: try again")
