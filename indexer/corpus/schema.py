"""Make the JSON Schema (draft 2020-12) of the front matter of corpus files."""

from typing import Any

from kb.domain.documents import Head


def front_matter_schema() -> dict[str, Any]:
    """Return the schema of the record without the summary, which is in the body."""
    schema = Head.model_json_schema()
    schema["properties"].pop("summary")
    schema["required"].remove("summary")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Front matter of a corpus file",
    }
