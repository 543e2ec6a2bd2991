"""Words of campaigns and policy with their meaning, and where they stand in a text."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby, islice
from typing import NamedTuple

import yaml
from pydantic import ConfigDict, Field, TypeAdapter

from kb.domain.noun import Noun
from kb.domain.topics import Topic
from kb.languages.registry import locale_of
from kb.text.analysis import Token, fold, stem, words

MOST = 6  # on one record: a reader skips a longer list


class Wording(Noun):
    """A term in one language."""

    term: str
    also: tuple[str, ...] = ()  # other forms that mean the same
    meaning: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Everything that the term is called."""
        return (self.term, *self.also)


class Term(Noun):
    """A term of campaigns or policy by language, and the topic where it is used."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Wording] = Field(init=False)

    id: str
    topic: str
    en: Wording

    @property
    def by_language(self) -> dict[str, Wording]:
        """Return the wordings by language, English first."""
        return {"en": self.en, **self.__pydantic_extra__}

    def wording(self, language: str) -> Wording:
        """Return the term in a language; in English where there is none."""
        return self.__pydantic_extra__.get(language, self.en)


class Explained(NamedTuple):
    """A word, the topic where it is used, what it means, and what else it is called."""

    id: str
    word: str
    topic: str
    definition: str
    also: tuple[str, ...] = ()


class Found(NamedTuple):
    """A term that stands in a text, and the form that stands there."""

    term: Term
    form: str


def definition(topic: Topic, language: str) -> str:
    """What a topic is about, in the page's language; empty where the thesaurus does not say."""
    return topic.definition.in_language(language) if topic.definition else ""


@cache
def terms() -> tuple[Term, ...]:
    """Every term of `terms.yaml`; read once."""
    text = (files("kb.web") / "terms.yaml").read_text("utf-8")
    return TypeAdapter(tuple[Term, ...]).validate_python(yaml.safe_load(text))


def key(form: str, language: str) -> tuple[str, ...]:
    """What two forms share when they differ only in case, accents and endings."""
    return tuple(_stemmed(token.word, language) for token in words(form))


def find(text: str, language: str) -> list[Found]:
    """The terms in a text in a language, in its order; longer ones first, no word used twice."""
    known, spoken = _forms(language[:2]), words(text)
    stems = [_stemmed(token.word, language) for token in spoken]
    sizes = sorted({len(one) for one in known}, reverse=True)
    starts: dict[int, Found] = {}
    used: set[int] = set()
    for size in sizes:
        for start in range(len(stems) - size + 1):
            found = known.get(tuple(stems[start : start + size]))
            span = range(start, start + size)
            if found and used.isdisjoint(span) and _cased(found.form, text, spoken[start]):
                used.update(span)
                starts[start] = found
    return [starts[start] for start in sorted(starts)]


def explained(texts: Iterable[str], spoken: str, language: str) -> list[Explained]:
    """The terms in texts of one language, explained in another; the first few.

    A reader of the texts' language gets the form that stands there; others get their own word,
    with that form as its other name.
    """
    found: dict[str, Found] = {}
    for text in texts:
        for one in find(text, spoken):
            found.setdefault(one.term.id, one)
    return [_told(one, spoken, language) for one in islice(found.values(), MOST)]


def by_letter(language: str) -> list[tuple[str, list[Explained]]]:
    """Every term under its first letter, by alphabet."""

    def letter(one: Explained) -> str:
        return fold(one.word)[:1].upper()

    wordings = [(term, term.wording(language)) for term in terms()]
    found = [Explained(of.id, one.term, of.topic, one.meaning, one.also) for of, one in wordings]
    found.sort(key=lambda one: fold(one.word))
    return [(first, list(group)) for first, group in groupby(found, key=letter)]


def _told(found: Found, spoken: str, language: str) -> Explained:
    term, form = found
    wording = term.wording(language)
    if spoken[:2] == language:
        return Explained(term.id, form, term.topic, wording.meaning)
    also = () if form == wording.term else (form,)  # ICE is ICE
    return Explained(term.id, wording.term, term.topic, wording.meaning, also)


@cache
def _forms(language: str) -> dict[tuple[str, ...], Found]:
    """Return every form of every term under its key; none in a language without wordings."""
    return dict(_keyed(language))


def _keyed(language: str) -> Iterator[tuple[tuple[str, ...], Found]]:
    for term in terms():
        wording = term.by_language.get(language)
        for form in wording.forms if wording else ():
            yield key(form, language), Found(term, form)


def _stemmed(word: str, language: str) -> str:
    # Snowball has `ciudad` and `ciudades`, `alquiler` and `alquileres` apart.
    if word.endswith(locale_of(language).long_plurals):
        word = word[:-2]
    return stem(word, language)


def _cased(form: str, text: str, first: Token) -> bool:
    """Whether a form in capitals, such as ICE, stands in capitals; others stand in any case."""
    return not form.isupper() or text[first.start : first.end].isupper()
