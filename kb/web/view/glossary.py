"""Glossary of campaign and policy terms, and a search for them in texts."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby, islice
from typing import NamedTuple

import yaml
from pydantic import ConfigDict, Field, TypeAdapter

from kb.domain.base import Noun
from kb.domain.topics import Topic
from kb.languages.registry import locale_of
from kb.text.analysis import Token, fold, stem, words

MAX_TERMS = 6  # per record; readers skip a longer list


class Wording(Noun):
    """A term in one language, with its synonyms and meaning."""

    term: str
    also: tuple[str, ...] = ()  # synonyms
    meaning: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the term and its synonyms."""
        return (self.term, *self.also)


class Term(Noun):
    """A glossary term with its wording in each language, and its topic."""

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
        """Return the wording in a language, or else in English."""
        return self.__pydantic_extra__.get(language, self.en)


class Explained(NamedTuple):
    """A term in one language, with its topic, definition and synonyms."""

    id: str
    word: str
    topic: str
    definition: str
    also: tuple[str, ...] = ()


class Found(NamedTuple):
    """A term found in a text, and the form in which it occurs there."""

    term: Term
    form: str


def definition(topic: Topic, language: str) -> str:
    """Return the definition of a topic in the page's language, or "" if there is none."""
    return topic.definition.in_language(language) if topic.definition else ""


@cache
def terms() -> tuple[Term, ...]:
    """Return all terms in `terms.yaml`; cached."""
    text = (files("kb.web") / "terms.yaml").read_text("utf-8")
    return TypeAdapter(tuple[Term, ...]).validate_python(yaml.safe_load(text))


def key(form: str, language: str) -> tuple[str, ...]:
    """Return the stems of a form, which do not depend on its case, accents and endings."""
    return tuple(_stemmed(token.word, language) for token in words(form))


def find(text: str, language: str) -> list[Found]:
    """Return the terms in a text, in order; longer terms win, and matches do not overlap."""
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
    """Return the first MAX_TERMS terms in texts, explained in `language`.

    The texts are in the language `spoken`. If it is the same, the form in the text is shown.
    Otherwise, the translated term is shown, with that form as a synonym.
    """
    found: dict[str, Found] = {}
    for text in texts:
        for one in find(text, spoken):
            found.setdefault(one.term.id, one)
    return [_explained(one, spoken, language) for one in islice(found.values(), MAX_TERMS)]


def by_letter(language: str) -> list[tuple[str, list[Explained]]]:
    """Return all terms in alphabetical order, grouped by first letter."""

    def letter(one: Explained) -> str:
        return fold(one.word)[:1].upper()

    wordings = [(term, term.wording(language)) for term in terms()]
    found = [Explained(of.id, one.term, of.topic, one.meaning, one.also) for of, one in wordings]
    found.sort(key=lambda one: fold(one.word))
    return [(first, list(group)) for first, group in groupby(found, key=letter)]


def _explained(found: Found, spoken: str, language: str) -> Explained:
    term, form = found
    wording = term.wording(language)
    if spoken[:2] == language:
        return Explained(term.id, form, term.topic, wording.meaning)
    also = () if form == wording.term else (form,)  # the same in both languages
    return Explained(term.id, wording.term, term.topic, wording.meaning, also)


@cache
def _forms(language: str) -> dict[tuple[str, ...], Found]:
    """Return all forms of all terms by key; empty if a language has no terms."""
    return dict(_keyed(language))


def _keyed(language: str) -> Iterator[tuple[tuple[str, ...], Found]]:
    for term in terms():
        wording = term.by_language.get(language)
        for form in wording.forms if wording else ():
            yield key(form, language), Found(term, form)


def _stemmed(word: str, language: str) -> str:
    # Snowball gives `ciudad` and `ciudades` different stems, and so `alquiler` and `alquileres`.
    if word.endswith(locale_of(language).long_plurals):
        word = word[:-2]
    return stem(word, language)


def _cased(form: str, text: str, first: Token) -> bool:
    """Return whether the case matches; acronyms such as ICE match only in capitals."""
    return not form.isupper() or text[first.start : first.end].isupper()
