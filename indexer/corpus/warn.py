"""Warn about weak sources, stale outcomes, missing texts and documents that were not read twice."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.corpus.front_matter import Lines, Location
from indexer.corpus.parse import Parsed
from indexer.corpus.read import Corpus
from indexer.corpus.texts import added_words, refers_back
from kb.domain.phrases import Phrases
from kb.domain.records import Demand
from kb.errors import Problem
from kb.languages.registry import LANGUAGES

MIN_ADDED_WORDS = 5  # content words that the text of a demand should add to its title
NEEDED_CHECKS = 2  # readings against the sources, by different roles
# Hosts that republish the work of others, or where anyone can publish.
WEAK_HOSTS = (
    "bartleby.com", "blogspot.com", "docslib.org", "fandom.com", "goodreads.com", "gradesaver.com",
    "issuu.com", "liquisearch.com", "medium.com", "quora.com", "reddit.com", "scribd.com",
    "studymode.com", "substack.com", "supersummary.com", "tumblr.com", "vdocuments.us",
    "wikimili.com", "wikipedia.org", "wikiwand.com", "wordpress.com",
)  # fmt: skip


class Warned(NamedTuple):
    """A warning, with its kind so that warnings can be counted by kind."""

    kind: str
    problem: Problem


def warnings(corpus: Corpus, today: date) -> list[Warned]:
    """Return every warning about every file, sorted by kind, path and line."""
    found = [one for path, parsed in corpus.files.items() for one in _file(path, parsed, today)]
    return sorted(found, key=lambda one: (one.kind, one.problem.path, one.problem.line))


def _file(path: str, parsed: Parsed, today: date) -> Iterator[Warned]:
    teller = _Teller(path, parsed.lines)
    yield from _readings(teller, parsed, today)
    yield from _phrases(teller, parsed)
    yield from _sources(teller, parsed)
    yield from _texts(teller, parsed)


class _Teller(NamedTuple):
    path: str
    lines: Lines

    def warn(self, kind: str, at: Location, wrong: str, expected: str) -> Warned:
        return Warned(kind, Problem(self.path, self.lines.of(at), wrong, expected))


def _readings(teller: _Teller, parsed: Parsed, today: date) -> Iterator[Warned]:
    document = parsed.document
    outcomes = [
        one.outcome
        for one in document.records
        if isinstance(one, Demand) and one.outcome and one.outcome.told_in == document.id
    ]
    if document.kind == "platform" or outcomes:
        if not document.looked:
            wrong = "nobody has looked for later events"
            yield teller.warn("not looked for", ("looked",), wrong, "'looked: DATE'")
        elif any(one.is_stale(today) for one in outcomes):
            wrong = f"outcomes that may have changed, last checked in {document.looked}"
            yield teller.warn("stale", ("looked",), wrong, "a check in the last 12 months")
    if len({one.by for one in document.checked}) < NEEDED_CHECKS:
        wrong = f"{len(document.checked)} of {NEEDED_CHECKS} readings against the sources"
        yield teller.warn("not read twice", ("checked",), wrong, "two roles in 'checked'")
    abstracts = document.abstract.by_language if document.abstract else {}
    for language in LANGUAGES:
        if language not in abstracts:
            wrong = f"no abstract in '{language}'"
            yield teller.warn("no abstract", ("abstract",), wrong, "one sentence")
        if language not in (document.language, document.source.language, *document.titles):
            wrong = f"no title in '{language}'"
            yield teller.warn("no translation", ("titles",), wrong, "the title in that language")


def _phrases(teller: _Teller, parsed: Parsed) -> Iterator[Warned]:
    document = parsed.document
    passages: list[tuple[Location, Phrases]] = [(("phrases",), document.phrases)]
    passages += [(("records", i), one.phrases) for i, one in enumerate(document.records)]
    for at, phrases in passages:
        if missing := [one for one in LANGUAGES if not phrases.by_language.get(one)]:
            wrong = f"no phrases in '{missing[0]}'"
            yield teller.warn("no phrases", at, wrong, "words in which people ask for it")


def _sources(teller: _Teller, parsed: Parsed) -> Iterator[Warned]:
    for index, source in enumerate(parsed.document.sources):
        at: Location = ("sources", index)
        if not source.title:
            wrong = f"source '{source.id}' has no title"
            yield teller.warn("source without title", at, wrong, "its title as published")
        if source.URL and not source.weak and is_weak(source.URL):
            wrong = f"'{source.URL}' is on a site that copies others or where anyone can publish"
            yield teller.warn("weak source", (*at, "URL"), wrong, "a better page, or 'weak: WHY'")


def host_of(address: str) -> str:
    """Return the host of an address, or "" if it has none or cannot be parsed.

    >>> host_of("https://sf.gov/a"), host_of("http://[")
    ('sf.gov', '')
    """
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_weak(address: str) -> bool:
    """Return whether an address is on a host that copies others' work or lets anyone publish.

    >>> is_weak("https://en.wikipedia.org/wiki/Bail"), is_weak("https://sf.gov/")
    (True, False)
    """
    host = host_of(address)
    return any(host == weak or host.endswith(f".{weak}") for weak in WEAK_HOSTS)


def _texts(teller: _Teller, parsed: Parsed) -> Iterator[Warned]:
    document = parsed.document
    for index, record in enumerate(document.records):
        at: Location = ("records", index)
        if refers_back(record.text):
            wrong = f"'{record.slug}' begins with {record.text.split()[0]!r}"
            yield teller.warn("does not stand alone", at, wrong, "a text that names its subject")
        if not isinstance(record, Demand) or record.detail:
            continue
        other = [one for one in LANGUAGES if one != document.language]
        if record.outcome and (missing := set(other) - set(record.translations)):
            wrong = f"no title of '{record.slug}' in '{min(missing)}'"
            yield teller.warn("no translation", at, wrong, "'Title' and 'Text' in that language")
        if added_words(record.title, record.text, document.language) < MIN_ADDED_WORDS:
            wrong = f"the text of '{record.slug}' adds little to its title"
            expected = "who acts, how, by when; or 'Detail: heading-only'"
            yield teller.warn("text repeats title", at, wrong, expected)
