"""Passages -> their sources, cited in each style."""

from collections.abc import Callable, Mapping, Sequence

from kb.citations.item import as_cited, csl_item
from kb.citations.styles import STYLES, formatted
from kb.domain.citations import Formatted
from kb.domain.passages import Entry


def cite(
    entries: Sequence[Entry], told: Callable[[int], object]
) -> Mapping[str, tuple[Formatted, ...]]:
    """The citations of each passage by its id, one a style in the order of STYLES.

    `told` is called with 1 as each style is done. CitationError where they cannot be made.
    """
    # Passages of one page are cited alike, and a citation does not depend on its id.
    keys = [_key(entry) for entry in entries]
    first = dict(zip(keys, entries, strict=True))
    items = [
        csl_item(as_cited(entry.source, entry.document.kind), entry.locator, entry.id)
        for entry in first.values()
    ]
    made = []
    for style in STYLES:
        made.append(formatted(items, style))
        told(1)
    cited = dict(zip(first, zip(*made, strict=True), strict=True))
    return {entry.id: cited[key] for entry, key in zip(entries, keys, strict=True)}


def _key(entry: Entry) -> tuple[str, str]:
    """What a citation is made from."""
    return entry.document_id, entry.locator.words if entry.locator else ""
