"""Join the pages of an EPUB into one tree, with headings added from the table of contents."""

import posixpath
import re
from collections.abc import Sequence
from html.entities import html5
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import HtmlElement, XHTMLParser, document_fromstring

from indexer.importers.html.encoding import decode
from indexer.importers.html.tree import UNREAD, drop, parse
from indexer.importers.office import epub_contents, metadata
from indexer.importers.office.epub_contents import Entry
from indexer.importers.office.safe_xml import ENTITIES, TOO_DEEP, refuse_entities, tree
from indexer.importers.shared.stated import About
from indexer.importers.shared.zip_archive import Archive

_LOCKS = "META-INF/encryption.xml"
_CIPHER = "{http://www.w3.org/2001/04/xmlenc#}CipherReference"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# An HTML entity, except the five that XML defines.
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")
# Classes for printed page numbers, which are not part of the text.
_PAGE_NUMBERS = {"pagebreak", "doc-pagebreak", "pagenum", "pageno", "page-number"}
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
MAX_STYLES = 256 * 1024  # characters read from a style sheet

_Chapter = tuple[HtmlElement, Entry | None]  # a page, and its entry in the table of contents


def read(archive: Archive) -> tuple[HtmlElement, About]:
    """Return the tree and metadata of a book. Raise UnreadableError if it cannot be read."""
    opf = epub_contents.root(archive)
    package = tree(archive, opf)
    items = epub_contents.items(package, posixpath.dirname(opf))
    spine = [one for one in epub_contents.spine(package, items) if one.path in archive]
    if not spine:
        raise archive.wrong(opf, "lists no text", "a book with chapters in its spine")
    paths = [item.path for item in spine]
    _refuse_locked(archive, set(paths))
    titles = epub_contents.titles(archive, items)
    root = document_fromstring("<html><head></head><body></body></html>")
    sheets = [item.path for item in items.values() if item.kind == "text/css"]
    _add_styles(root, [archive.read(path) for path in sheets if path in archive])
    chapters: list[_Chapter] = []
    for item in spine:
        page = _page(archive, item.path)
        _add_styles(root, [(style.text or "").encode() for style in page.iter("style")])
        part = _part(page, item.path, paths)
        root.find("body").append(part)
        if "nav" in item.properties:
            part.set("class", "toc")
        else:
            chapters.append((part, titles.get(item.path)))
    _add_headings(chapters)
    return root, metadata.of_epub(package)


def _page(archive: Archive, path: str) -> HtmlElement:
    """Parse a page as XML or, if it is not well-formed, as HTML."""
    text, _ = decode(archive.read(path))
    text = _ENTITY.sub(lambda one: html5.get(one[1], one[0]), _DECLARATION.sub("", text, 1))
    parser = XHTMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        page = etree.fromstring(text.encode(errors="ignore"), parser)
    except etree.XMLSyntaxError as error:
        if "<!ENTITY" in text:
            raise archive.wrong(path, *ENTITIES) from error
        page, cut = (None, True) if "depth" in str(error) else parse(text, path)
        if cut:
            raise archive.wrong(path, *TOO_DEEP) from error
        return page
    refuse_entities(page, archive, path)
    return page


def _part(page: HtmlElement, path: str, paths: Sequence[str]) -> HtmlElement:
    """Return the body of a page as a section of the book, and rewrite links to other pages."""
    for element in page.iter(etree.Element):
        element.tag = etree.QName(element).localname
        if types := element.get(_TYPE):
            element.set("class", f"{element.get('class') or ''} {types}".strip())
        for name in ("id", "name"):
            if element.get(name):
                element.set(name, f"{paths.index(path)}-{element.get(name)}")
        if element.tag == "a" and element.get("href"):
            element.set("href", _address(element.get("href") or "", path, paths))
    body = page if page.tag == "body" else page.find(".//body")
    body = page if body is None else body
    drop(list(body.iter(*UNREAD)))
    printed = (one for one in body.iter(etree.Element) if one.get("class"))
    drop([one for one in printed if _PAGE_NUMBERS & set(one.get("class").split())])
    body.tag = "div"
    return body


def _address(href: str, path: str, paths: Sequence[str]) -> str:
    """Rewrite the target of a link within the book; return any other link unchanged."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return href
    target = epub_contents.resolved(posixpath.dirname(path), href) if parts.path else path
    inside = not parts.scheme and target in paths
    return f"#{paths.index(target)}-{parts.fragment}" if inside else href


def _add_styles(root: HtmlElement, sheets: Sequence[bytes]) -> None:
    """Add the style sheets with strikethrough rules to the head of the book's tree."""
    for sheet in sheets:
        if b"line-through" in sheet:
            text = sheet[:MAX_STYLES].decode(errors="ignore")
            style = etree.SubElement(root.find("head"), "style")
            style.text = "".join(filter(str.isprintable, text))


def _add_headings(chapters: Sequence[_Chapter]) -> None:
    """Add a heading to each chapter that has none but is listed in the table of contents."""
    levels = [int(one.tag[1]) for part, _ in chapters for one in part.iter(*_HEADINGS)]
    top = min(levels, default=1)
    for part, entry in chapters:
        headed = any(one.text_content().strip() for one in part.iter(*_HEADINGS))
        if entry and not headed and part.text_content().strip():
            heading = etree.Element(f"h{min(top + entry.level - 1, 6)}")
            heading.text, heading.tail, part.text = entry.title, part.text, None
            part.insert(0, heading)


def _refuse_locked(archive: Archive, texts: set[str]) -> None:
    """Raise UnreadableError if any text is encrypted; encrypted fonts do not matter."""
    if _LOCKS not in archive:
        return
    locked = {unquote(one.get("URI", "")) for one in tree(archive, _LOCKS).iter(_CIPHER)}
    if texts & locked:
        raise archive.wrong(_LOCKS, "its text is encrypted (DRM)", "a book without DRM")
