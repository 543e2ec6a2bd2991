"""An EPUB -> a plain one with nothing in it but the text in reading order, for pandoc."""

import itertools
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from indexer.importers.office import epub_contents, epub_items, metadata
from indexer.importers.office.pandoc_blocks import pieces
from indexer.importers.office.pandoc_input import Chapter, Prepared
from indexer.importers.office.pandoc_json import Node
from indexer.importers.office.safe_xml import tree, vetted
from indexer.importers.shared.zip_archive import Archive, write

_LOCKS = "META-INF/encryption.xml"
_CIPHER = "{http://www.w3.org/2001/04/xmlenc#}CipherReference"
_PLAIN = re.compile(r"(?!content\.opf)[\w.-]+", re.ASCII)
_CHARSET = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z][\w.:-]*)""")


def prepare(archive: Archive, folder: Path) -> Prepared:
    """The plain book, written into the folder; UnreadableError where it is damaged or locked."""
    root = epub_items.root(archive)
    package = tree(archive, root)
    items = epub_items.items(package, posixpath.dirname(root))
    spine = [one for one in epub_items.spine(package, items) if one.path in archive]
    _refuse_locked(archive, {one.path for one in spine})
    titles = epub_contents.titles(archive, items)
    chapters, parts = [], {"mimetype": b"application/epub+zip"}
    for number, item in enumerate(spine, start=1):
        mark = posixpath.basename(item.path)  # by which pandoc knows links to it
        if mark in parts or not _PLAIN.fullmatch(mark):
            mark = f"{number}-of-the-spine.xhtml"
        parts[mark] = _utf8(vetted(archive, item.path))
        entry = titles.get(item.path)
        title, level = (entry.title, entry.level) if entry else (None, 1)
        chapters.append(Chapter(mark, title, level, contents="nav" in item.properties))
    if not chapters:
        raise archive.wrong(root, "lists no text", "a book with chapters in its spine")
    file = folder / "book.epub"
    write(file, parts | _frame([one.mark for one in chapters]))
    return Prepared(file, "epub", metadata.of_epub(package), chapters=tuple(chapters))


def titled(blocks: list[Node], chapters: tuple[Chapter, ...]) -> list[Node]:
    """The blocks, with a heading before each file that begins with none but has a title.

    Pandoc puts a mark with the name of the file before the blocks of each.
    """
    marks = {one.mark: one for one in chapters}
    top = min(_levels(blocks), default=1)
    starts = [at for at, block in enumerate(blocks) if _mark(block) in marks]
    found = blocks[: min(starts, default=len(blocks))]
    for start, end in itertools.pairwise([*starts, len(blocks)]):
        chapter, own = marks[_mark(blocks[start])], blocks[start + 1 : end]
        if chapter.contents:
            own = [{"t": "Div", "c": [["", ["toc"], []], own]}]
        elif chapter.title and pieces(own) and not _levels(own):
            level = top + chapter.level - 1
            found.append({"t": "Header", "c": [level, ["", [], []], [chapter.title]]})
        found += own
    return found


def _mark(block: Node) -> str:
    """The identifier of a paragraph that is an empty span, else nothing."""
    content = block.get("c")
    if block["t"] != "Para" or not content or not isinstance(content[0], dict):
        return ""
    return str(content[0]["c"][0][0]) if content[0]["t"] == "Span" else ""


def _levels(blocks: list[Node]) -> list[int]:
    """The levels of the headings."""
    return [one.level for one in pieces(blocks) if one.level]


def _refuse_locked(archive: Archive, texts: set[str]) -> None:
    """UnreadableError where text is encrypted; fonts often are, and nobody reads them here."""
    if _LOCKS not in archive:
        return
    locked = {unquote(one.get("URI", "")) for one in tree(archive, _LOCKS).iter(_CIPHER)}
    if texts & locked:
        raise archive.wrong(_LOCKS, "its text is locked (DRM)", "a book without copy protection")


def _utf8(content: bytes) -> bytes:
    """A page in UTF-8; in its own encoding, if it states one, where it is in another."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").encode()
    try:
        content.decode()
    except UnicodeDecodeError:
        said = _CHARSET.search(content[:1024])
        for encoding in (said[1].decode() if said else "cp1252", "cp1252"):
            try:
                return content.decode(encoding, errors="replace").encode()
            except LookupError:  # there is no such encoding
                continue
    return content


def _frame(marks: list[str]) -> dict[str, bytes]:
    """Container and package document of the plain book."""
    items = "".join(
        f'<item id="{one}" href="{one}" media-type="application/xhtml+xml"/>' for one in marks
    )
    order = "".join(f'<itemref idref="{one}"/>' for one in marks)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="content.opf"'
        ' media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    return {epub_items.CONTAINER: container.encode(), "content.opf": package.encode()}
