"""Index a collection in BEIR's layout, with the same build steps as the corpus.

Layout: `corpus.jsonl` or `corpus.jsonl.gz`, one record per line with `_id`, `title` and `text`.
Source: Thakur et al., BEIR, NeurIPS Datasets and Benchmarks 2021.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.build import CACHE, Report
from indexer.steps.embed import embed
from indexer.steps.publish import publish
from indexer.steps.version import builder_version
from kb.domain.passages import Card, Entry, Unit
from kb.domain.sources import Rights, Source
from kb.encoders.base import TextEncoder, Vectors
from kb.encoders.vector_spaces import Spaces
from kb.errors import JudgmentsError, Problem
from kb.index.contract import Contents, Identity, OpenReader
from kb.index.engine import open_engine

FILES = ("corpus.jsonl", "corpus.jsonl.gz")
FOLDER = "collections"


def corpus_file(folder: Path) -> Path | None:
    """Return the corpus file of a collection, or None if its queries are about our own corpus."""
    return next((folder / name for name in FILES if (folder / name).exists()), None)


def open_collection(
    path: Path, root: Path, spaces: Spaces, language: str, report: Report
) -> OpenReader:
    """Open the index of a collection, building it under `root` if it is missing.

    Without vector spaces, only lexical search is possible. If the collection is invalid, raise
    JudgmentsError with all problems.
    """
    identity = _identity(path, spaces, language)
    engine = open_engine(root / FOLDER / identity.corpus[:16])
    with engine.locked(lambda: report("waiting for another build", 0, 0)):
        writer = engine.writer()
        generation = writer.generation(identity)
        if not writer.has(generation):
            units = list(read_units(path, language))
            vectors = {one.name: _vectors(units, one.encoder, root, report) for one in spaces}
            publish(writer, identity, Contents((), units, vectors))
    return engine.reader(generation)


def _identity(path: Path, spaces: Spaces, language: str) -> Identity:
    encoders = {space.name: space.encoder.identity for space in spaces}
    named = [(name, one.name, one.checksum) for name, one in encoders.items()]
    parts = (hashlib.sha256(_bytes(path)).hexdigest(), language, *named)
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    return Identity(digest, encoders, builder=builder_version())


def _vectors(units: list[Unit], encoder: TextEncoder, root: Path, report: Report) -> Vectors:
    texts = [unit.embedded for unit in units]
    vectors, _ = embed(
        texts, encoder, root / CACHE, lambda done: report("vectors", done, len(texts))
    )
    return vectors


def read_units(path: Path, language: str) -> Iterator[Unit]:
    """Return the records of a collection as passages; raise JudgmentsError if any are invalid."""
    problems: list[Problem] = []
    rows = [
        (line, _named(path, line, row, problems), row) for line, row in read_rows(path, problems)
    ]
    problems += repeated(path, [(line, record_id) for line, record_id, _ in rows])
    if not rows and not problems:
        problems.append(Problem(str(path), 1, "no record", "a JSON object per line"))
    if problems:
        raise JudgmentsError(problems)
    return (_unit(record_id, row, language) for _, record_id, row in rows)


def _named(path: Path, line: int, row: dict[str, Any], problems: list[Problem]) -> str:
    problems += [
        Problem(str(path), line, f"'{field}' is not a string", "a string")
        for field in ("title", "text")
        if not isinstance(row.get(field, ""), str)
    ]
    return row_id(path, line, row, problems)


def _unit(record_id: str, row: dict[str, Any], language: str) -> Unit:
    """Return a record as a passage; only its title and text are searched and embedded."""
    title = row.get("title", "")
    entry = Entry(
        id=record_id,
        document_id=record_id,
        kind="text",
        title=title,
        text=row.get("text", ""),
        language=language,
        # The document's title would be added to the context, but the passage has its own title.
        document=Card(id=record_id, kind="writing", title=""),
        source=Source(
            type="document",
            title=title or record_id,
            language=language,
            rights=Rights(terms="As the collection states"),
        ),
        citation=title or record_id,
    )
    return Unit(entry, ("kind=text", f"document={record_id}", f"language={language}"))


def read_rows(path: Path, problems: list[Problem]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line number and JSON object of each line; add invalid lines to `problems`."""
    try:
        lines = _bytes(path).split(b"\n")
    except JudgmentsError as error:
        problems += error.problems
        return
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            problems.append(Problem(str(path), number, f"not JSON ({error})", "one JSON object"))
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            problems.append(Problem(str(path), number, "not a JSON object", "one JSON object"))


def _bytes(path: Path) -> bytes:
    """Return the bytes of a file, decompressed if gzipped; raise JudgmentsError if unreadable."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return file.read()
    except FileNotFoundError as error:
        problem = Problem(str(path), 1, "there is no such file", "a readable file")
        raise JudgmentsError([problem]) from error
    except (OSError, EOFError, zlib.error) as error:
        problem = Problem(str(path), 1, f"not readable ({error})", "a readable file")
        raise JudgmentsError([problem]) from error


def row_id(path: Path, line: int, row: dict[str, Any], problems: list[Problem]) -> str:
    """Return the `_id` or `id` of a row; if it is invalid, add a problem and return ""."""
    value = row.get("_id", row.get("id"))
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value or value.split() != [value]:
        problems.append(Problem(str(path), line, "no usable '_id'", "an id without white space"))
        return ""
    return value


def repeated(path: Path, ids: list[tuple[int, str]]) -> Iterator[Problem]:
    """Yield a problem for each id that was already used on an earlier line."""
    first: dict[str, int] = {}
    for line, one in ids:
        if one and first.setdefault(one, line) != line:
            wrong = f"id '{one}' is already used in line {first[one]}"
            yield Problem(str(path), line, wrong, "each id once")
