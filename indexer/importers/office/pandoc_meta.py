"""Pandoc's metadata -> what a document states of itself, and the paragraphs it took them from."""

from indexer.importers.office.metadata import About, creators
from indexer.importers.office.pandoc_blocks import pieces
from indexer.importers.office.pandoc_json import Node
from indexer.importers.office.pieces import Piece
from indexer.importers.shared.clean import one_line

# The styles at the head of a Word document that pandoc takes for metadata, as they are printed.
_FRONT = {
    "title": "Title",
    "subtitle": "Subtitle",
    "author": "Author",
    "date": "Date",
    "abstract": "Abstract",
}


def front(document: Node) -> list[Piece]:
    """The paragraphs that pandoc took out of the text for its metadata."""
    found: list[Piece] = []
    for key, style in _FRONT.items():
        if key in document["meta"]:
            found += [one._replace(style=style) for one in _pieces(document["meta"][key])]
    return found


def of_rtf(document: Node) -> About:
    """What the `info` group of an RTF file states."""
    title = next(iter(_texts(document, "title")), None)
    return About(title=title, creator=creators(_texts(document, "author")))


def _texts(document: Node, key: str) -> list[str]:
    meta = document["meta"]
    return [one.text for one in _pieces(meta[key])] if key in meta else []


def _pieces(value: Node) -> list[Piece]:
    kind, content = value["t"], value.get("c")
    if kind == "MetaInlines":
        return pieces([{"t": "Para", "c": content}])
    if kind == "MetaBlocks":
        return pieces(content or [])
    if kind == "MetaList":
        return [piece for one in content or [] for piece in _pieces(one)]
    return [Piece("paragraph", one_line(content))] if isinstance(content, str) else []
