"""CSL items -> the parts of a pandoc document that cites them."""

from collections.abc import Mapping
from typing import Any

from kb.citations.item import Item
from kb.citations.pandoc import Node
from kb.citations.rich import inlines

# Stands for the place in the source while citeproc works, which would set dashes for the hyphens
# in it; a character for private use, taken out of every text of a source.
PLACE = "\ue000"

# Fields that are words; the others are codes, numbers and addresses.
_WORDS = ("title", "container-title", "publisher", "genre", "literal", "family", "given", "suffix")


def metadata(works: Mapping[str, Item]) -> Node:
    """The metadata in which citeproc looks the works up, by their keys."""
    references = [_value("", item | {"id": key}) for key, item in works.items()]
    return {
        "lang": {"t": "MetaString", "c": "en-US"},
        "references": {"t": "MetaList", "c": references},
    }


def citation(key: str, placed: bool = False) -> Node:
    """A reference to a work; braces mark all within them as the place that is referred to."""
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
    """A CSL value as metadata; words become inlines, in which nothing is read as markup."""
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
