"""Turn fused candidates into hits: stored entries with highlights and explanations."""

from collections.abc import Mapping, Sequence

from kb.domain.passages import Entry
from kb.domain.phrases import Phrases
from kb.domain.queries import Query
from kb.domain.rankings import Scores
from kb.domain.results import Correction, Expansion, Explanation, Group, Highlights, Hit, Standing
from kb.domain.topics import Thesaurus
from kb.index.contract import Reader
from kb.search.fuse import Fused, Placed
from kb.text.analysis import analyzed, phrase_stems
from kb.text.highlight import highlight
from kb.text.numbers import stated
from kb.text.query import QueryTree

MAX_HITS_PER_DOCUMENT = 3  # hits shown per document before "more"
SHOWN_SHARE = 0.7  # of a document's best score; hits that score lower are not shown


def make_hits(
    fused: Sequence[Fused],
    ranks: Sequence[int],
    tree: QueryTree,
    named: Mapping[int, str],
    thesaurus: Thesaurus,
    reader: Reader,
) -> tuple[Hit, ...]:
    """Return the hits of one page, fetching their entries in one batch.

    `ranks` are the ranks of the passages in `fused`. `named` maps the keys of passages that the
    query names to the name that matched.
    """
    keys = [one.key for one in fused]
    entries, phrases = reader.fetch(keys), reader.phrases(keys)
    maker = _HitMaker(tree, thesaurus)
    return tuple(
        maker.hit(entry, one, rank, named.get(one.key), asked)
        for rank, entry, one, asked in zip(ranks, entries, fused, phrases, strict=True)
    )


class _HitMaker:
    def __init__(self, tree: QueryTree, thesaurus: Thesaurus) -> None:
        self._tree, self._thesaurus = tree, thesaurus
        self._stems = frozenset(stem for term in tree.terms for stem in term.stems)

    def hit(self, entry: Entry, one: Fused, rank: int, name: str | None, phrases: Phrases) -> Hit:
        expansions, held = self._expansions(entry), _held(entry)
        # `model_construct` skips validation: the entry was validated when it was fetched.
        return Hit.model_construct(
            **{field: getattr(entry, field) for field in Entry.model_fields},
            rank=rank,
            score=round(one.score, 6),
            highlights=Highlights(
                title=self._spans(entry.title, entry), text=self._spans(entry.text, entry)
            ),
            explanation=Explanation(
                lexical=_standing(one.lexical),
                dense=_standing(one.dense),
                matched=tuple(
                    term.word
                    for term in self._tree.terms
                    if not term.instead and held.intersection(term.stems)
                ),
                corrections=self._corrections(held),
                expansions=expansions,
                named=name,
                phrase=self._phrase(phrases, held),
            ),
        )

    def _phrase(self, phrases: Phrases, held: set[str]) -> str | None:
        """Return the passage's search phrase with the most query words, or None.

        Phrases whose query words are all in the passage's own text are ignored.
        """
        best, most = None, 0
        for language, some in phrases.by_language.items():
            for phrase in some:
                found = phrase_stems(phrase, language)
                shared = [term for term in self._tree.terms if found.intersection(term.stems)]
                adds = any(not held.intersection(term.stems) for term in shared)
                if adds and len(shared) > most:
                    best, most = phrase, len(shared)
        return best

    def _spans(self, text: str, entry: Entry) -> tuple[tuple[int, int], ...]:
        labels = [phrase for widening in self._tree.widenings for phrase in widening.phrases]
        return highlight(text, entry.language, self._stems, self._tree.must, labels)

    def _corrections(self, held: set[str]) -> tuple[Correction, ...]:
        return tuple(
            Correction(word=term.word, to=spelling.word)
            for term in self._tree.terms
            for spelling in term.instead
            if held.intersection(spelling.stems)
        )

    def _expansions(self, entry: Entry) -> tuple[Expansion, ...]:
        wide = {above for topic in entry.topics for above in self._thesaurus.ancestors(topic)}
        return tuple(
            Expansion(label=widening.label, topic=widening.topic)
            for widening in self._tree.widenings
            if widening.topic in wide
        )


def _standing(place: Placed | None) -> Standing | None:
    return Standing(rank=place.rank, score=place.score) if place else None


def _held(entry: Entry) -> set[str]:
    """Return the stems and numbers in a passage and in the words shown with it."""
    texts = (entry.title, entry.text, entry.context, *entry.shown)
    analyses = (analyzed(text, entry.language) for text in texts)
    return set().union(*(one.terms for one in analyses), stated(entry.record))


def grouped_places(query: Query, documents: Sequence[str], scores: Scores) -> list[int]:
    """Return the positions in the ranking, from 0, of the hits on a page grouped by document.

    The page has `query.k` documents from `query.offset`, in the order of their best hits. Each has
    up to MAX_HITS_PER_DOCUMENT hits that score at least SHOWN_SHARE of its best one. `documents`
    has the document id of each ranked passage.
    """
    found: dict[str, list[int]] = {}
    for place, document in enumerate(documents):
        some = found.setdefault(document, [])
        if len(some) < MAX_HITS_PER_DOCUMENT and (
            not some or scores[place] >= SHOWN_SHARE * scores[some[0]]
        ):
            some.append(place)
    chosen = list(found.values())[query.offset : query.offset + query.k]
    return [place for some in chosen for place in some]


def group(hits: Sequence[Hit], found_in: Mapping[str, int]) -> tuple[Group, ...]:
    """Group hits by document in the order of their best hits.

    A group lists at most MAX_HITS_PER_DOCUMENT hits. `found_in` has the number of passages found in
    each document.
    """
    gathered: dict[str, list[Hit]] = {}
    for hit in hits:
        gathered.setdefault(hit.document_id, []).append(hit)
    return tuple(
        Group(
            document=some[0].document,
            rank=some[0].rank,
            hits=tuple(hit.id for hit in some[:MAX_HITS_PER_DOCUMENT]),
            more=max(0, found_in.get(document, 0) - min(len(some), MAX_HITS_PER_DOCUMENT)),
        )
        for document, some in gathered.items()
    )
