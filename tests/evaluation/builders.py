"""Builders of small judged collections, valid unless a test changes them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

RECORDS = (
    {"_id": "d1", "title": "Rent control", "text": "Freeze every rent in the city this year."},
    {"_id": "d2", "title": "", "text": "Close the old jail and free the people in it."},
    {"_id": "d3", "title": "Schools", "text": "Hire counselors instead of police officers."},
    {"_id": "d4", "title": "", "text": "Plant a tree on each street corner."},
)
QUERIES = (
    {"_id": "q1", "text": "freeze the rent", "user": "organizer", "kind": "demand"},
    {"_id": "q2", "text": "jail", "user": "writer", "kind": "demand"},
    {"_id": "q3", "text": "submarine cables", "user": "writer", "kind": "question"},
)
QRELS = (("q1", "d1", 3), ("q1", "d4", 1), ("q2", "d2", 2), ("q2", "d1", 0), ("q3", "d4", 1))


def make_collection(
    folder: Path,
    records: Sequence[Mapping[str, Any]] | None = RECORDS,
    queries: Sequence[Mapping[str, Any]] = QUERIES,
    qrels: Iterable[tuple[str, str, int]] = QRELS,
) -> Path:
    """Write a folder in BEIR's layout and return it; without records it is for our own index."""
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(folder / "queries.jsonl", queries)
    if records is not None:
        write_rows(folder / "corpus.jsonl", records)
    write_columns(folder / "qrels.tsv", [("query-id", "corpus-id", "score"), *qrels])
    return folder


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write JSON objects to a file, one a line, and return the path."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), "utf-8")
    return path


def write_columns(path: Path, rows: Iterable[Sequence[object]], between: str = "\t") -> Path:
    """Write rows of columns to a file and return the path."""
    path.write_text("".join(between.join(map(str, row)) + "\n" for row in rows), "utf-8")
    return path
