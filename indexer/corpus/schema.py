"""Derive the JSON Schema (draft 2020-12) of the front matter of corpus files."""

from typing import Any

from kb.domain.documents import Head


def front_matter_schema() -> dict[str, Any]:
    """Return the schema of the front matter: `Head` without the summary, which is in the body."""
    schema = Head.model_json_schema()
    schema["properties"].pop("summary")
    schema["required"] = [key for key in schema["required"] if key not in ("summary", "source")]
    is_case = {"properties": {"kind": {"const": "outcome"}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "if": is_case,
        "then": {"required": ["title", "campaign"], "properties": {"source": False}},
        "else": {"required": ["source"]},
        "title": "Front matter of a corpus file",
    }
