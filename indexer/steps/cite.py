"""Format the citation of every passage in every style, with a cache."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from indexer.steps.cache import BuildCache
from indexer.steps.version import code_digest
from kb.citations import styles
from kb.citations.format import formatted, joined
from kb.citations.item import Cited, Item, csl_item, works
from kb.citations.pandoc import processor
from kb.citations.styles import Style
from kb.domain.citations import Formatted
from kb.domain.passages import Entry


def cite(
    entries: Sequence[Entry], report: Callable[[int], object], cached: Path
) -> Mapping[str, tuple[Formatted, ...]]:
    """Return the citations by passage id: one in each style, in the order of STYLES.

    Call `report` with 1 after each style. Raise CitationError if pandoc or a style fails.
    """
    # Passages on the same page share a citation, and a citation does not depend on its id.
    cited_works = [works(entry) for entry in entries]
    items = {one: csl_item(*one, "") for found in cited_works for one in found}
    cited: dict[Cited, list[Formatted]] = {one: [] for one in items}
    with BuildCache(cached) as stored:
        for style in styles.STYLES:
            keys = {one: _key(style, item) for one, item in items.items()}
            known = _valid(stored.get(keys.values()))
            missing = {key: items[one] for one, key in keys.items() if key not in known}
            made = formatted(list(missing.values()), style) if missing else []
            fresh = dict(zip(missing, made, strict=True))
            stored.put((key, one.model_dump_json().encode()) for key, one in fresh.items())
            known |= fresh
            for one, key in keys.items():
                cited[one].append(known[key])
            report(1)
    return {
        entry.id: tuple(map(joined, zip(*(cited[one] for one in found), strict=True)))
        for entry, found in zip(entries, cited_works, strict=True)
    }


def _valid(cached: Mapping[bytes, bytes]) -> dict[bytes, Formatted]:
    """Return the citations that can be parsed; a damaged cache may contain other bytes."""
    found: dict[bytes, Formatted] = {}
    for key, text in cached.items():
        with suppress(ValidationError):
            found[key] = Formatted.model_validate_json(text)
    return found


@cache
def _code() -> str:
    """Return a digest of the citation code; when it changes, citations are formatted again."""
    return code_digest({"kb.citations": files("kb.citations")})


def _key(style: Style, item: Item) -> bytes:
    """Return a digest of everything that determines a citation; the item's id is left out."""
    parts = (
        processor(),
        _code(),
        style.id,
        style.csl,
        {key: value for key, value in item.items() if key != "id"},
    )
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).digest()
