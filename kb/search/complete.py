"""Complete typed text with topics, places, organizations, titles and phrases.

The completions of an index generation are held in memory, with an index of their words. The texts
that users type are not stored.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from kb.domain.completions import Completion, CompletionKind
from kb.domain.queries import Filters
from kb.index.contract import Reader
from kb.places.index import index
from kb.search.browse import FilteredList
from kb.search.names import Names
from kb.text.analysis import name_key
from kb.text.prefixes import LAST, SortedWords, Span
from kb.text.query import QueryTree

KINDS: tuple[CompletionKind, ...] = get_args(CompletionKind)
OF_A_KIND = 2  # texts of a kind per turn, when kinds take turns among equally good texts
ABSENT = 1000  # number of edits if a text lacks a typed word; real numbers of edits are smaller

Numbers = npt.NDArray[np.int64]


class Named(NamedTuple):
    """A text to suggest, and what it names; the language tag of a proper name is None."""

    text: str
    kind: CompletionKind
    id: str | None = None
    language: str | None = None


class Text(NamedTuple):
    """A text to suggest, with its folded words and the tags of all its languages."""

    said: Named
    key: str
    languages: frozenset[str]

    @property
    def page(self) -> tuple[CompletionKind, str]:
        """Return the kind and id of its page; a phrase has no page, so its words replace the id."""
        return self.said.kind, self.said.id or self.key

    def completion(self) -> Completion:
        """Return the text as a completion."""
        language = next(iter(self.languages)) if len(self.languages) == 1 else None
        return Completion(
            text=self.said.text, kind=self.said.kind, id=self.said.id, language=language
        )


class Completer:
    """The completions of one index generation; threads may share a completer."""

    def __init__(self, reader: Reader, names: Names) -> None:
        self._names = names
        texts = _merged(chain(_topics(names), _places(names), _of_documents(reader)))
        self._texts = texts
        held = [text.key.split() for text in texts]
        self._words = SortedWords(chain.from_iterable(held))
        self._owners, self._ends = _owners(held, self._words.words)
        order = sorted(range(len(texts)), key=lambda number: texts[number].key)
        self._by_key = np.array(order, dtype=np.int64)
        self._keys = [texts[number].key for number in order]
        kinds = [KINDS.index(text.said.kind) for text in texts]
        self._kinds = np.searchsorted(kinds, range(len(KINDS) + 1))
        self._foreign = {
            tag: np.array([bool(one.languages) and tag not in one.languages for one in texts])
            for tag in frozenset[str]().union(*(text.languages for text in texts))
        }

    @property
    def size(self) -> int:
        """Return the number of texts that can be suggested."""
        return len(self._texts)

    def suggest(
        self, typed: str, limit: int, language: str = "", kind: CompletionKind | None = None
    ) -> tuple[Completion, ...]:
        """Return at most `limit` completions of the typed text, best first.

        A completion contains all typed words, in any order; the last one may be unfinished.
        Completions in the reader's language, given as a BCP 47 tag, come first; among these, the
        ones that begin with the typed text. Kinds take turns among equally good completions. If
        there are none, spelling errors are allowed, and fewer errors come first. Each text and
        each page is suggested only once. If `kind` is "place", places that the corpus does not list
        follow, likeliest first.
        """
        words = name_key(typed).split()
        if not words:
            return ()
        kinds = (kind,) if kind else KINDS
        found = self._best(self._edits(words, nearby=False), words, limit, language, kinds)
        told = [text.completion() for text in found]
        if kind == "place":
            told += self._of_the_world(typed, {one.id for one in told}, language)
        if not told:
            found = self._best(self._edits(words, nearby=True), words, limit, language, kinds)
            told = [text.completion() for text in found]
        return tuple(told[:limit])

    def _of_the_world(
        self, typed: str, listed: Container[str | None], language: str
    ) -> Iterator[Completion]:
        """Yield places of the world, except those in `listed`, whose names begin with `typed`."""
        tag = language.partition("-")[0].lower()
        for place_id in index().beginning(typed):
            if place_id not in listed:
                label = self._names.full_label(place_id, tag or "en")
                yield Completion(text=label, kind="place", id=place_id)

    def _edits(self, words: Sequence[str], nearby: bool) -> Numbers:
        """Return the number of edits (n,) from the typed words to each text.

        The number is ABSENT or more if a word is missing. Edits are allowed only if `nearby`.
        """
        *whole, last = words
        known = self._words
        spans = [known.near(one) if nearby else [known.equal(one)] for one in set(whole)]
        spans.append(known.beginning_near(last) if nearby else [known.beginning(last)])
        return reduce(np.add, map(self._of_word, spans))

    def _of_word(self, spans: Iterable[Span]) -> Numbers:
        """Return the fewest edits (n,) from a word to each text; `spans` has most edits first."""
        edits = np.full(len(self._texts), ABSENT, dtype=np.int64)
        for span in spans:
            edits[self._owners[self._ends[span.start] : self._ends[span.end]]] = span.edits
        return edits

    def _best(
        self,
        edits: Numbers,
        words: Sequence[str],
        limit: int,
        language: str,
        kinds: Sequence[CompletionKind],
    ) -> list[Text]:
        """Return at most `limit` texts, best first, given the number of edits (n,) to each."""
        inside = np.ones(len(self._texts), dtype=np.int64)
        typed = " ".join(words)
        start = bisect_left(self._keys, typed)
        inside[self._by_key[start : bisect_left(self._keys, typed + LAST, start)]] = 0
        foreign = self._foreign.get(language.partition("-")[0].lower(), 0)
        tiers = (edits * 2 + foreign) * 2 + inside
        turns: list[tuple[int, int, int, Text]] = []  # tier, turn, kind, text
        for kind in map(KINDS.index, kinds):
            taken: Counter[int] = Counter()
            for tier, text in self._first(tiers, kind, limit):
                turns.append((tier, taken[tier] // OF_A_KIND, kind, text))
                taken[tier] += 1
        turns.sort(key=lambda one: one[:3])
        once: dict[str, Text] = {}
        for *_, text in turns:
            once.setdefault(text.key, text)
        return list(once.values())[:limit]

    def _first(self, tiers: Numbers, kind: int, limit: int) -> Iterator[tuple[int, Text]]:
        """Yield (tier, text) for the best `limit` pages of a kind, best first."""
        start, end = self._kinds[kind : kind + 2]
        held = np.flatnonzero(tiers[start:end] < ABSENT) + start
        pages: set[object] = set()
        for number in held[np.argsort(tiers[held], kind="stable")]:
            text = self._texts[number]
            if text.page not in pages:
                pages.add(text.page)
                yield int(tiers[number]), text
            if len(pages) == limit:
                return


def _topics(names: Names) -> Iterator[Named]:
    for topic in names.thesaurus:
        for language, label in topic.labels_by_language:
            yield Named(label, "topic", topic.id, language)


def _places(names: Names) -> Iterator[Named]:
    for place in names.gazetteer:
        translated = place.name.by_language
        for language, name in translated.items():
            # If a place has only one name, that name is used in every language.
            yield Named(name, "place", place.id, language if len(translated) > 1 else None)
        for name in place.aliases:
            yield Named(name, "place", place.id)


def _of_documents(reader: Reader) -> Iterator[Named]:
    """Yield organizations and phrases of the corpus, and titles of all documents.

    Imported documents have no phrases, and their organizations have no pages.
    """
    of_corpus = FilteredList(reader)
    counted = reader.counts(of_corpus.keys(kind=("summary",)))
    for name in counted.get("organization", {}):
        yield Named(name, "organization", name)
    summaries = reader.select(QueryTree(), Filters(kind=("summary",)).clauses())
    for entry in reader.fetch(summaries.tolist()):
        yield Named(entry.source.title, "document", entry.id, entry.source.language)
        if entry.document.title != entry.source.title:  # our own heading
            yield Named(entry.document.title, "document", entry.id, entry.language)
    asked_for = of_corpus.keys(kind=("demand", "finding", "idea", "summary"))
    for phrases in reader.phrases(asked_for.tolist()):
        for language, some in phrases.by_language.items():
            for phrase in some:
                yield Named(phrase, "phrase", None, language)


def _merged(named: Iterable[Named]) -> list[Text]:
    """Merge names with the same words and page; return the texts by kind, short ones first."""
    found: dict[tuple[str, str, str | None], list[Named]] = {}
    for one in named:
        found.setdefault((name_key(one.text), one.kind, one.id), []).append(one)
    texts = [
        Text(some[0], key, frozenset(one.language for one in some if one.language))
        for (key, _, _), some in found.items()
        if key
    ]
    return sorted(texts, key=_rank)


def _rank(text: Text) -> tuple[int, int, str, str]:
    return KINDS.index(text.said.kind), len(text.key), text.key, text.said.id or ""


def _owners(held: Sequence[Sequence[str]], words: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return (owners, ends): owners[ends[i]:ends[i + 1]] are the texts with word i."""
    place = {word: number for number, word in enumerate(words)}
    of_word = np.array([place[word] for some in held for word in some], dtype=np.int64)
    of_text = np.repeat(np.arange(len(held)), [len(some) for some in held])
    ends = np.concatenate([[0], np.cumsum(np.bincount(of_word, minlength=len(words)))])
    return of_text[np.argsort(of_word, kind="stable")], ends
