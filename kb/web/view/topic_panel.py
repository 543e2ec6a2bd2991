"""Find topics and glossary terms in a query, to show above the results."""

from typing import NamedTuple

from kb.domain.passages import Entry
from kb.languages.registry import LANGUAGES
from kb.search.browse import FilteredList, Outcomes
from kb.search.intents import READING_WORDS
from kb.search.reading_lists import Readings
from kb.search.searcher import Searcher
from kb.search.sort import DECIDED
from kb.text.query import QueryTree, Widening, folded_words, parse_query
from kb.web.view.glossary import Explained, definition, explained
from kb.web.view.page import Page

MAX_SUBJECTS = 2  # topics, and the same number of terms, above the results
MAX_READINGS = 2  # per topic


class Subject(NamedTuple):
    """A topic in a query, with its definition, readings and outcomes.

    All but the id are empty if the query only mentions the topic, as a long query may mention
    `police`.
    """

    topic: str
    definition: str
    readings: list[Entry]
    outcomes: Outcomes


class Subjects(NamedTuple):
    """The first topics and glossary terms in a query."""

    topics: list[Subject]
    words: list[Explained]
    is_open: bool = False  # whether the query asks for readings; expands the first topic

    def __bool__(self) -> bool:
        return bool(self.topics or self.words)


def subjects(text: str, searcher: Searcher, page: Page) -> Subjects:
    """Return the topics that the search finds in a query, and its glossary terms."""
    tree = parse_query(text, searcher.labels, searcher.languages)
    named = tree.widenings[:MAX_SUBJECTS]
    topics = [_subject(one, tree, searcher, page) for one in named]
    words = _words(tree.text, {one.topic for one in named}, page)
    asks = READING_WORDS.intersection(term.word for term in tree.terms)
    return Subjects(topics, words, bool(asks))


def _subject(widening: Widening, tree: QueryTree, searcher: Searcher, page: Page) -> Subject:
    topic = searcher.names.thesaurus.by_id[widening.topic]
    if not _is_asked(widening, tree):
        return Subject(topic.id, "", [], [])
    reader = searcher.reader
    return Subject(
        topic.id,
        definition(topic, page.language),
        Readings(reader, topic.id, page.language).first(MAX_READINGS),
        [one for one in FilteredList(reader, topic=(topic.id,)).outcomes() if one[0] in DECIDED],
    )


def _is_asked(widening: Widening, tree: QueryTree) -> bool:
    """Return whether a query is about a topic: its label is several words or half of the query."""
    words = len(folded_words(widening.label))
    return words > 1 or 2 * words >= len(tree.terms)


def _words(text: str, topics: set[str], page: Page) -> list[Explained]:
    """Return the glossary terms in a query, in any language, unless a topic has the same id."""
    spoken = sorted(LANGUAGES, key=lambda one: one != page.language)
    found = [one for language in spoken for one in explained((text,), language, page.language)]
    by_id: dict[str, Explained] = {}
    for one in found:
        by_id.setdefault(one.id, one)
    return [one for id, one in by_id.items() if id not in topics][:MAX_SUBJECTS]
