"""Check a corpus against the rules for its files, and report each violation with its line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from indexer.corpus.check_campaigns import campaign_problems, check_events, check_sources
from indexer.corpus.check_vocabularies import gazetteer_problems, thesaurus_problems
from indexer.corpus.front_matter import Location
from indexer.corpus.parse import Parsed
from indexer.corpus.problems import ProblemCollector
from indexer.corpus.read import FOLDERS, PLACES, TOPICS, Corpus
from kb.domain.records import Demand
from kb.domain.sources import SLUG
from kb.errors import Problem
from kb.languages.registry import LANGUAGES
from kb.text.analysis import name_key

MAX_PHRASES = 8  # of a document or record, in one language

_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")  # the common form of BCP 47 tags


def check(corpus: Corpus) -> list[Problem]:
    """Return every problem in every corpus file, sorted by path and line."""
    problems = [*corpus.problems, *thesaurus_problems(corpus), *gazetteer_problems(corpus)]
    owners: dict[str, str] = {}
    known = {document.id for document in corpus.documents}
    for path, parsed in corpus.files.items():
        problems += _document(path, parsed, corpus, owners, known)
    problems += campaign_problems(corpus)
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.wrong))


def _document(
    path: str, parsed: Parsed, corpus: Corpus, owners: dict[str, str], known: set[str]
) -> list[Problem]:
    document, file = parsed.document, ProblemCollector(path, parsed.lines)
    if document.id in owners:
        wrong = f"id '{document.id}' is already used in {owners[document.id]}"
        file.add(("id",), wrong, "a unique id")
    owners.setdefault(document.id, path)
    _location(file, corpus.root, document.id, document.kind)
    file.date(("source", "issued"), document.source.issued)
    file.date(("source", "accessed"), document.source.accessed)
    _language(file, ("language",), document.language)
    _language(file, ("source", "language"), document.source.language)
    _known_topics(file, ("topics",), document.topics, corpus)
    _phrases(file, ("phrases",), document.phrases.by_language)
    _translated(file, ("titles",), document.titles, document.language)
    if document.place:
        _known_place(file, ("place",), document.place, corpus)
    _related(file, parsed, known)
    _records(file, parsed, corpus)
    check_sources(file, document)
    check_events(file, document)
    return file.problems


def _location(file: ProblemCollector, root: Path, document_id: str, kind: str) -> None:
    path = Path(file.path)
    if path.stem != document_id:
        file.add(("id",), f"id '{document_id}' is not the file name", f"'{path.stem}'")
    inside = path.resolve().is_relative_to(root.resolve())
    if inside and path.parent.name != FOLDERS[kind]:
        file.add(("kind",), f"a {kind} in {path.parent.name}/", f"the folder {FOLDERS[kind]}/")


def _language(file: ProblemCollector, at: Location, tag: str) -> None:
    if not _LANGUAGE.match(tag):
        file.add(at, f"language '{tag}' is not a BCP 47 tag", "en, es, pt-BR ...")


def _known_topics(
    file: ProblemCollector, at: Location, topics: tuple[str, ...], corpus: Corpus
) -> None:
    for index, topic in enumerate(topics):
        if topic not in corpus.thesaurus.by_id:
            file.add((*at, index), f"topic '{topic}' is not known", f"an id from {TOPICS}")


def _phrases(file: ProblemCollector, at: Location, phrases: Mapping[str, Sequence[str]]) -> None:
    for language, some in phrases.items():
        if language not in LANGUAGES:
            wrong = f"phrases in '{language}', which is not searched"
            file.add(at, wrong, f"one of {', '.join(LANGUAGES)}")
        folded = [name_key(one) for one in some]
        for index, phrase in enumerate(some):
            if ";" in phrase or not folded[index] or folded[index] in folded[:index]:
                wrong = f"'{phrase}' is not a phrase of its own"
                file.add(at, wrong, "words without a semicolon, given once")
        if len(some) > MAX_PHRASES:
            file.add(at, f"{len(some)} phrases in '{language}'", f"at most {MAX_PHRASES}")


def _translated(file: ProblemCollector, at: Location, languages: Iterable[str], own: str) -> None:
    expected = f"one of {', '.join(one for one in LANGUAGES if one != own)}"
    for language in languages:
        if language == own:
            wrong = f"a translation in '{language}', the language of the text"
            file.add((*at, language), wrong, expected)
        elif language not in LANGUAGES:
            file.add(
                (*at, language), f"a translation in '{language}', which has no pages", expected
            )


def _known_place(file: ProblemCollector, at: Location, place: str, corpus: Corpus) -> None:
    if place not in corpus.gazetteer.by_id:
        file.add(at, f"place '{place}' is not known", f"an id from {PLACES}")


def _related(file: ProblemCollector, parsed: Parsed, known: set[str]) -> None:
    for index, tie in enumerate(parsed.document.related):
        if re.match(SLUG, tie.to) and tie.to not in known:
            wrong = f"related document '{tie.to}' is not in the corpus"
            file.add(("related", index), wrong, "the id of a corpus document, or a title")


def _records(file: ProblemCollector, parsed: Parsed, corpus: Corpus) -> None:
    seen: set[str] = set()
    for index, record in enumerate(parsed.document.records):
        at: Location = ("records", index)
        file.slug(at, "record id", record.slug, seen)
        if not record.topics:
            file.add((*at, "topics"), f"record '{record.slug}' has no topic", "'- Topics: ...'")
        _known_topics(file, (*at, "topics"), record.topics, corpus)
        _phrases(file, at, record.phrases.by_language)
        if isinstance(record, Demand):
            _translated(file, at, record.translations, parsed.document.language)
        if isinstance(record, Demand) and record.place:
            _known_place(file, (*at, "place"), record.place, corpus)
