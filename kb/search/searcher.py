"""The search pipeline: prepare, retrieve, fuse, apply feedback, rerank and make hits."""

import os
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np

from kb.domain.queries import Fields, Filters, Mode, Query
from kb.domain.rankings import Candidates
from kb.domain.results import Coverage, Facets, Hit, Results
from kb.encoders.cross_encoder import Reranker
from kb.encoders.vector_spaces import Spaces
from kb.errors import NotFoundError
from kb.index.contract import Reader
from kb.languages.registry import LANGUAGES, is_stop_word
from kb.search import coverage
from kb.search.asked_places import asked_places, codes, described, has_results, with_near
from kb.search.complete import Completer
from kb.search.fuse import Fusion, fuse
from kb.search.hits import group, grouped_places, make_hits
from kb.search.intents import INTENTS, REQUEST_WORDS, preferred
from kb.search.names import Names
from kb.search.notices import MIN_HITS, notices, place_notices
from kb.search.prepare import Prepared, in_space, prepare, space_for
from kb.search.relevance_feedback import with_feedback
from kb.search.rerank import (
    by_cross_encoder,
    good_documents_higher,
    headings_lower,
    names_first,
    summaries_higher,
)
from kb.search.retrieve import Retrieved, retrieve
from kb.search.sort import sorted_by
from kb.search.verbatim import verbatim_first
from kb.text.analysis import name_key, stem
from kb.text.query import Labels, QueryTree

RECORDS = Filters(kind=("demand", "finding", "idea"))
# Results with a lower score are cut off; a passage that is first in both rankings scores 1 before
# its document adds to it. On 181 judged queries, 94 percent of the clearly useful passages score
# higher, and 49 percent of the judged passages with a higher score are relevant. The median number
# of results is 98, and 502 without the cut (docs/evaluation.md).
CUT_SCORE = 0.22
MIN_RESULTS = 10  # one page, which is never cut off before filters apply
# Without cosines, results are weak if the best hit has at most this share of the query's words.
WEAK_WORDS = 0.5
# A query of this many words or fewer is unanswered if no hit has any of them, whatever the cosine.
MAX_LONE_WORDS = 2


class Searcher:
    """A searcher for one index generation; create it once and share it between threads."""

    def __init__(
        self,
        reader: Reader,
        spaces: Spaces,
        languages: Iterable[str] = LANGUAGES,
        reranker: Reranker | None = None,
    ) -> None:
        self.reader, self.languages = reader, tuple(languages)
        self.spaces, self.reranker = spaces, reranker
        self.names = Names(reader.topics(), reader.places())
        self.labels = Labels(self.names.thesaurus)
        self._headings = reader.select(QueryTree(), (("detail=heading-only",),))
        self._summaries = reader.select(QueryTree(), (("kind=summary",),))
        self._preferred = {
            clause: reader.select(QueryTree(), ((clause,),))
            for intent in INTENTS
            for clause in intent.factors
        }
        self._executor = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="words")
        self._executor.submit(self.names.prepare)

    def search(self, query: Query) -> Results:
        """Return the results of a query, whose hits are deterministic within an index generation.

        Raise QueryError if the text is too long, NotFoundError for an unknown place or topic, and
        IndexMismatchError if the index was built with another model.
        """
        started = time.perf_counter()
        prepared = self._prepare(query)
        if prepared.tree.is_empty:
            retrieved = Retrieved(prepared.tree, Candidates(), Candidates())
            ranked = self._browse(prepared)
        else:
            prepared, retrieved = self._retrieve(prepared, query.mode)
            ranked = self.ranked(prepared, retrieved)
            # A query with quoted phrases gets every passage that contains them.
            if not retrieved.tree.must:
                ranked = ranked.cut(self._least_score(prepared, retrieved, ranked))
        ranked = sorted_by(ranked, query.sort, self.reader)
        tree = retrieved.tree
        places: Sequence[int] = range(len(ranked))[query.offset : query.offset + query.k]
        if query.group == "document":
            places = grouped_places(query, self._documents(ranked), ranked.scores)
        hits = make_hits(
            [ranked[place] for place in places],
            [place + 1 for place in places],
            tree,
            prepared.named,
            self.names.thesaurus,
            self.reader,
        )
        asked = asked_places(query.text, query.filters, self.names)
        is_from = query.offset > 0 or not hits or has_results(asked, hits, self.names)
        fits = self._answered(prepared, tree, ranked, hits)
        # Results from elsewhere may be good precedents: their notice is about the place.
        answered = fits and (is_from or _names_all(hits[0], tree))
        places_asked = described(asked, is_from, prepared.filters, self.names, self.reader)
        place_codes = tuple(codes(asked, places_asked, is_from))
        places_asked = tuple(
            with_near(one, prepared.filters, self.names, self.reader)
            for one in (places_asked if place_codes else ())
        )
        of_places = place_notices(place_codes, places_asked)
        thin = not answered or len(ranked) < MIN_HITS
        counts = self.reader.counts(ranked.keys)
        return Results(
            mode=query.mode,
            hits=hits,
            groups=group(hits, counts.get("document", {})),
            facets=self._facets(counts, len(ranked), prepared),
            coverage=self.coverage(self._described_filters(query.text, prepared)) if thin else None,
            notices=(*of_places, *notices(prepared, retrieved, ranked, fits, self.reader)),
            places=places_asked,
            intent=prepared.intent.code if prepared.intent else None,
            answered=answered,
            total=len(ranked),
            total_documents=len(counts.get("document", {})),
            generation=self.reader.manifest.generation,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def rank(self, query: Query) -> list[tuple[str, float]]:
        """Return only the ids and scores of the k best passages, best first, for evaluations."""
        prepared, retrieved = self._retrieve(self._prepare(query), query.mode)
        ranked = self.ranked(prepared, retrieved)
        ids = self.reader.ids(ranked.keys[: query.k].tolist())
        return list(zip(ids, ranked.scores[: query.k].tolist(), strict=True))

    @cached_property
    def completer(self) -> Completer:
        """Return the completer for this index generation, which is created on first use."""
        return Completer(self.reader, self.names)

    def coverage(self, filters: Filters) -> Coverage:
        """Return counts of the passages that match the filters.

        Counts for nearby places, topics and years are included. Raise NotFoundError for an unknown
        place or topic.
        """
        return coverage.coverage(self.names.resolve(filters), self.reader, self.names)

    def nearest(self, passage_id: str, k: int, filters: Filters = RECORDS) -> tuple[Hit, ...]:
        """Return the k nearest records to a passage, by vector, from other documents.

        Raise NotFoundError if the passage does not exist.
        """
        keys = self.reader.keys([passage_id])
        if passage_id not in keys:
            raise NotFoundError(f"no passage '{passage_id[:200]}'. Next: kb search")
        clauses = self.names.resolve(filters).clauses()
        own = passage_id.partition("#")[0]
        siblings = len(self.reader.select(QueryTree(), ((f"document={own}",),)))
        key = keys[passage_id]
        # For an English model, the passages nearest to a Spanish one are just other Spanish ones.
        language = self.reader.fetch([key])[0].language
        space = space_for(language, self.reader, self.spaces) or self.spaces[0]
        found = self.reader.neighbors(space.name, key, clauses, k + siblings)
        ranked = fuse(Candidates(), found, 1.0, space.calibration.full_cosine)
        ranks = range(1, len(ranked) + 1)
        hits = make_hits(ranked, ranks, QueryTree(), {}, self.names.thesaurus, self.reader)
        others = [hit for hit in hits if hit.document_id != own][:k]
        return tuple(
            hit.model_copy(update={"rank": rank}) for rank, hit in enumerate(others, start=1)
        )

    def _prepare(self, query: Query) -> Prepared:
        return prepare(query, self.reader, self.names, self.labels, self.spaces, self.languages)

    def _retrieve(self, prepared: Prepared, mode: Mode) -> tuple[Prepared, Retrieved]:
        """Return the query, with its final vector space, and its candidates.

        If no encoder supports the query's language and no passage has any of its words, search the
        main vector space.
        """
        retrieved = retrieve(prepared, mode, self.reader, self.languages, self._executor)
        if not prepared.unread or prepared.space or len(retrieved.lexical):
            return prepared, retrieved
        prepared = in_space(prepared, self.reader, self.spaces[0])
        return prepared, retrieve(prepared, mode, self.reader, self.languages, self._executor)

    def _browse(self, prepared: Prepared) -> Fusion:
        """Return all passages that match the filters, newest first, for a query without words."""
        keys = self.reader.select(prepared.tree, prepared.clauses)
        return Fusion(keys, np.zeros(len(keys)), Candidates(), Candidates())

    def ranked(
        self,
        prepared: Prepared,
        retrieved: Retrieved,
        share: float | None = None,
        feedback: bool | None = None,
    ) -> Fusion:
        """Return the fused and reranked candidates.

        Benchmarks set `share`, the weight of the dense ranking, and `feedback`, whether to apply
        relevance feedback; by default, the vector space decides.
        """
        space = prepared.space or self.spaces[0]
        known = space.calibration
        if share is None:
            share = space.share(retrieved.best_cosine)
        ranked = fuse(retrieved.lexical, retrieved.dense, share, known.full_cosine, retrieved.scale)
        if prepared.space and (known.with_feedback if feedback is None else feedback):
            ranked = with_feedback(ranked, prepared, retrieved, self.reader)
        if len(self._headings):
            ranked = headings_lower(ranked, self._headings)
        ranked = summaries_higher(ranked, self._documents(ranked), self._summaries)
        ranked = good_documents_higher(ranked, self._documents(ranked))
        if prepared.intent:
            ranked = preferred(ranked, prepared.intent, self._preferred)
        if self.reranker:
            ranked = by_cross_encoder(ranked, prepared.tree.text, self.reranker, self.reader)
        ranked = verbatim_first(ranked, retrieved.held)
        if not prepared.named:
            return ranked
        allowed = self.reader.select(retrieved.tree.unquoted(), prepared.clauses)
        return names_first(ranked, prepared.named, allowed)

    def _least_score(self, prepared: Prepared, retrieved: Retrieved, ranked: Fusion) -> float:
        """Return CUT_SCORE, or the score that keeps MIN_RESULTS results if that is lower."""
        if retrieved.whole:
            space = prepared.space or self.spaces[0]
            share, full = space.share(retrieved.best_cosine), space.calibration.full_cosine
            ranked = fuse(*retrieved.whole, share, full)
        page = ranked.scores[:MIN_RESULTS]
        return min(CUT_SCORE, float(page[-1]) if len(page) == MIN_RESULTS else 0.0)

    def _documents(self, ranked: Fusion) -> list[str]:
        """Return the document id of each passage of a ranking."""
        return [one.partition("#")[0] for one in self.reader.ids(ranked.keys.tolist())]

    def _answered(
        self, prepared: Prepared, tree: QueryTree, ranked: Fusion, hits: Sequence[Hit]
    ) -> bool:
        """Return whether the best hit seems to answer the query.

        For later pages and for queries without words, return whether there are results.
        """
        if tree.is_empty or not hits or hits[0].rank > 1:
            return bool(len(ranked))
        best = hits[0].explanation
        if best.named:
            return True
        cosines = [one.explanation.dense.score for one in hits if one.explanation.dense]
        said = [one.label for one in best.expansions]
        said += [one.to for one in best.corrections] + [best.phrase or ""]
        stems = {stem(word, one) for word in name_key(" ".join(said)).split() for one in LANGUAGES}
        asked = [term for term in tree.terms if term.word not in REQUEST_WORDS] or tree.terms
        held = [
            term for term in asked if term.word in best.matched or stems.intersection(term.stems)
        ]
        if len(held) == len(asked):
            # Stop words such as `the and` are in almost every passage.
            return not all(is_stop_word(term.word) for term in asked)
        if len(tree.terms) <= MAX_LONE_WORDS and not any(_has_words(hit) for hit in hits):
            return False
        weak = prepared.space.calibration.weak_cosine if prepared.space else None
        if prepared.unread or not cosines or weak is None:
            return len(held) / max(1, len(asked)) > WEAK_WORDS
        return max(cosines) >= weak

    def _facets(self, counts: Fields, size: int, prepared: Prepared) -> Facets:
        of = (
            "all passages that match the filters"
            if prepared.tree.is_empty
            else f"the {size} passages that this search found, on all pages"
        )
        return coverage.facets(counts, of, size, self.names)

    def _described_filters(self, text: str, prepared: Prepared) -> Filters:
        """Return the filters; if they lack places or topics, fill in those named in the text."""
        filters = prepared.filters
        return filters.model_copy(
            update={
                "place": filters.place or self.names.places_in(text),
                "topic": filters.topic or tuple(w.topic for w in prepared.tree.widenings),
            }
        )


def _names_all(hit: Hit, tree: QueryTree) -> bool:
    """Return whether the query names the hit, or the hit has every word of the query."""
    why = hit.explanation
    return bool(why.named) or all(term.word in why.matched for term in tree.terms)


def _has_words(hit: Hit) -> bool:
    """Return whether a hit has a word of the query, as typed, corrected, widened or in a phrase."""
    why = hit.explanation
    return bool(why.matched or why.corrections or why.expansions or why.phrase)
