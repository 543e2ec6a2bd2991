"""Count the attributes of a page's tags: parse time grows with their square."""

import re

MAX_ATTRIBUTES = 1_000  # of one tag; generated pages have about fifty

_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_NAME = re.compile(r"[^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:[^\s/>=][^\s/>=]*+|=)(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?"""
)


def most_attributes(text: str) -> int:
    """Return the highest number of attributes of a tag, up to one more than the limit.

    The page is scanned once, like a parser does, skipping comments and the text of scripts.
    """
    small = text.lower()
    most, at = 0, small.find("<")
    while at >= 0:
        if small.startswith("<!--", at):
            at = _after(small, "-->", at + 4)
        elif small[at + 1 : at + 2].isalpha():
            count, at = _tag(small, at)
            most = max(most, count)
            if most > MAX_ATTRIBUTES:
                break
        else:
            at += 1
        at = small.find("<", at) if at >= 0 else at
    return most


def _tag(text: str, at: int) -> tuple[int, int]:
    """Return the number of attributes of the tag at an offset, and where the tag ends."""
    name = _NAME.match(text, at + 1)
    assert name is not None  # noqa: S101 (it matches nothing as well)
    count, end = 0, name.end()
    while count <= MAX_ATTRIBUTES and (found := _ATTRIBUTE.match(text, end)):
        count, end = count + 1, found.end()
    return count, _after(text, f"</{name[0]}", end) if name[0] in _RAW else end


def _after(text: str, mark: str, at: int) -> int:
    """Return the offset after the next mark; -1 if there is none."""
    found = text.find(mark, at)
    return found + len(mark) if found >= 0 else -1
