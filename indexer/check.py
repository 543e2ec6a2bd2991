"""Laws that hold across the files of a corpus; each broken one is a problem with its line."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.corpus import FOLDERS, PLACES, TOPICS, Corpus
from indexer.dates import bounds
from indexer.front_matter import Lines, Location
from indexer.parse import Parsed
from kb.domain.documents import SLUG, Demand, Outcome
from kb.errors import Problem
from kb.text.analysis import name_key

_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")  # the shape of BCP 47 tags in use
_ISO_3166 = re.compile(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")
_ADDRESS = re.compile(r"^https?://[^\s<>]+$")


def check(corpus: Corpus) -> list[Problem]:
    """Every problem of every file, in order of path and line."""
    problems = [*corpus.problems, *_thesaurus(corpus), *_gazetteer(corpus)]
    owners: dict[str, str] = {}
    known = {document.id for document in corpus.documents}
    for path, parsed in corpus.files.items():
        problems += _document(path, parsed, corpus, owners, known)
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.wrong))


class _File:
    """The problems of one file, each put at the line of the value it speaks of."""

    def __init__(self, path: str, lines: Lines) -> None:
        self.path, self.lines = path, lines
        self.problems: list[Problem] = []

    def add(self, at: Location, wrong: str, expected: str) -> None:
        self.problems.append(Problem(self.path, self.lines.of(at), wrong, expected))

    def date(self, at: Location, date: str | None) -> None:
        """A date must be EDTF where it is given."""
        if date is None:
            return
        try:
            bounds(date)
        except ValueError as error:
            wrong, _, expected = str(error).partition("; expected ")
            self.add(at, wrong, expected)


def _document(
    path: str, parsed: Parsed, corpus: Corpus, owners: dict[str, str], known: set[str]
) -> list[Problem]:
    document, file = parsed.document, _File(path, parsed.lines)
    if document.id in owners:
        wrong = f"id '{document.id}' is already in {owners[document.id]}"
        file.add(("id",), wrong, "an id of its own")
    owners.setdefault(document.id, path)
    _location(file, corpus.root, document.id, document.kind)
    file.date(("source", "issued"), document.source.issued)
    file.date(("source", "accessed"), document.source.accessed)
    _language(file, ("language",), document.language)
    _language(file, ("source", "language"), document.source.language)
    _known_topics(file, ("topics",), document.topics, corpus)
    if document.place and document.place not in corpus.gazetteer.by_id:
        file.add(("place",), f"place '{document.place}' is not known", f"an id of {PLACES}")
    if not document.evidence:
        file.add(("evidence",), "no evidence", "at least one address where this was seen")
    for index, address in enumerate(document.evidence):
        if " " not in address and not _ADDRESS.match(address):
            wrong = f"evidence '{address}' is not an address"
            file.add(("evidence", index), wrong, "http(s)://..., or words that say where")
    _related(file, parsed, known)
    _records(file, parsed, corpus)
    return file.problems


def _location(file: _File, root: Path, document_id: str, kind: str) -> None:
    path = Path(file.path)
    if path.stem != document_id:
        file.add(("id",), f"id '{document_id}' is not the file's name", f"'{path.stem}'")
    inside = path.resolve().is_relative_to(root.resolve())
    if inside and path.parent.name != FOLDERS[kind]:
        file.add(("kind",), f"a {kind} in {path.parent.name}/", f"the folder {FOLDERS[kind]}/")


def _language(file: _File, at: Location, tag: str) -> None:
    if not _LANGUAGE.match(tag):
        file.add(at, f"language '{tag}' is not a BCP 47 tag", "en, es, pt-BR ...")


def _known_topics(file: _File, at: Location, topics: tuple[str, ...], corpus: Corpus) -> None:
    for index, topic in enumerate(topics):
        if topic not in corpus.thesaurus.by_id:
            file.add((*at, index), f"topic '{topic}' is not known", f"an id of {TOPICS}")


def _related(file: _File, parsed: Parsed, known: set[str]) -> None:
    for index, tie in enumerate(parsed.document.related):
        if re.match(SLUG, tie.to) and tie.to not in known:
            wrong = f"related document '{tie.to}' is not in the corpus"
            file.add(("related", index), wrong, "an id of the corpus, or a title in words")


def _records(file: _File, parsed: Parsed, corpus: Corpus) -> None:
    seen: set[str] = set()
    for index, record in enumerate(parsed.document.records):
        at: Location = ("records", index)
        if not re.match(SLUG, record.slug):
            file.add(at, f"record id '{record.slug}' is not a slug", "a-z, 0-9 and single hyphens")
        if record.id in seen:
            file.add(at, f"record id '{record.slug}' is given twice", "ids unique in the file")
        seen.add(record.id)
        if not record.topics:
            file.add((*at, "topics"), f"record '{record.slug}' has no topic", "'- Topics: ...'")
        _known_topics(file, (*at, "topics"), record.topics, corpus)
        if isinstance(record, Demand) and record.outcome:
            _outcome(file, (*at, "outcome"), record.outcome)


def _outcome(file: _File, at: Location, outcome: Outcome) -> None:
    before = len(file.problems)
    file.date(at, outcome.date)
    file.date(at, outcome.as_of)
    if len(file.problems) > before or not outcome.date:
        return
    if bounds(outcome.date)[0] > bounds(outcome.as_of)[1]:
        wrong = f"outcome of {outcome.date} was looked at in {outcome.as_of}, before it was known"
        file.add(at, wrong, "an as-of date on or after the outcome's")


def _thesaurus(corpus: Corpus) -> list[Problem]:
    file = _File(str(corpus.root / TOPICS), corpus.topic_lines)
    topics, thesaurus = corpus.topics.topics, corpus.thesaurus
    shared = {name_key(label) for label in corpus.topics.shared_labels}
    owners: dict[str, str] = {}
    for index, topic in enumerate(topics):
        at: Location = ("topics", index)
        if thesaurus.by_id[topic.id] is not topic:
            file.add(at, f"topic '{topic.id}' is given twice", "each topic once")
        for field in ("broader", "related"):
            for place, other in enumerate(getattr(topic, field)):
                if other not in thesaurus.by_id:
                    file.add((*at, field, place), f"topic '{other}' is not known", "an id here")
        for other in topic.related:
            if other in thesaurus.by_id and topic.id not in thesaurus.by_id[other].related:
                wrong = f"'{topic.id}' is related to '{other}' but not the reverse"
                file.add((*at, "related"), wrong, "both to name each other")
        for label in topic.labels:
            key = name_key(label)
            if owners.setdefault(key, topic.id) != topic.id and key not in shared:
                wrong = f"label '{label}' is also under '{owners[key]}'"
                file.add((*at, "altLabel"), wrong, "one topic a label, or it in shared_labels")
    ids = {topic.id: index for index, topic in enumerate(topics)}
    for topic_id in _cycles(ids, lambda one: thesaurus.by_id[one].broader):
        file.add(("topics", ids[topic_id], "broader"), f"'{topic_id}' is broader than itself", "a tree")
    return file.problems


def _gazetteer(corpus: Corpus) -> list[Problem]:
    file = _File(str(corpus.root / PLACES), corpus.place_lines)
    places, gazetteer = corpus.places.places, corpus.gazetteer
    owners: dict[str, str] = {}
    for index, place in enumerate(places):
        at: Location = ("places", index)
        if gazetteer.by_id[place.id] is not place:
            file.add(at, f"place '{place.id}' is given twice", "each place once")
        if place.parent and place.parent not in gazetteer.by_id:
            file.add((*at, "parent"), f"place '{place.parent}' is not known", "an id here")
        if place.iso3166 and not _ISO_3166.match(place.iso3166):
            wrong = f"'{place.iso3166}' is not an ISO 3166 code"
            file.add((*at, "iso3166"), wrong, "US, US-IL ...")
        for name in gazetteer.names(place):
            key = name_key(name)
            if owners.setdefault(key, place.id) != place.id:
                wrong = f"name '{name}' is also that of '{owners[key]}'"
                file.add((*at, "aliases"), wrong, "one place a name")
    ids = {place.id: index for index, place in enumerate(places)}

    def above(one: str) -> tuple[str, ...]:
        parent = gazetteer.by_id[one].parent
        return (parent,) if parent else ()

    for place_id in _cycles(ids, above):
        file.add(("places", ids[place_id], "parent"), f"'{place_id}' lies in itself", "a tree")
    return file.problems


def _cycles(ids: dict[str, int], above: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """Every id that is reached from itself."""
    for start in ids:
        seen: set[str] = set()
        queue = list(above(start))
        while queue:
            current = queue.pop()
            if current == start:
                yield start
                break
            if current in ids and current not in seen:
                seen.add(current)
                queue.extend(above(current))
