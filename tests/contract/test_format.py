"""What is stored has a number, and a change of the one without the other is noticed."""

import hashlib
import json
from pathlib import Path
from typing import Any

from kb.domain.citations import Formatted
from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.domain.places import Place
from kb.domain.topics import Topic
from kb.index.contract import Manifest
from kb.index.local.generations import FORMAT
from kb.index.local.lexical import FOLDER
from tests.builders import make_generation, make_unit
from tests.fakes import HashEncoder

# The digest of everything below for each format that was ever released; add a line, change none.
DIGESTS = {
    2: "3b1ba602eb553744",
    3: "a1da9f28594ac81a",
    4: "50fbbf2a34210144",
    5: "bd6cd46ed0489b2b",
}


def shape(schema: Any) -> Any:
    """A JSON Schema without its words, which may change freely."""
    if isinstance(schema, dict):
        return {
            key: shape(one)
            for key, one in schema.items()
            if not (key in {"description", "title"} and isinstance(one, str))
        }
    return [shape(one) for one in schema] if isinstance(schema, list) else schema


def test_what_is_stored_has_the_number_of_its_format(tmp_path: Path) -> None:
    """The nouns in the catalogue and the fields of the postings are those of this format."""
    reader = make_generation(tmp_path, [make_unit(0, "rent")], HashEncoder())
    folder = tmp_path / "generations" / reader.manifest.generation
    nouns = (Entry, Document, Topic, Place, Manifest, Formatted)
    stored = {
        "nouns": [shape(noun.model_json_schema()) for noun in nouns],
        "postings": json.loads((folder / FOLDER / "meta.json").read_text("utf-8"))["schema"],
        "files": sorted(
            name for name in reader.manifest.files if not name.startswith(f"{FOLDER}/")
        ),
    }

    digest = hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:16]

    assert DIGESTS.get(FORMAT) == digest, (
        f"what is stored has changed: raise FORMAT in kb/index/local/generations.py, and add "
        f"'{digest}' for it to DIGESTS; an index that people built is then built again"
    )
