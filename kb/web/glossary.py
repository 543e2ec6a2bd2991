"""Terms with their explanation: the labels of the thesaurus, and the words of these pages."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from kb.domain.topics import Thesaurus, Topic
from kb.text.analysis import fold


class Explained(NamedTuple):
    """A term, the topic that it stands under, and what that topic is about."""

    word: str
    topic: str
    definition: str


def definition(topic: Topic, language: str) -> str:
    """What a topic is about, in the page's language; empty where the thesaurus does not say."""
    if topic.definition is None:
        return ""
    return topic.definition.es if language == "es" else topic.definition.en


def terms(thesaurus: Thesaurus, language: str) -> list[Explained]:
    """Every label of the thesaurus in a language, by alphabet."""
    found = [
        Explained(word, topic.id, definition(topic, language))
        for topic in thesaurus
        for word in _labels(topic, language)
    ]
    return sorted((one for one in found if one.definition), key=lambda one: fold(one.word))


def by_letter(some: Iterable[Explained]) -> list[tuple[str, list[Explained]]]:
    """The terms under their first letters; what begins with none stands under 0-9."""

    def first(one: Explained) -> str:
        letter = fold(one.word)[:1].upper()
        return letter if letter.isalpha() else "0-9"

    return [(letter, list(group)) for letter, group in groupby(sorted(some, key=first), key=first)]


def _labels(topic: Topic, language: str) -> tuple[str, ...]:
    if language == "es":
        return (topic.prefLabel.es, *topic.altLabel.es)
    return (topic.prefLabel.en, *topic.altLabel.en)
