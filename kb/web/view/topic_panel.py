"""What a question names: topics of the thesaurus, and words of campaigns that are explained."""

from typing import NamedTuple

from kb.domain.passages import Entry
from kb.languages.registry import LANGUAGES
from kb.search.browse import FilteredList, Outcomes
from kb.search.readings import Readings
from kb.search.searcher import Searcher
from kb.search.sort import DECIDED
from kb.text.query import QueryTree, Widening, folded_words, parse_query
from kb.web.view.glossary import Explained, definition, explained
from kb.web.view.page import Page

MOST = 2  # topics, and as many words: what was found stands below them
READINGS = 2  # of a topic


class Subject(NamedTuple):
    """A topic that a question names: what it is, what to read first, what came of its demands.

    Where the question has it in passing, as `police` in a long one, there is its name alone.
    """

    topic: str
    definition: str
    readings: list[Entry]
    outcomes: Outcomes


class Subjects(NamedTuple):
    """The first topics and words of campaigns that a question names."""

    topics: list[Subject]
    words: list[Explained]

    def __bool__(self) -> bool:
        return bool(self.topics or self.words)


def subjects(text: str, searcher: Searcher, page: Page) -> Subjects:
    """The topics that the search reads in a question, and the words that the glossary explains."""
    tree = parse_query(text, searcher.labels, searcher.languages)
    named = tree.widenings[:MOST]
    topics = [_subject(one, tree, searcher, page) for one in named]
    return Subjects(topics, _words(tree.text, {one.topic for one in named}, page))


def _subject(widening: Widening, tree: QueryTree, searcher: Searcher, page: Page) -> Subject:
    topic = searcher.names.thesaurus.by_id[widening.topic]
    if not _is_asked(widening, tree):
        return Subject(topic.id, "", [], [])
    reader = searcher.reader
    return Subject(
        topic.id,
        definition(topic, page.language),
        Readings(reader, topic.id, page.language).first(READINGS),
        [one for one in FilteredList(reader, topic=(topic.id,)).outcomes() if one[0] in DECIDED],
    )


def _is_asked(widening: Widening, tree: QueryTree) -> bool:
    """Whether the question is about the topic: by a name of several words, or by half its words."""
    words = len(folded_words(widening.label))
    return words > 1 or 2 * words >= len(tree.terms)


def _words(text: str, topics: set[str], page: Page) -> list[Explained]:
    """Terms of the glossary in a question of either language; none that is one of the topics."""
    spoken = sorted(LANGUAGES, key=lambda one: one != page.language)
    found = [one for language in spoken for one in explained((text,), language, page.language)]
    by_id: dict[str, Explained] = {}
    for one in found:
        by_id.setdefault(one.id, one)
    return [one for id, one in by_id.items() if id not in topics][:MOST]
