"""Check the thesaurus and the gazetteer."""

import re
from collections.abc import Callable, Iterator

from indexer.corpus.front_matter import Location
from indexer.corpus.problems import ProblemCollector
from indexer.corpus.read import PLACES, TOPICS, Corpus
from kb.domain.places import Label, Place
from kb.domain.topics import AltLabels, Topic
from kb.errors import Problem
from kb.languages.registry import LANGUAGES
from kb.text.analysis import name_key

_ISO_3166 = re.compile(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")


def thesaurus_problems(corpus: Corpus) -> list[Problem]:
    """Return the problems of the thesaurus, such as duplicates, unknown ids and cycles."""
    file = ProblemCollector(str(corpus.root / TOPICS), corpus.topic_lines)
    thesaurus = corpus.thesaurus
    owners: dict[str, str] = {}
    for index, topic in enumerate(corpus.topics.topics):
        at: Location = ("topics", index)
        if thesaurus.by_id[topic.id] is not topic:
            file.add(at, f"topic '{topic.id}' is given twice", "each topic once")
        _languages(file, (*at, "prefLabel"), topic.prefLabel)
        _languages(file, (*at, "definition"), topic.definition)
        _languages(file, (*at, "altLabel"), topic.altLabel)
        _ties(file, at, topic, thesaurus.by_id)
        _labels(file, at, topic, owners, {name_key(one) for one in corpus.topics.shared_labels})
    for index, topic_id in enumerate(corpus.topics.campaigns):
        if topic_id not in thesaurus.by_id:
            wrong = f"campaign '{topic_id}' is not a topic"
            file.add(("campaigns", index), wrong, "an id in this file")
    ids = {topic.id: index for index, topic in enumerate(corpus.topics.topics)}
    for topic_id in _cycles(ids, lambda one: thesaurus.by_id[one].broader):
        at = ("topics", ids[topic_id], "broader")
        file.add(at, f"'{topic_id}' is broader than itself", "no cycle")
    return file.problems


def _languages(file: ProblemCollector, at: Location, words: Label | AltLabels | None) -> None:
    for tag in words.by_language if words else ():
        if tag not in LANGUAGES:
            file.add((*at, tag), f"language '{tag}' is not known", ", ".join(LANGUAGES))


def _ties(file: ProblemCollector, at: Location, topic: Topic, by_id: dict[str, Topic]) -> None:
    for field in ("broader", "related"):
        for place, other in enumerate(getattr(topic, field)):
            if other not in by_id:
                file.add((*at, field, place), f"topic '{other}' is not known", "an id in this file")
    for other in topic.related:
        if other in by_id and topic.id not in by_id[other].related:
            wrong = f"'{topic.id}' is related to '{other}', but not the reverse"
            file.add((*at, "related"), wrong, "both to name each other")


def _labels(
    file: ProblemCollector, at: Location, topic: Topic, owners: dict[str, str], shared: set[str]
) -> None:
    for label in topic.labels:
        key = name_key(label)
        if owners.setdefault(key, topic.id) != topic.id and key not in shared:
            wrong = f"label '{label}' is also a label of '{owners[key]}'"
            file.add((*at, "altLabel"), wrong, "one topic per label, or a line in shared_labels")


def gazetteer_problems(corpus: Corpus) -> list[Problem]:
    """Return the problems of the gazetteer, such as duplicates, unknown ids and cycles."""
    file = ProblemCollector(str(corpus.root / PLACES), corpus.place_lines)
    gazetteer = corpus.gazetteer
    owners: dict[str, str] = {}
    for index, place in enumerate(corpus.places.places):
        at: Location = ("places", index)
        if gazetteer.by_id[place.id] is not place:
            file.add(at, f"place '{place.id}' is given twice", "each place once")
        if place.parent and place.parent not in gazetteer.by_id:
            file.add((*at, "parent"), f"place '{place.parent}' is not known", "an id in this file")
        if place.iso3166 and not _ISO_3166.match(place.iso3166):
            wrong = f"'{place.iso3166}' is not an ISO 3166 code"
            file.add((*at, "iso3166"), wrong, "US, US-IL ...")
        _languages(file, (*at, "name"), place.name)
        _names(file, at, place, gazetteer.names(place), owners)
    ids = {place.id: index for index, place in enumerate(corpus.places.places)}

    def above(one: str) -> tuple[str, ...]:
        parent = gazetteer.by_id[one].parent
        return (parent,) if parent else ()

    for place_id in _cycles(ids, above):
        file.add(("places", ids[place_id], "parent"), f"'{place_id}' is inside itself", "no cycle")
    return file.problems


def _names(
    file: ProblemCollector,
    at: Location,
    place: Place,
    names: tuple[str, ...],
    owners: dict[str, str],
) -> None:
    for name in names:
        key = name_key(name)
        if owners.setdefault(key, place.id) != place.id:
            wrong = f"name '{name}' is also a name of '{owners[key]}'"
            file.add((*at, "aliases"), wrong, "one place per name")


def _cycles(ids: dict[str, int], above: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """Yield every id that can be reached from itself by following `above`."""
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
