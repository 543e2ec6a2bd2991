"""Read and write the documents and queries that every compared system gets."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kb.errors import JudgmentsError, Problem


class Text(NamedTuple):
    """A document or a query."""

    id: str
    text: str


class Work(NamedTuple):
    """Documents to index and queries to run."""

    folder: Path
    language: str
    documents: Sequence[Text]
    queries: Sequence[Text]


def read_documents(folder: Path) -> list[Text]:
    """Read the documents of a BEIR folder, with title and text joined as in our own index.

    Raise JudgmentsError if the file is missing or invalid.
    """
    # Only the parent reads collections; to use less memory, a trial reads what the parent wrote.
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
    """Write the documents and queries to a file, from which each trial reads them."""
    path.write_text(json.dumps(work._replace(folder=str(work.folder))), "utf-8")  # type: ignore[arg-type]


def read_work(path: Path) -> Work:
    """Read the documents and queries that `write_work` wrote."""
    folder, language, documents, queries = json.loads(path.read_text("utf-8"))
    return Work(
        Path(folder), language, [Text(*one) for one in documents], [Text(*one) for one in queries]
    )
