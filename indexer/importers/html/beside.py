"""Recognize content that is not main text, such as menus, banners and picture credits."""

import re

from lxml.html import HtmlElement

from indexer.importers.html.pieces import Piece

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
