"""HTML that stands in Markdown -> its words by blocks, without any tag.

For fragments only, between blank lines of Markdown; whole pages have an importer of their own.
Each pattern ends at the next `<` or at the end of the text, so the time is linear in its length.
"""

import re
from collections.abc import Iterator
from html import unescape

from indexer.importers.base import Block, BlockKind
from indexer.importers.shared.clean import one_line

_COMMENT = re.compile(r"<!--(?:(?!-->).)*(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(
    r"<(script|style|template|svg|math|head|textarea)\b(?:(?!</\1).)*(?:</\1[^<>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = re.compile(
    r"<(/?)(p|div|section|article|header|footer|main|nav|aside|details|summary|figure|figcaption"
    r"|blockquote|center|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|caption|pre|hr|br|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[!?][^<>]*>")
_KINDS: dict[str, BlockKind] = {"li": "item", "dt": "item", "dd": "item", "tr": "row"}


def html_blocks(html: str) -> Iterator[Block]:
    """The words of a fragment, a block each; scripts, styles and comments have none."""
    html = _UNSEEN.sub(" ", _COMMENT.sub(" ", html))
    tag, at = "", 0
    for match in _BLOCK.finditer(html):
        yield from _block(html[at : match.start()], tag)
        tag, at = ("" if match[1] else match[2].lower()), match.end()
    yield from _block(html[at:], tag)


def _block(piece: str, tag: str) -> Iterator[Block]:
    text = one_line(unescape(_TAG.sub("", _CELL.sub(" | ", piece)))).strip("| ")
    if not text:
        return
    level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
    yield Block(kind="heading" if level else _KINDS.get(tag, "paragraph"), text=text, level=level)
