"""Read and decode the body of an HTTP response, up to a size limit."""

import zlib
from collections.abc import Iterator
from gzip import BadGzipFile, GzipFile
from http.client import HTTPResponse

CHUNK_BYTES = 64 * 1024
_PLAIN = {"", "identity"}
_GZIP = {"gzip", "x-gzip"}


class BodyError(Exception):
    """Error for a body that cannot be read; says what is wrong and what was expected."""

    def __init__(self, wrong: str, expected: str) -> None:
        self.wrong, self.expected = wrong, expected
        super().__init__(f"{wrong}; expected {expected}")


def pieces(answer: HTTPResponse, most: int) -> Iterator[bytes]:
    """Yield the decoded bytes; raise BodyError for an oversized, truncated or undecodable body."""
    at_most = f"at most {most >> 20} MB"
    if answer.length is not None and answer.length > most:
        raise BodyError(f"{answer.length >> 20} MB", at_most)
    coding = (answer.getheader("content-encoding") or "").strip().lower()
    if coding not in _PLAIN | _GZIP:
        raise BodyError(f"packed as '{coding[:40]}'", "a page as it is, or gzip")
    body = GzipFile(fileobj=answer) if coding in _GZIP else answer
    size = 0
    try:
        while piece := body.read1(CHUNK_BYTES):
            size += len(piece)
            if size > most:
                raise BodyError("it does not end", at_most)
            yield piece
    except (BadGzipFile, zlib.error) as error:
        raise BodyError("packed with gzip, and damaged", "a whole page") from error
    except EOFError as error:
        wrong = "packed with gzip, and cut off"
        raise BodyError(wrong, "a whole page. Next: try again") from error
    if answer.length:  # the server announced more bytes than it sent
        raise BodyError("it was cut off", "a whole page. Next: try again")
