"""Make the passages of all shelves for an index, including those of earlier versions."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.imports.store import (
    ShelfStore,
    StoredDocument,
    read_pieces,
    read_suggestions,
    read_version_text,
)
from indexer.imports.validate import Rules, valid_documents
from indexer.steps.passages import PassageBuilder
from kb.domain.documents import Document
from kb.domain.imports import StoredSuggestion
from kb.domain.passages import Entry, Unit
from kb.errors import Problem


class ShelfPassages(NamedTuple):
    """The passages of all shelves for an index."""

    documents: tuple[tuple[Document, tuple[Unit, ...]], ...] = ()  # each with its passages
    former: tuple[Entry, ...] = ()  # passages of earlier versions, which are shown but not searched
    problems: tuple[Problem, ...] = ()  # in documents that are left out


def shelf_passages(store: ShelfStore, rules: Rules) -> ShelfPassages:
    """Return the passages of all valid documents, and the problems of the others."""
    problems: list[Problem] = []
    documents: list[tuple[Document, tuple[Unit, ...]]] = []
    former: list[Entry] = []
    for stored, document in valid_documents(store, rules, problems):
        builder = PassageBuilder(document, rules.thesaurus, rules.gazetteer, stored.shelf)
        units = tuple(_units(stored, document, builder))
        documents.append((document, units))
        searched = {unit.entry.id for unit in units}
        former += (entry for entry in _former(stored, builder) if entry.id not in searched)
    return ShelfPassages(tuple(documents), tuple(former), tuple(problems))


def _units(stored: StoredDocument, document: Document, builder: PassageBuilder) -> Iterator[Unit]:
    yield builder.summary()
    for record in document.records:
        yield builder.record(record)
    decided = {record.slug for record in document.records} | stored.rejected()
    for one in read_suggestions(stored.latest):
        if one.slug not in decided:
            yield _suggestion(one, builder)
    yield from _texts(stored.latest, builder)


def _suggestion(one: StoredSuggestion, builder: PassageBuilder) -> Unit:
    """Return the passage for a suggestion, with only those topics that are in the thesaurus."""
    topics = tuple(topic for topic in one.demand.topics if topic in builder.thesaurus.by_id)
    return builder.suggestion(one.demand.model_copy(update={"topics": topics}), one.locator)


def _texts(version: Path, builder: PassageBuilder) -> Iterator[Unit]:
    text = read_version_text(version)
    for piece in read_pieces(version):
        yield builder.text(piece.slug, text[piece.start : piece.end], piece.locator)


def _former(stored: StoredDocument, builder: PassageBuilder) -> list[Entry]:
    """Return the passages of all versions; if two have the same id, keep the later one."""
    found: dict[str, Entry] = {}
    for version in stored.versions:
        suggestions = (_suggestion(one, builder) for one in read_suggestions(version))
        found |= {unit.entry.id: unit.entry for unit in (*_texts(version, builder), *suggestions)}
    return list(found.values())
