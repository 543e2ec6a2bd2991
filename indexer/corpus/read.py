"""Read a corpus folder: documents, thesaurus and gazetteer, with the line of every value."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from indexer.corpus.front_matter import Lines, read_yaml
from indexer.corpus.outcomes import with_outcomes
from indexer.corpus.parse import Parsed, describe, parse
from kb.domain.base import Noun
from kb.domain.documents import Document
from kb.domain.places import Gazetteer, Place
from kb.domain.topics import Thesaurus, Topic
from kb.errors import CorpusError, Problem

FOLDERS = {
    "platform": "platforms",
    "report": "reports",
    "writing": "writings",
    "outcome": "outcomes",
}
TOPICS, PLACES = "topics.yaml", "places.yaml"


class TopicsFile(Noun):
    """Contents of corpus/topics.yaml."""

    shared_labels: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()  # topics that are kinds of campaign
    topics: tuple[Topic, ...]


class PlacesFile(Noun):
    """Contents of corpus/places.yaml."""

    places: tuple[Place, ...]


_Table = TypeVar("_Table", TopicsFile, PlacesFile)


class Corpus(NamedTuple):
    """Contents of a corpus folder; `problems` lists why files could not be read."""

    root: Path
    files: dict[str, Parsed]
    topics: TopicsFile
    topic_lines: Lines
    places: PlacesFile
    place_lines: Lines
    problems: tuple[Problem, ...]
    documents: tuple[Document, ...]
    thesaurus: Thesaurus
    gazetteer: Gazetteer


def files(root: Path) -> list[Path]:
    """Return the corpus files of a folder in a fixed order, without hidden files or symlinks."""
    return [
        path
        for folder in FOLDERS.values()
        for path in sorted((root / folder).glob("*.md"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    ]


def digest(root: Path) -> str:
    """Return a hex SHA-256 of the names and contents of the corpus files and vocabularies."""
    total = hashlib.sha256()
    for path in [root / TOPICS, root / PLACES, *files(root)]:
        if path.is_file():
            name = path.relative_to(root).as_posix()
            total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def read(root: Path, more: Iterable[Path] = ()) -> Corpus:
    """Read a corpus folder, and the files in `more` as if they were in it.

    Files that cannot be read are left out, and the reasons are in `problems` of the result.
    """
    problems: list[Problem] = []
    topics, topic_lines = _table(root / TOPICS, TopicsFile, problems)
    places, place_lines = _table(root / PLACES, PlacesFile, problems)
    found: dict[str, Parsed] = {}
    paths = files(root)
    if not paths:
        folders = ", ".join(FOLDERS.values())
        problems.append(Problem(str(root), 1, "no corpus file", f"*.md in {folders}"))
    known = {path.resolve() for path in paths}
    for path in [*paths, *(path for path in more if path.resolve() not in known)]:
        try:
            found[str(path)] = parse(str(path), read_text(path))
        except CorpusError as error:
            problems += error.problems
    topics = topics or TopicsFile(topics=())
    places = places or PlacesFile(places=())
    documents = with_outcomes(parsed.document for parsed in found.values())
    found = {
        path: parsed._replace(document=document)
        for (path, parsed), document in zip(found.items(), documents, strict=True)
    }
    return Corpus(
        root=root,
        files=found,
        topics=topics,
        topic_lines=topic_lines,
        places=places,
        place_lines=place_lines,
        problems=tuple(problems),
        documents=documents,
        thesaurus=Thesaurus(topics.topics),
        gazetteer=Gazetteer(places.places),
    )


def tables(root: Path) -> tuple[tuple[Topic, ...], tuple[Place, ...]]:
    """Return the topics and places of a corpus folder. Raise CorpusError with all problems."""
    problems: list[Problem] = []
    topics, _ = _table(root / TOPICS, TopicsFile, problems)
    places, _ = _table(root / PLACES, PlacesFile, problems)
    if topics is None or places is None:
        raise CorpusError(problems)
    return topics.topics, places.places


def read_text(path: Path) -> str:
    """Return the text of a corpus file. Raise CorpusError if it is not readable as UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problem = Problem(str(path), line, "bytes that are not UTF-8", "UTF-8 text")
        raise CorpusError([problem]) from error
    except OSError as error:
        problem = Problem(str(path), 1, f"not readable: {error.strerror}", "a readable file")
        raise CorpusError([problem]) from error


def _table(path: Path, model: type[_Table], problems: list[Problem]) -> tuple[_Table | None, Lines]:
    try:
        value, lines, found = read_yaml(str(path), read_text(path), first=1)
    except CorpusError as error:
        problems += error.problems
        return None, Lines(1)
    problems += found
    if found:
        return None, lines
    try:
        return model.model_validate(value), lines
    except ValidationError as error:
        problems += [describe(str(path), lines, item) for item in error.errors()]
        return None, lines
