"""The judged queries state their kind and their user, for reports by kind."""

from pathlib import Path

import pytest

from kb.evaluation.judgments import read_judgments

FOLDERS = (".", "asked", "spanish", "abstention")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_query_has_a_kind_and_a_user(folder: str) -> None:
    """Every judged query states its kind, its user and what is needed."""
    topics = read_judgments(Path(__file__).parent / folder).topics

    assert [one.query_id for one in topics if not (one.kind and one.user and one.need)] == []


def test_kinds_are_those_that_are_documented(repository: Path) -> None:
    """docs/evaluation.md describes every kind of query."""
    page = (repository / "docs" / "evaluation.md").read_text("utf-8")
    folders = [read_judgments(Path(__file__).parent / folder) for folder in FOLDERS]
    kinds = {topic.kind for judgments in folders for topic in judgments.topics}

    assert {kind for kind in kinds if f"| `{kind}` |" not in page} == set()
