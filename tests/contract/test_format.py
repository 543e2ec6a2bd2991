"""The stored format has a number; changing the format without the number fails here."""

import json
from pathlib import Path
from typing import Any

from kb.domain.citations import Formatted
from kb.domain.documents import Document
from kb.domain.passages import Entry
from kb.domain.places import Place
from kb.domain.tables import Table
from kb.domain.topics import Topic
from kb.index.contract import Manifest
from kb.index.local.generations import FORMAT
from kb.index.local.lexical import FOLDER
from tests.builders import make_generation, make_unit
from tests.fakes import HashEncoder

STORED = Path(__file__).with_name("stored_format.json")  # of the current format, to be compared


def shape(schema: Any) -> Any:
    """Return a JSON Schema without titles and descriptions, which may change freely."""
    if isinstance(schema, dict):
        return {
            key: shape(one)
            for key, one in schema.items()
            if not (key in {"description", "title"} and isinstance(one, str))
        }
    return [shape(one) for one in schema] if isinstance(schema, list) else schema


def test_the_stored_schema_is_that_of_the_format_number(tmp_path: Path) -> None:
    """The models in the catalogue, the fields of the postings and the files are those of FORMAT."""
    reader = make_generation(tmp_path, [make_unit(0, "rent")], HashEncoder())
    folder = tmp_path / "generations" / reader.manifest.generation
    nouns = (Entry, Document, Topic, Place, Table, Manifest, Formatted)
    stored = {
        "format": FORMAT,
        "nouns": {noun.__name__: shape(noun.model_json_schema()) for noun in nouns},
        "postings": json.loads((folder / FOLDER / "meta.json").read_text("utf-8"))["schema"],
        "files": sorted(
            name for name in reader.manifest.files if not name.startswith(f"{FOLDER}/")
        ),
    }
    now = tmp_path / "now.json"
    now.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", "utf-8")

    assert json.loads(STORED.read_text("utf-8")) == stored, (
        "what is stored has changed: raise FORMAT in kb/index/local/generations.py, so that "
        f"indexes are built again, and copy {now} to {STORED}"
    )
