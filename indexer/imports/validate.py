"""Validate documents on shelves: their records against the corpus rules, and their files."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.corpus import read as corpora
from indexer.corpus.check_campaigns import check_events, check_sources
from indexer.corpus.front_matter import Lines
from indexer.corpus.problems import ProblemCollector
from indexer.imports.store import (
    ShelfStore,
    StoredDocument,
    read_pieces,
    read_suggestions,
    read_version_text,
)
from kb.domain.documents import Document
from kb.domain.places import Gazetteer
from kb.domain.sources import SLUG
from kb.domain.topics import Thesaurus
from kb.errors import CorpusError, DamagedDocumentError, Problem
from kb.shelves.layout import PIECES, RECORD, read_origin


class Rules(NamedTuple):
    """Vocabularies and ids that the records of all shelves are checked against."""

    thesaurus: Thesaurus
    gazetteer: Gazetteer
    corpus_ids: frozenset[str]  # of corpus documents; imported documents must have other ids


def read_rules(corpus: Path) -> Rules:
    """Read the rules from a corpus folder. Raise CorpusError if its vocabularies are invalid."""
    topics, places = corpora.tables(corpus)
    ids = frozenset(path.stem for path in corpora.files(corpus))  # a file has its document's id
    return Rules(Thesaurus(topics), Gazetteer(places), ids)


def validate_record(path: str, document: Document, rules: Rules) -> None:
    """Raise CorpusError with a problem for each rule that a record breaks."""
    problems = record_problems(path, document, rules)
    if problems:
        raise CorpusError(problems)


def record_problems(path: str, document: Document, rules: Rules) -> list[Problem]:
    """Return a problem for each rule that a record breaks."""
    file = ProblemCollector(path, Lines(1))
    file.date(("source", "issued"), document.source.issued)
    file.date(("source", "accessed"), document.source.accessed)
    topics = {*document.topics, *(one for record in document.records for one in record.topics)}
    for topic in sorted(topics - rules.thesaurus.by_id.keys()):
        file.add(("topics",), f"topic '{topic}' is not known", "one that `kb topics` lists")
    if document.place and document.place not in rules.gazetteer.by_id:
        file.add(("place",), f"place '{document.place}' is not known", "one that `kb places` lists")
    if document.id in rules.corpus_ids:
        file.add(("id",), f"id '{document.id}' is already in the corpus", "a unique id")
    for slug in _repeated(record.slug for record in document.records):
        file.add(("records",), f"record id '{slug}' is given twice", "ids unique in the file")
    for record in document.records:
        if not re.fullmatch(SLUG, record.slug):
            file.add(("records",), f"record id '{record.slug}'", "a-z, 0-9 and single hyphens")
    check_sources(file, document)
    check_events(file, document)
    return file.problems


def load_document(stored: StoredDocument, rules: Rules) -> Document:
    """Return the record of a document whose files are valid. Raise CorpusError if they are not."""
    document = stored.record()
    problems = document_problems(stored, document, rules)
    if problems:
        raise CorpusError(problems)
    return document


def document_problems(stored: StoredDocument, document: Document, rules: Rules) -> list[Problem]:
    """Return all problems in a document: in its record, its versions and its review file."""
    path = str(stored.folder / RECORD)
    problems = record_problems(path, document, rules)
    if document.id != stored.id:
        problems.append(Problem(path, 2, f"id '{document.id}'", f"the folder name '{stored.id}'"))
    try:
        stored.rejected()
        latest = stored.latest
        for version in stored.versions:
            problems += _version_problems(stored.id, version)
        slugs = {record.slug for record in document.records}
        for slug in sorted(slugs & {one.slug for one in read_pieces(latest)}):
            wrong = f"record id '{slug}' is also the id of a passage"
            problems.append(Problem(path, 1, wrong, "a unique id"))
    except DamagedDocumentError as error:
        problems.append(error.problem)
    return problems


def _version_problems(document_id: str, version: Path) -> Iterator[Problem]:
    path = str(version / PIECES)
    read_origin(version)
    length = len(read_version_text(version))
    suggestions = read_suggestions(version)
    places = [*read_pieces(version), *suggestions]
    for slug in _repeated(one.slug for one in places):
        yield Problem(path, 1, f"passage id '{slug}' is given twice", "ids unique in a version")
    for one in places:
        if not re.fullmatch(SLUG, one.slug):
            yield Problem(path, 1, f"passage id {one.slug[:80]!r}", "a-z, 0-9 and single hyphens")
        if not 0 <= one.start < one.end <= length:
            wrong = f"passage '{one.slug[:80]}' ends at {one.end}"
            yield Problem(path, 1, wrong, f"a place in the text of {length} characters")
    for one in suggestions:
        if one.demand.id != f"{document_id}#{one.slug}":
            wrong = f"suggestion '{one.slug[:80]}' has the id {one.demand.id[:80]!r}"
            yield Problem(path, 1, wrong, f"'{document_id}#{one.slug[:80]}'")


def _repeated(slugs: Iterator[str]) -> list[str]:
    return [slug for slug, count in Counter(slugs).items() if count > 1]


def shelf_problems(store: ShelfStore, rules: Rules) -> list[Problem]:
    """Return all problems in documents on the shelves, including ids that are not unique."""
    problems: list[Problem] = []
    for _ in valid_documents(store, rules, problems):
        pass
    return problems


def valid_documents(
    store: ShelfStore, rules: Rules, problems: list[Problem]
) -> Iterator[tuple[StoredDocument, Document]]:
    """Yield the valid documents on the shelves; add the others' problems to `problems`."""
    seen: dict[str, str] = {}  # shelf by id
    for stored in store.documents():
        try:
            document = load_document(stored, rules)
        except CorpusError as error:
            problems += error.problems
            continue
        first = seen.setdefault(stored.id, stored.shelf)
        if first == stored.shelf:
            yield stored, document
        else:
            wrong = f"id '{stored.id}' is already used in {first}"
            problems.append(Problem(str(stored.folder / RECORD), 2, wrong, "a unique id"))
