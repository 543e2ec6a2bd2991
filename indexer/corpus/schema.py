"""The JSON Schema (draft 2020-12) of a corpus file's front matter."""

from typing import Any

from kb.domain.documents import Head


def front_matter_schema() -> dict[str, Any]:
    """The catalogue record as it is written; the summary stands in the body."""
    schema = Head.model_json_schema()
    schema["properties"].pop("summary")
    schema["required"].remove("summary")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Front matter of a corpus file",
    }
