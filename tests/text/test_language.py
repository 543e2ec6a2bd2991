"""Detection of English or Spanish from a few words."""

import json
from pathlib import Path

import pytest

from kb.text.language import language_of


@pytest.mark.parametrize(
    "text",
    ["policia fuera de las escuelas", "¿Quién paga?", "aborto legal ya", "reparación",
     "presupuesto participativo para barrios", "desalojos y vivienda"],
)  # fmt: skip
def test_spanish_is_detected(text: str) -> None:
    """Spanish is detected with or without accents, from a few words."""
    assert language_of(text) == "es"


@pytest.mark.parametrize(
    "text", ["", "SRO", "police out of schools", "no cop academy", "Los Angeles", "1 000 €", "🏳️‍🌈"]
)
def test_all_else_is_english(text: str) -> None:
    """Without a sign of Spanish a text is taken for English."""
    assert language_of(text) == "en"


def test_languages_of_judged_questions_are_detected(repository: Path) -> None:
    """At most one in thirty judged questions is taken for the other language."""
    told = []
    for folder, language in ((".", None), ("spanish", "es"), ("abstention", None)):
        path = repository / "tests" / "relevance" / folder / "queries.jsonl"
        for line in path.read_text("utf-8").splitlines():
            query = json.loads(line)
            kind = "es" if query["kind"] == "spanish" else "en"
            wanted = language or query.get("language") or kind
            told.append(language_of(query["text"]) == wanted)

    assert len(told) > 200
    assert told.count(False) <= len(told) / 30
