"""The judged work that every system is given: the same texts, the same questions."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kb.errors import JudgmentsError, Problem


class Text(NamedTuple):
    """A document or a question."""

    id: str
    text: str


class Work(NamedTuple):
    """What is indexed and what is asked."""

    folder: Path
    language: str
    documents: Sequence[Text]
    queries: Sequence[Text]


def read_documents(folder: Path) -> list[Text]:
    """The records of a BEIR folder as title and text, as our own index takes them."""
    # Only the parent reads collections; a trial reads what the parent wrote, for less memory.
    from kb.evaluation.beir import FILES, corpus_file, read_rows  # noqa: PLC0415

    path = corpus_file(folder)
    if path is None:
        problem = Problem(str(folder / FILES[0]), 1, "there is no such file", "a BEIR corpus")
        raise JudgmentsError([problem])
    problems: list[Problem] = []
    rows = [row for _, row in read_rows(path, problems)]
    if problems:
        raise JudgmentsError(problems)
    return [Text(str(row["_id"]), _joined(row.get("title"), row.get("text"))) for row in rows]


def _joined(title: str | None, text: str | None) -> str:
    return "\n".join(part for part in (title, text) if part)


def write_work(path: Path, work: Work) -> None:
    """Write the work where a trial finds it."""
    path.write_text(json.dumps(work._replace(folder=str(work.folder))), "utf-8")  # type: ignore[arg-type]


def read_work(path: Path) -> Work:
    """The work as it was written."""
    folder, language, documents, queries = json.loads(path.read_text("utf-8"))
    return Work(
        Path(folder), language, [Text(*one) for one in documents], [Text(*one) for one in queries]
    )
