"""Convert CSL items to pandoc metadata and citations, for citeproc."""

from collections.abc import Mapping
from typing import Any

from kb.citations.item import Item
from kb.citations.pandoc import Node
from kb.citations.rich import inlines

# Placeholder for the locator while citeproc runs, because citeproc would change its hyphens to
# dashes. It is a private-use character, which is removed from all source texts.
PLACE = "\ue000"

# Text fields; the others are codes, numbers and URLs.
_WORDS = ("title", "container-title", "publisher", "genre", "literal", "family", "given", "suffix")


ENGLISH_TAG = "en-US"  # locale of the words that a style adds, unless another is asked for


def metadata(works: Mapping[str, Item], language: str = ENGLISH_TAG) -> Node:
    """Return pandoc metadata with the works as references, whose ids are the keys of `works`."""
    references = [_value("", item | {"id": key}) for key, item in works.items()]
    return {
        "lang": {"t": "MetaString", "c": language},
        "references": {"t": "MetaList", "c": references},
    }


def citation(key: str, placed: bool = False) -> Node:
    """Return a pandoc citation of a work; if `placed`, with a placeholder for the locator."""
    one = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [{"t": "Str", "c": f"{{{PLACE}}}"}] if placed else [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[one], [{"t": "Str", "c": key}]]}


def _value(field: str, value: Any) -> Node:
    """Return a CSL value as pandoc metadata; text becomes inlines, whose markup is not parsed."""
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {key: _value(key, one) for key, one in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_value(field, one) for one in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    text = str(value).replace(PLACE, "")
    if field in _WORDS:
        return {"t": "MetaInlines", "c": inlines(text)}
    return {"t": "MetaString", "c": text}
