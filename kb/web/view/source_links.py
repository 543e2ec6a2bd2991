"""Links to a passage's source: its URL, or else the imported original."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from kb.domain.passages import Entry
from kb.shelves.originals import Original, original_of
from kb.web.view.deep_links import Form, opened_at, place_in

# Media types that support fragments.
_FORMS: dict[str, Form] = {"application/pdf": "pdf", "text/html": "web"}


class Opening(NamedTuple):
    """A link to a source, which may lead to the locator or download a file."""

    address: str
    is_at_place: bool = False
    is_download: bool = False


def opening(entry: Entry, shelves: Path | None) -> Opening | None:
    """Return the link to a passage's source, at its locator if possible, or None without one."""
    words = entry.text if entry.kind in {"text", "suggestion"} else ""
    address = opened_at(entry.source, entry.locator, words)
    if address is not None:
        return Opening(address, is_at_place=address != entry.source.URL)
    found = original_of(shelves, entry.document)
    return _of_original(entry, found, words) if found else None


def original(entry: Entry, shelves: Path | None) -> Opening | None:
    """Return the link to the original file, or None if there is none."""
    found = original_of(shelves, entry.document)
    return Opening(_address(entry), is_download=found.media_type is None) if found else None


def _of_original(entry: Entry, found: Original, words: str) -> Opening:
    form = _FORMS.get(found.media_type or "")
    place = place_in(form, entry.locator, words) if form and entry.locator else None
    address = f"{_address(entry)}#{place}" if place else _address(entry)
    return Opening(address, bool(place), found.media_type is None)


def _address(entry: Entry) -> str:
    return f"/originals/{quote(entry.document_id, safe='')}"
