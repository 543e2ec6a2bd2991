"""Parse a page into a tree, and remove content that is not part of its text."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from indexer.importers.html.struck import struck
from indexer.importers.shared.clean import one_line
from kb.errors import UnreadableError

# A long statute has as many; parsing larger pages takes minutes and gigabytes.
MAX_CHARACTERS = 20_000_000

# Embedded images, which make up most of the size of a saved page and have no text.
_PICTURE = re.compile(r"data:[a-z]+/[^\"'\s()<>]{200,}", re.IGNORECASE)

# Elements without text, or whose text is not part of the page.
UNREAD = (
    "script style template noscript svg object embed iframe canvas audio video map rt rp "
    "annotation select textarea input button option datalist progress meter dialog"
).split()

# Elements in UNREAD that may contain page text, but only if a tag is missing or misplaced.
_HOLDING = "noscript svg object button canvas map select option".split()

# Classes for screen reader text, edit links, picture credits and site slogans.
_UNSEEN = re.compile(
    r"(?:^|\s)(?:screen-reader(?:-text|-only)?|sr-only|visually-?hidden|element-invisible"
    r"|mw-editsection"
    r"|(?:[\w-]{1,60}__)?(?:(?:photo|image|img|picture|media|caption|foto)[-_]?(?:credits?|by)"
    r"|site[-_]?(?:description|slogan|tagline)|tag-?line|slogan|strap-?line))(?:\s|$)",
    re.IGNORECASE,
)
# Classes for collapsible panels.
_PANEL = re.compile(r"accordion|panel|collaps|toggle|expand|faq|tab-?(?:content|pane)", re.I)
_OPENED = "opened-panel"  # class that is added to a collapsible panel
_CLOSED = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*;?", re.IGNORECASE)
# A note mark: a number, a letter or a symbol, with or without brackets.
_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})\s*[\])]?", re.IGNORECASE)
_NOTE_CLASS = re.compile(r"foot-?note|end-?note|note-?ref|fn-?ref", re.IGNORECASE)
_INLINE = {"a", "span", "sup", "b", "i", "em", "strong", "small", "cite"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
MAX_PLACE = 80  # characters from a heading, in a remark
MAX_NOTICE = 400  # characters; notices about scripts and labels in drawings are shorter


class Tree(NamedTuple):
    """The tree of a page, without note marks, struck-through text and invisible content."""

    root: HtmlElement
    notes: frozenset[HtmlElement]  # elements that are notes
    without_scripts: str  # the text in `noscript` elements
    remark: str  # says that the tree was truncated, if it was
    struck: tuple[str, ...]  # locations where struck-through text was left out


def grow(text: str, name: str) -> Tree:
    """Return the cleaned tree of a page.

    Raise UnreadableError if the page is too large or empty.
    """
    root, cut = parse(text, name)
    spoken = " ".join(one_line(found.text_content()) for found in root.iter("noscript"))
    for element in list(root.iter(*_HOLDING)):
        if len(one_line(element.text_content())) > MAX_NOTICE:
            element.tag = "div"  # it contains page text, because an end tag is missing
    _open_panels(root)
    struck_places = take_struck(root)
    # JSON-LD is read later.
    drop([one for one in root.iter(*UNREAD) if "ld+json" not in (one.get("type") or "")])
    drop([found for found in root.iter(etree.Element) if _UNSEEN.search(found.get("class") or "")])
    remark = "elements are nested too deeply; the deepest were left out" if cut else ""
    return Tree(root, take_note_marks(root), spoken[:MAX_NOTICE], remark, struck_places)


def parse(text: str, name: str) -> tuple[HtmlElement, bool]:
    """Parse a page, and return its tree and whether deeply nested content was left out.

    Raise UnreadableError if the page is too large or empty.
    """
    text = _PICTURE.sub("", text)
    if len(text) > MAX_CHARACTERS:
        size = f"a page of {len(text):,} characters"
        raise UnreadableError(name, size, f"at most {MAX_CHARACTERS:,}. Next: split it")
    parser = HTMLParser(
        collect_ids=False, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
    )
    try:
        root = document_fromstring(text.encode("utf-8", errors="ignore"), parser=parser)
    except etree.ParserError as error:
        raise UnreadableError(name, "an empty page", "a page with text") from error
    return root, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def take_struck(root: HtmlElement) -> tuple[str, ...]:
    """Remove struck-through text from a tree, and return its locations."""
    elements = struck(root)
    places = tuple(_places(root, elements))
    drop(elements)
    return places


def _open_panels(root: HtmlElement) -> None:
    """Open the collapsed panels of a page, because trafilatura leaves them out."""
    controlled = {found.get("aria-controls") for found in root.iter(etree.Element)} - {None}
    for element in root.iter(etree.Element):
        hidden = element.attrib.pop("aria-hidden", None) == "true"
        if hidden or element.get("id") in controlled:
            element.set("class", f"{element.get('class') or ''} {_OPENED}".lstrip())
        if is_panel(element):
            element.attrib.pop("hidden", None)
            if style := element.get("style"):
                element.set("style", _CLOSED.sub("", style))


def is_panel(element: HtmlElement) -> bool:
    """Return whether the class or id of an element suggests a collapsible panel."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in {"div", "section"} and _PANEL.search(names) is not None


def _places(root: HtmlElement, elements: Iterable[HtmlElement]) -> Iterator[str]:
    """Yield the location of each given element with text: its line or the heading above it."""
    wanted, done, place = set(elements), set[HtmlElement](), "before the first heading"
    for element in root.iter(etree.Element):
        around = element.getparent()
        if around is not None and around in done:
            done.add(element)
        elif element in wanted:
            done.add(element)
            if one_line(element.text_content()):
                lines = (one.get("data-line") for one in (element, *element.iterancestors()))
                line = next(filter(None, lines), None)
                yield f"line {line}" if line else place
        elif element.tag in _HEADINGS and (text := one_line(element.text_content())):
            place = f"under '{text[:MAX_PLACE]}'"


def drop(elements: list[HtmlElement]) -> None:
    """Remove elements with their content, but keep their tail text."""
    for element in elements:
        if element.getparent() is not None and element.tag != "body":
            element.drop_tree()


def take_note_marks(root: HtmlElement) -> frozenset[HtmlElement]:
    """Remove note marks from the text, and return the elements that are notes."""
    marks: list[HtmlElement] = []
    targets: set[str] = set()
    for link in root.iter("a"):
        target = (link.get("href") or "").removeprefix("#")
        if target != link.get("href") and _is_mark(link) and not _names(link) & targets:
            marks.append(link)
            targets.add(target)
    notes = [_block(found) for found in root.iter(etree.Element) if _own(found) & targets]
    drop(marks)
    # Internal links without letters or digits are signs, such as an arrow back to the text.
    inner = (link for link in root.iter("a") if (link.get("href") or "").startswith("#"))
    drop([link for link in inner if not any(map(str.isalnum, link.text_content()))])
    return frozenset(note for note in notes if note.tag not in {"body", "html"})


def _is_mark(link: HtmlElement) -> bool:
    around = link.getparent()
    says = link.get("role") == "doc-noteref" or (around is not None and around.tag == "sup")
    says = says or link.find(".//sup") is not None
    says = says or any(_NOTE_CLASS.search(found.get("class") or "") for found in link.iter())
    return says and _MARK.fullmatch(link.text_content().strip()) is not None


def _names(link: HtmlElement) -> set[str]:
    """Return the ids of a link and its ancestors, up to its paragraph or list item."""
    names = _own(link)
    for above in link.iterancestors():
        names |= _own(above)
        if above.tag not in _INLINE:
            break
    return names


def _own(element: HtmlElement) -> set[str]:
    return {name for name in (element.get("id"), element.get("name")) if name}


def _block(element: HtmlElement) -> HtmlElement:
    """Return the block element, such as a paragraph or list item, around an inline element."""
    while element.tag in _INLINE and element.getparent() is not None:
        element = element.getparent()
    return element
