"""Parse the text of a query into a tree that does not depend on the search engine."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kb.domain.topics import Thesaurus
from kb.languages.registry import LANGUAGES, is_stop_word
from kb.text.analysis import Token, figures, stem, words

# A quotation in any of the usual marks, optionally after a minus or NOT, or a word after either.
# Both are in one pattern, so that a minus sign inside a quotation is not an operator.
_OPERATOR = re.compile(
    r'(?P<minus>(?<!\S)(?:[-–−]|NOT\s+))?(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”])'
    r"|(?<!\S)(?:[-–−](?=[^\W_])|NOT\s+(?=[^\W_]))(?P<excluded>[^\s\"“«„]+)"
)
# Operators of other search engines, which are searched as words or ignored here.
_FOREIGN = re.compile(r"(?<!\S)(?:AND|OR|NEAR(?:/\d+)?)(?!\S)|(?<!\S)[a-z]+:(?=[^\s/])|(?<=\w)~\d*")

LONGEST_LABEL = 8  # words; no label of the thesaurus is longer


class Spelling(NamedTuple):
    """An indexed word used in place of a query word that is not indexed, with its stems."""

    word: str
    stems: tuple[str, ...]


class Term(NamedTuple):
    """A query word or number; a passage matches if it contains any of its stems."""

    word: str
    stems: tuple[str, ...]
    instead: tuple[Spelling, ...] = ()  # corrections; if there are any, `stems` are their stems


class Widening(NamedTuple):
    """A thesaurus label found in the query, with the stems of all labels of its topic."""

    label: str
    topic: str
    phrases: tuple[tuple[str, ...], ...]
    language: str = "en"  # of the label


class QueryTree(NamedTuple):
    """A parsed query: terms, required and excluded phrases, and topic labels."""

    terms: tuple[Term, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()  # phrases as folded words
    must_not: tuple[tuple[str, ...], ...] = ()
    widenings: tuple[Widening, ...] = ()
    text: str = ""  # the text to embed, without operators and excluded words
    foreign: tuple[str, ...] = ()  # operators of other search engines in the query, as typed

    @property
    def is_empty(self) -> bool:
        """Return whether the query has no terms and no quoted phrases; exclusions do not count."""
        return not self.terms and not self.must

    @property
    def label_language(self) -> str | None:
        """Return the first label's language if labels cover all words of the query, else None."""
        told = {word for one in self.widenings for word in folded_words(one.label)}
        stems = {stem(word, one.language) for one in self.widenings for word in told}
        if not self.terms or not all(stems.intersection(term.stems) for term in self.terms):
            return None
        return self.widenings[0].language

    def unquoted(self) -> "QueryTree":
        """Return the query without its required phrases."""
        return self._replace(must=())

    def respelled(
        self, nearest: Mapping[str, Sequence[str]], languages: Iterable[str] = LANGUAGES
    ) -> "QueryTree":
        """Return the query with each unindexed word replaced by the nearest indexed words."""
        codes = tuple(languages)
        return self._replace(
            terms=tuple(
                _respelled(term, nearest[term.word], codes) if term.word in nearest else term
                for term in self.terms
            )
        )


def _respelled(term: Term, nearest: Sequence[str], codes: tuple[str, ...]) -> Term:
    instead = tuple(Spelling(word, _stems(word, codes)) for word in nearest)
    held = dict.fromkeys(stem for spelling in instead for stem in spelling.stems)
    return Term(term.word, tuple(held), instead)


def _stems(word: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem(word, code) for code in codes))


class Labels:
    """Thesaurus labels, indexed by their stems."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._topics: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
        self._begun: set[tuple[str, ...]] = set()  # every prefix of every label
        self._phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
        for topic in thesaurus:
            labels = topic.labels_by_language
            keys = [(_key(label, language), label, language) for language, label in labels]
            for key, label, language in keys:
                self._topics.setdefault(key, []).append((topic.id, label, language))
                self._begun.update(key[:size] for size in range(1, len(key) + 1))
            self._phrases[topic.id] = tuple(dict.fromkeys(key for key, *_ in keys if key))

    def find(self, folded: list[str]) -> list[Widening]:
        """Return the labels in the folded words of a query, longest first, without overlaps."""
        found: dict[str, Widening] = {}
        used: set[int] = set()
        for size, start, labels in sorted(self._spans(folded), key=lambda one: (-one[0], one[1])):
            span = set(range(start, start + size))
            if span & used:
                continue
            used |= span
            for topic, label, language in labels:
                found.setdefault(topic, Widening(label, topic, self._phrases[topic], language))
        return list(found.values())

    def _spans(self, folded: list[str]) -> Iterator[tuple[int, int, list[tuple[str, str, str]]]]:
        """Yield the size, start and labels of every word span that is a label in any language."""
        spoken = [[stem(word, language) for word in folded] for language in LANGUAGES]
        for start in range(len(folded)):
            for size in range(1, min(LONGEST_LABEL, len(folded) - start) + 1):
                keys = [tuple(stems[start : start + size]) for stems in spoken]
                if not any(key in self._begun for key in keys):
                    break
                for key in keys:
                    if key in self._topics:
                        yield size, start, self._topics[key]
                        break


def _key(label: str, language: str) -> tuple[str, ...]:
    return tuple(stem(token.word, language) for token in words(label))


def parse_query(
    text: str, labels: Labels | None = None, languages: Iterable[str] = LANGUAGES
) -> QueryTree:
    """Parse the text of a query; every text is valid.

    Quoted words must occur; `-word`, `NOT word` and `-"some words"` must not. An unpaired quotation
    mark is an ordinary character.
    """
    must: list[tuple[str, ...]] = []
    must_not: list[tuple[str, ...]] = []

    def take(match: re.Match[str]) -> str:
        inner = next((part for part in match.groups()[1:] if part is not None), "")
        refused = match["minus"] or match["excluded"]
        if phrase := folded_words(inner):
            (must_not if refused else must).append(phrase)
        return " " if refused else f" {inner} "

    plain = text.replace("\x00", " ")
    # If the whole query is in capital letters, NOT is an ordinary word.
    if plain.isupper():
        plain = plain.replace("NOT", "not")
    foreign = () if plain.isupper() else tuple(dict.fromkeys(_FOREIGN.findall(plain)))
    asked = _OPERATOR.sub(take, plain)
    found = words(asked)
    widenings = tuple(labels.find([token.word for token in found])) if labels else ()
    terms = _terms(asked, found, tuple(languages))
    embedded = " ".join(asked.split())
    return QueryTree(terms, tuple(must), tuple(must_not), widenings, embedded, foreign)


def terms_of(text: str, languages: Iterable[str] = LANGUAGES) -> tuple[Term, ...]:
    """Return the words and normalized numbers of a text as terms; operators are plain words."""
    return _terms(text, words(text), tuple(languages))


def _terms(asked: str, found: list[Token], codes: tuple[str, ...]) -> tuple[Term, ...]:
    """Return words and normalized numbers as terms, without stop words unless all words are."""
    forms: dict[tuple[int, int], dict[str, None]] = {}
    for code in codes:
        for form, start, end in figures(asked, code):
            forms.setdefault((start, end), {})[form] = None
    kept = [token for token in found if not is_stop_word(token.word)] or found
    placed = {}
    for word, start, _ in kept:
        if not any(first <= start < last for first, last in forms):
            placed[start] = Term(word, _stems(word, codes))
    for (start, end), held in forms.items():
        alone = [token.word for token in found if (token.start, token.end) == (start, end)]
        placed[start] = Term(" ".join(asked[start:end].split()), (*held, *alone))
    return tuple({term.word: term for _, term in sorted(placed.items())}.values())


def folded_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, without their spans."""
    return tuple(token.word for token in words(text))
