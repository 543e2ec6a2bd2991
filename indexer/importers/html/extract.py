"""Extract the main text of saved pages (HTML, XHTML, MHTML), without menus and comments."""

import re
from collections.abc import Sequence
from pathlib import Path

from indexer.importers.base import Extracted, SourceInfo
from indexer.importers.html.encoding import decode
from indexer.importers.html.facts import facts
from indexer.importers.html.main import main, outside, too_large
from indexer.importers.html.mhtml import unwrap
from indexer.importers.html.pieces import Piece, pieces
from indexer.importers.html.statements import data
from indexer.importers.html.tree import Tree, grow
from indexer.importers.shared.remarks import struck_remarks
from kb.domain.imports import Remark
from kb.errors import UnreadableError

# Saved pages with embedded images can have tens of megabytes.
MAX_BYTES = 100 * 1024 * 1024

# Notices on pages that need JavaScript, or that are shown before the real page.
_NEEDS_SCRIPTS = re.compile(
    r"(?:enable|turn on|activat\w+|requires?|needs?|without|activ[ae]r?|habilit[ae]r?|necesita)"
    r"\s(?:\w+\s){0,4}java\s?script|java\s?script\s(?:\w+\s){0,4}(?:disabled|required|enabled|off|"
    r"desactivado|deshabilitado)|checking (?:if the site|your browser)|just a moment"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|the security of your connection",
    re.IGNORECASE,
)
MIN_TEXT = 40  # characters; a page with fewer has no main text
MAX_NOTICE = 400  # characters; an article about scripts is longer

_FROM_BROWSER = "a page with text. Next: open it in a browser, and save it as a complete web page"


def extract(path: Path, info: SourceInfo) -> Extracted:
    """Return the main text and metadata of a page. Raise UnreadableError if it has no text."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableError(info.name, f"a page of {size:,} bytes", f"at most {MAX_BYTES:,}")
    saved = unwrap(path.read_bytes(), info.name)
    text, of_encoding = decode(saved.page, saved.encoding)
    tree = grow(text, info.name)
    found = list(pieces(tree.root, tree.notes))
    chosen, of_choice = _main(tree, found, info.name)
    _refuse_shells(tree, found, chosen, info.name)
    said = facts(tree.root, chosen, saved.address)
    remarks = (of_encoding, tree.remark, of_choice)
    return Extracted(
        format="html",
        **said,
        blocks=tuple(piece.block() for piece in chosen),
        remarks=(
            *(Remark(place="", text=remark) for remark in remarks if remark),
            *struck_remarks(tree.struck),
        ),
    )


def _main(tree: Tree, found: Sequence[Piece], name: str) -> tuple[list[Piece], str]:
    """Return the pieces of the main text, and a remark if the usual method failed, or ""."""
    if too_large(tree.root, found):
        said = "a very large page: all of it was kept except menus and other marked side content"
        return outside(tree.root, found), said
    chosen = main(tree.root, found) or outside(tree.root, found)
    within = "\n\n".join(data(tree.root).text)
    if len(within) > MAX_NOTICE and sum(len(piece.text) for piece in chosen) < MIN_TEXT:
        said = "the page shows no text; this is its JSON-LD data, meant for search engines"
        page = grow(f"<pre>{within}</pre>", name)
        return list(pieces(page.root, page.notes)), said
    return chosen, ""


def _refuse_shells(tree: Tree, found: Sequence[Piece], chosen: Sequence[Piece], name: str) -> None:
    """Raise UnreadableError if a page has no text, or only a notice that it needs JavaScript."""
    notices = [piece.text for piece in found if _is_notice(piece.text)]
    notice = next(iter(notices), tree.without_scripts)
    text = sum(len(piece.text) for piece in chosen if not _is_notice(piece.text))
    if _NEEDS_SCRIPTS.search(notice) and text < MIN_TEXT:
        said = f"a page that is empty without JavaScript (it says '{notice[:80]}')"
        raise UnreadableError(name, said, _FROM_BROWSER)
    if not chosen:
        cut = f" ({tree.remark})" if tree.remark else ""
        frames = ", only frames" if tree.root.find(".//frameset") is not None else ""
        raise UnreadableError(name, f"a page with no text{frames}{cut}", _FROM_BROWSER)


def _is_notice(text: str) -> bool:
    return len(text) <= MAX_NOTICE and _NEEDS_SCRIPTS.search(text) is not None
