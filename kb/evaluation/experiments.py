"""Rank the judged queries in each search mode."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kb.domain.queries import Mode, Query
from kb.encoders.base import EncoderIdentity, TextEncoder, Vectors
from kb.encoders.cross_encoder import Reranker
from kb.encoders.tokens import TokenLimit
from kb.encoders.vector_spaces import Spaces
from kb.errors import IndexMismatchError
from kb.evaluation.beir import corpus_file, open_collection
from kb.evaluation.judgments import Judgments, Run, Scored, Topic
from kb.evaluation.measures import DEPTH
from kb.evaluation.report import Latency
from kb.index.contract import Reader
from kb.index.engine import open_engine
from kb.languages.registry import LANGUAGES
from kb.search.searcher import Searcher

# called with (step, newly done, total) as the work proceeds
Progress = Callable[[str, int, int], object]

MODES: tuple[Mode, ...] = ("lexical", "dense", "hybrid")  # the last one is compared with the others
HITS = 10  # hits on a page, used to decide whether a query is answered


class Options(NamedTuple):
    """Options of an evaluation: the judged collection, the search modes and the language."""

    folder: Path
    queries: Path | None = None
    modes: tuple[Mode, ...] = MODES
    language: str | None = None  # of the queries, and of the collection's corpus if it has one
    drop_self: bool = False  # whether to leave out documents with the id of the query


class Measured(NamedTuple):
    """A run and, if it was searched here, its latency."""

    run: Run
    latency: Latency | None = None


class Found(NamedTuple):
    """The runs of an evaluation, and whether the search claims to answer each query."""

    runs: tuple[Measured, ...]
    answered: Mapping[str, bool]
    reader: Reader | None = None


class Clock:
    """Total times of encoding queries in milliseconds, with and without the cache."""

    def __init__(self) -> None:
        self.asked_ms = 0.0  # time without the cache
        self.spent_ms = 0.0  # actual time


class CachedEncoder:
    """An encoder of queries that caches each vector and the time it took to compute."""

    def __init__(self, encoder: TextEncoder, clock: Clock) -> None:
        self._encoder, self.clock = encoder, clock
        self._vectors: dict[str, Vectors] = {}
        self._took: dict[str, float] = {}

    @property
    def identity(self) -> EncoderIdentity:
        """Return the name and checksum of the weights."""
        return self._encoder.identity

    @property
    def tokens(self) -> TokenLimit:
        """Return the token limit per text."""
        return self._encoder.tokens

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Return the (n, d) float32 unit vectors of queries, encoded one by one."""
        _ = progress  # queries need no progress report
        for text in texts:
            if text not in self._vectors:
                started = time.perf_counter()
                self._vectors[text] = self._encoder.question(text)
                self._took[text] = (time.perf_counter() - started) * 1000
                self.clock.spent_ms += self._took[text]
            self.clock.asked_ms += self._took[text]
        return np.stack([self._vectors[text] for text in texts])

    def question(self, text: str) -> Vectors:
        """Return the (d,) float32 unit vector of a query."""
        vector: Vectors = self.encode([text])[0]
        return vector


def open_searcher(
    options: Options,
    index: Path,
    spaces: Spaces,
    progress: Progress,
    reranker: Reranker | None = None,
) -> Searcher:
    """Open a searcher for the collection's corpus or, if it has none, for our published index.

    Raise IndexMismatchError if dense search needs another encoder than that of the index.
    """
    has_dense = any(mode != "lexical" for mode in options.modes)
    path = corpus_file(options.folder)
    if path is None:
        reader = open_engine(index).reader()
        languages = (options.language,) if options.language else tuple(LANGUAGES)
        if has_dense:
            built, here = (
                reader.manifest.vectors[spaces[0].name].encoder,
                spaces[0].encoder.identity,
            )
            if built != here:
                raise IndexMismatchError(
                    f"{index}: built with the encoder {built.name}; "
                    f"expected {here.name} with the same weights. Next: kb build"
                )
    else:
        languages = (options.language or "en",)
        wanted = spaces[:1] if languages == ("en",) else spaces
        wanted = wanted if has_dense else ()
        reader = open_collection(path, index, wanted, languages[0], progress)
    return Searcher(reader, spaces, languages, reranker)


def search(searcher: Searcher, judgments: Judgments, options: Options, progress: Progress) -> Found:
    """Run every query in each mode, and record which ones the last mode answers."""
    clock = Clock()
    spaces = [one._replace(encoder=CachedEncoder(one.encoder, clock)) for one in searcher.spaces]
    cached_searcher = Searcher(searcher.reader, spaces, searcher.languages, searcher.reranker)
    if any(mode != "lexical" for mode in options.modes):
        for space in searcher.spaces:
            space.encoder.question("warm")  # loads the model, so that no query waits for it
    runs = []
    for mode in options.modes:
        step = Progressing(mode, len(judgments.topics), progress)
        runs.append(_run(cached_searcher, clock, judgments.topics, mode, step))
    step = Progressing("abstention", len(judgments.topics), progress)
    answered = {}
    for topic in judgments.topics:
        query = Query(text=topic.text, mode=options.modes[-1], k=HITS)
        answered[topic.query_id] = cached_searcher.search(query).answered
        step()
    return Found(tuple(runs), answered, searcher.reader)


class Progressing:
    """A progress reporter for a step that has a known number of parts."""

    def __init__(self, name: str, total: int, progress: Progress) -> None:
        self._name, self._total, self._progress = name, total, progress

    def __call__(self) -> None:
        """Report that one more part is done."""
        self._progress(self._name, 1, self._total)


def _run(
    searcher: Searcher, clock: Clock, topics: Sequence[Topic], mode: Mode, step: Progressing
) -> Measured:
    rankings: dict[str, tuple[Scored, ...]] = {}
    encoding, searching = [], []
    for topic in topics:
        asked, spent, started = clock.asked_ms, clock.spent_ms, time.perf_counter()
        # One more than DEPTH, because the query's own document may be removed later.
        ranked = searcher.rank(Query(text=topic.text, mode=mode, k=DEPTH + 1))
        elapsed = (time.perf_counter() - started) * 1000
        rankings[topic.query_id] = tuple(Scored(*one) for one in ranked)
        encoding.append(clock.asked_ms - asked)
        searching.append(elapsed - (clock.spent_ms - spent))
        step()
    latency = Latency(
        encoding_ms=float(np.median(encoding)),
        searching_ms=float(np.median(searching)),
        total_ms=float(np.median(np.add(encoding, searching))),
    )
    return Measured(Run(mode, rankings), latency)
