"""Shelves -> passages for an index: summaries, records, pieces, suggestions and former pieces."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.imports.store import RECORD, Kept, Shelves, pieces_of, suggested_in, text_of
from indexer.imports.validate import problems_of
from indexer.steps.passages import Chunker
from kb.domain.documents import Document
from kb.domain.passages import Entry, Unit
from kb.domain.places import Gazetteer
from kb.domain.topics import Thesaurus
from kb.errors import CorpusError, Problem


class Shelved(NamedTuple):
    """What the shelves hold, as an index takes it."""

    documents: tuple[tuple[Document, tuple[Unit, ...]], ...] = ()  # each with its passages
    former: tuple[Entry, ...] = ()


def shelved(shelves: Shelves, thesaurus: Thesaurus, gazetteer: Gazetteer) -> Shelved:
    """Everything on the shelves; CorpusError with every problem of every record."""
    problems: list[Problem] = []
    documents: list[tuple[Document, tuple[Unit, ...]]] = []
    former: list[Entry] = []
    for kept in shelves.documents():
        try:
            document = checked(kept, thesaurus, gazetteer)
        except CorpusError as error:
            problems += error.problems
            continue
        chunker = Chunker(document, thesaurus, gazetteer, kept.shelf)
        units = tuple(_units(kept, document, chunker))
        documents.append((document, units))
        known = {unit.entry.id for unit in units}
        former += (entry for entry in _former(kept, chunker) if entry.id not in known)
    if problems:
        raise CorpusError(problems)
    return Shelved(tuple(documents), tuple(former))


def checked(kept: Kept, thesaurus: Thesaurus, gazetteer: Gazetteer) -> Document:
    """The record of a document; CorpusError with every problem of it."""
    document, path = kept.record(), str(kept.folder / RECORD)
    problems = problems_of(path, document, thesaurus, gazetteer)
    if document.id != kept.id:
        problems.append(Problem(path, 2, f"id '{document.id}'", f"'{kept.id}', for ids stay"))
    if problems:
        raise CorpusError(problems)
    return document


def _units(kept: Kept, document: Document, chunker: Chunker) -> Iterator[Unit]:
    yield chunker.summary()
    for record in document.records:
        yield chunker.record(record)
    decided = {record.slug for record in document.records} | kept.rejected()
    for one in suggested_in(kept.latest):
        if one.slug not in decided:
            yield chunker.suggestion(one.demand, one.locator)
    yield from _texts(kept.latest, chunker)


def _texts(version: Path, chunker: Chunker) -> Iterator[Unit]:
    text = text_of(version)
    for piece in pieces_of(version):
        yield chunker.text(piece.slug, text[piece.start : piece.end], piece.locator)


def _former(kept: Kept, chunker: Chunker) -> list[Entry]:
    """Passages of every version and every suggestion; an id that two versions have is the newer."""
    found: dict[str, Entry] = {}
    for version in kept.versions:
        suggestions = (chunker.suggestion(one.demand, one.locator) for one in suggested_in(version))
        found |= {unit.entry.id: unit.entry for unit in (*_texts(version, chunker), *suggestions)}
    return list(found.values())
