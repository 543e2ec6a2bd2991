"""Export references as CSL-JSON; this module also re-exports the RIS and BibTeX writers."""

import json
from collections.abc import Sequence

from kb.citations.bibtex import bibtex
from kb.citations.reference import Reference
from kb.citations.ris import ris

__all__ = ["Reference", "bibtex", "csl_json", "ris"]


def csl_json(references: Sequence[Reference]) -> str:
    """Return the references as a CSL-JSON array, with abstract, keyword and note."""
    return json.dumps([_item(one) for one in references], ensure_ascii=False, indent=2) + "\n"


def _item(reference: Reference) -> dict[str, object]:
    beside = {
        "abstract": reference.abstract,
        "keyword": ", ".join(reference.keywords),
        "note": reference.note,
    }
    return reference.item | {field: words for field, words in beside.items() if words}
