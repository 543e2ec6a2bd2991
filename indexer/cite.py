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
    items = [
        csl_item(as_cited(entry.source, entry.document.kind), entry.locator, entry.id)
        for entry in entries
    ]
    made = []
    for style in STYLES:
        made.append(formatted(items, style))
        told(1)
    return {entry.id: tuple(found) for entry, *found in zip(entries, *made, strict=True)}
