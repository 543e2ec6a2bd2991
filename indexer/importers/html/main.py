"""Select the pieces of a page that are its main text, without menus, banners and comments.

trafilatura finds the main text, but its output loses the order of tables, the levels of some
headings and some lists. So its output is only used to select pieces of the page, and lists and
paragraphs between selected pieces or next to them are added.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from indexer.importers.html.pieces import Piece
from indexer.importers.html.tree import is_panel

# These libraries log every unusual page; only handlers that a user configures get their messages.
for _library in ("trafilatura", "htmldate", "justext", "readability", "courlan"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

# trafilatura takes minutes for larger pages, such as laws and lists; they are read in full.
MAX_ELEMENTS = 40_000
MAX_CHARACTERS = 4_000_000
MAX_DEPTH = 250  # nested elements; the limit in browsers is about 500

SHINGLE = 4  # consecutive words that identify a text
LONG_HEADING = 60  # characters; a longer one is a paragraph in large type
CAPTIONED_TEXT = 120  # characters; captions are shorter, and rarely in a `p`
MIN_LEFT = 0.2  # share of a page's text outside menus and other side content
MIN_SHARE = 0.5  # share of a piece's shingles that are in the main text

# Elements that are text blocks within their parent, not sections of the page.
_FLOW = set("p ul ol dl table blockquote pre li dt dd details summary body".split())
_FLOW |= set("caption thead tbody tfoot tr td th".split())
_FLOW |= {f"h{level}" for level in range(1, 7)}

_WORD = re.compile(r"\w+")

# Menus, banners, newsletter calls and picture credits.
_ELEMENTS = {"nav", "aside", "footer", "menu"}
_NEVER = {"html", "body", "main", "article"}
_ROLES = set("navigation banner contentinfo complementary search dialog menu".split())
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|side-?bar|widget|footer|(?:bread)?crumbs?"
    r"|shar(?:e|ing|edaddy)|social|addtoany|related(?:posts)?|recommend(?:ed|ations?)?|see-?also"
    r"|read-?more|(?:no)?comments?|respond|disqus|cookies?|consent|gdpr|banner|popup|modal|overlay"
    r"|newsletter|subscri(?:be|ption)|sign-?up|donat(?:e|ion)|promo(?:tion)?|advert(?:isement)?|ads?"
    r"|sponsor(?:ed)?|taboola|outbrain|pag(?:er|ination)|toolbar|author-?(?:bio|box|info)|skip-?link"
    r"|login|tags?|byline|post-?meta(?:data)?|entry-?meta|no-?print|copyright|teaser|compartir"
    r"|relacionad[oa]s?|comentarios?)(?:[\s_-]|$)",
    re.IGNORECASE,
)

MAX_CALL = 300  # characters in a call to subscribe
MAX_CREDIT = 120  # characters in a picture credit
_CALL = re.compile(
    r"(?:(?:please |want more\? |click here to )?(?:sign up|subscribe|join|get|receive)\b"
    r"|suscr[ií]b|ap[uú]nt(?:ate|ese)|reg[ií]str(?:ate|ese)|recib[ea]\b"
    r"|(?:inscrivez|abonnez)-vous|recevez|(?:inscreva|cadastre)-se|assine|receba)",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"\b(?:newsletters?|mailing list|e-?mail (?:list|updates?|alerts?|newsletters?)"
    r"|(?:in|to) your (?:in-?box|e-?mail)|bolet[ií]n(?:es)?|boletim|infolettre"
    r"|lettres? d['’]informations?|lista de correos?|tu (?:correo|bandeja))\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?(?:(?:photo(?:graph)?|image|picture|illustration|foto(?:graf[ií]a)?|imagen"
    r"|ilustraci[oó]n)s?(?: (?:credit|courtesy|cr[eé]dito)s?)?"
    r"(?: ?:| by| courtesy of| por| via| ©)"
    r"|cr[eé]dit(?:o|os)? (?:photo|foto|de la foto) ?:|courtesy of|cortes[ií]a de"
    r"|(?:AP|EFE) (?:photo|foto)/) ?[^.!?]+\.?\)?",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"[^.!?]{2,80}?(?: ?/ ?| via | \| )(?:(?:AFP|AP)(?: Photo)?|Getty(?: Images)?|Reuters|EPA|EFE"
    r"|Shutterstock|Alamy|Unsplash|Flickr|Wikimedia(?: Commons)?|Bloomberg)\)?",
)


def too_large(root: HtmlElement, found: Sequence[Piece]) -> bool:
    """Return whether trafilatura would need minutes or gigabytes for a page."""
    count = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        count, depth = count + (event == "start"), depth + (1 if event == "start" else -1)
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            return True
    return sum(len(piece.text) for piece in found) > MAX_CHARACTERS


def main(root: HtmlElement, found: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of the main text, in order, or [] if trafilatura finds none."""
    document = trafilatura.bare_extraction(deepcopy(root), include_comments=False)
    if document is None or isinstance(document, dict):
        return []
    return choose(found, document.body)


def outside(root: HtmlElement, found: Sequence[Piece]) -> list[Piece]:
    """Return the pieces outside menus and other side content, or all if little text is left."""
    out: set[HtmlElement] = set()
    for element in root.iter(etree.Element):
        parent = element.getparent()
        if (parent is not None and parent in out) or beside(element):
            out.add(element)
    kept = [piece for piece in found if piece.element not in out and not is_call_or_credit(piece)]
    whole, left = (sum(len(piece.text) for piece in some) for some in (found, kept))
    return kept if left >= MIN_LEFT * whole else list(found)


def choose(found: Sequence[Piece], body: etree._Element) -> list[Piece]:
    """Return the pieces that trafilatura selected, and the text blocks between or next to them."""
    found = [piece for piece in found if not is_call_or_credit(piece)]
    words = _MainWords(body)
    titles = [piece for piece in found if piece.level == 1]
    selected = [
        words.hold(piece.text) or [piece] == titles or _is_captioned_text(piece) for piece in found
    ]
    sure = [piece for piece, is_selected in zip(found, selected, strict=True) if is_selected]
    long = [piece for piece in sure if len(_words(piece.text)) >= SHINGLE]
    elements = (piece.element for piece in long or sure)
    holding = {one for element in elements for one in (element, *element.iterancestors())}
    pairs = zip(found, selected, strict=True)
    return list(_with_text([piece for piece, one in pairs if belongs(piece, holding, one)]))


def _with_text(found: Sequence[Piece]) -> Iterator[Piece]:
    """Return the pieces, leaving out headings of level 2 and below that have no text under them."""
    below = [False] * 8  # by level: whether text follows before the next heading above that level
    kept = []
    for piece in reversed(found):
        if piece.kind != "heading" or len(piece.text) > LONG_HEADING:
            below = [True] * 8
        elif not below[piece.level] and piece.level > 1:
            continue
        else:
            below[piece.level :] = [False] * (8 - piece.level)
        kept.append(piece)
    return reversed(kept)


class _MainWords:
    """Word sequences of the main text, by which the pieces that belong to it are recognized."""

    def __init__(self, body: etree._Element) -> None:
        lines = [_words(line) for line in _lines(body)]
        self._short = {tuple(line) for line in lines if 0 < len(line) < SHINGLE}
        self._shingles = set(_shingles([word for line in lines for word in line]))

    def hold(self, text: str) -> bool:
        words = _words(text)
        if len(words) < SHINGLE:
            return tuple(words) in self._short
        shingles = list(_shingles(words))
        return sum(shingle in self._shingles for shingle in shingles) >= MIN_SHARE * len(shingles)


def _lines(body: etree._Element) -> Iterator[str]:
    """Yield the text of each block in trafilatura's tree and, separately, of the lines in it."""
    for element in body.iter("p", "head", "item", "quote", "code", "row", "cell", "fw", "ab"):
        yield "".join(element.itertext())
        yield element.text or ""
    for element in body.iter("lb"):
        yield element.tail or ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shingles(words: list[str]) -> Iterator[int]:
    return (hash(tuple(words[at : at + SHINGLE])) for at in range(len(words) - SHINGLE + 1))


def belongs(piece: Piece, holding: set[HtmlElement], selected: bool) -> bool:
    """Return whether a piece is selected and not in side content, or is next to selected text."""
    links = piece.kind != "heading" and piece.linked * 2 > len(piece.text)
    if not selected and (links or beside(piece.element)):
        return False
    for element in (piece.element, *piece.element.iterancestors()):
        if element in holding:
            return True
        if beside(element) or not (selected or _is_flow(element)):
            return False
    return False


def _is_flow(element: HtmlElement) -> bool:
    """Return whether an element is a text block, a `div` without class or id, or a panel."""
    bare = element.tag == "div" and not element.get("class") and not element.get("id")
    return bare or is_panel(element) or element.tag in _FLOW or element.get("role") == "heading"


def _is_captioned_text(piece: Piece) -> bool:
    """Return whether a piece is a paragraph in a `figcaption` that is too long for a caption."""
    around = piece.element.getparent()
    within = around is not None and around.tag == "figcaption"
    return within and piece.element.tag == "p" and len(piece.text) >= CAPTIONED_TEXT


def beside(element: HtmlElement) -> bool:
    """Return whether an element is marked as something other than main text."""
    if element.tag in _NEVER:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        element.tag in _ELEMENTS
        or element.get("role") in _ROLES
        or _NAMES.search(names) is not None
    )


def is_call_or_credit(piece: Piece) -> bool:
    """Return whether a piece is a call to subscribe to a newsletter, or a picture credit."""
    text = piece.text
    if piece.kind not in {"paragraph", "heading"} or len(text) > MAX_CALL:
        return False
    if _CALL.match(text) and _LETTER.search(text):
        return True
    short = piece.kind == "paragraph" and len(text) <= MAX_CREDIT
    return short and bool(_CREDIT.fullmatch(text) or _AGENCY.fullmatch(text))
