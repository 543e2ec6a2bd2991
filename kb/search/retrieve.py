"""Retrieve the lexical and dense candidates for a prepared query."""

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import NamedTuple

from kb.domain.queries import Mode
from kb.domain.rankings import Candidates
from kb.encoders.base import Vectors
from kb.index.contract import Reader
from kb.search.fuse import Scale
from kb.search.prepare import Prepared
from kb.search.verbatim import verbatim
from kb.text.query import QueryTree

# Candidates per retriever; this also limits paging. On four sets of judged queries, R@100 was the
# same for all depths from 200 to 1000, and nDCG@10 varied by 0.003.
DEPTH = 300


class Retrieved(NamedTuple):
    """The candidates of a query, and the query as it was searched."""

    tree: QueryTree  # as searched: spelling corrected, quotes dropped if no passage has them
    lexical: Candidates
    dense: Candidates
    vector: Vectors | None = None  # (d,) query vector
    # By passage key, the number of the query's runs of words in it; see verbatim.py.
    held: Mapping[int, int] = {}
    unquoted: bool = False  # whether quotes were dropped
    # The candidates without filters, if there are filters. Both rankings are scaled by them, so
    # that a filter hardly changes scores. Filtered rankings may contain passages that these lack.
    whole: tuple[Candidates, Candidates] | None = None

    @property
    def scale(self) -> Scale:
        """Return the limits for scaling the rankings."""
        return Scale.of(*(self.whole or (self.lexical, self.dense)))

    @property
    def best_cosine(self) -> float | None:
        """Return the cosine of the nearest passage, or None if there are no dense candidates."""
        dense = self.whole[1] if self.whole else self.dense
        return float(dense.scores[0]) if len(dense) else None


def retrieve(
    prepared: Prepared,
    mode: Mode,
    reader: Reader,
    languages: tuple[str, ...],
    executor: Executor,
    depth: int = DEPTH,
) -> Retrieved:
    """Return the BM25 and dense candidates; drop the quotes if no passage has all quoted phrases.

    The lexical search runs in another thread while the query is encoded, which takes ten times as
    long. Quotes are dropped only if no passage in the whole index contains them all; if only the
    filters exclude these passages, there are no candidates.
    """
    tree, clauses, space = prepared.tree, prepared.clauses, prepared.space
    unquoted = bool(tree.must) and not len(reader.select(tree, ()))
    if unquoted:
        tree = tree.unquoted()

    def lexical_search() -> tuple[QueryTree, Candidates, Mapping[int, int], Candidates]:
        respelled = tree.respelled(reader.nearest(tree.terms), languages)
        if mode == "dense":
            return respelled, Candidates(), {}, Candidates()
        found = reader.lexical(respelled, clauses, depth)
        every = reader.lexical(respelled, (), depth) if clauses else found
        return respelled, found, verbatim(respelled, clauses, reader), every

    if space is None:
        respelled, lexical, held, every = lexical_search()
        whole = (every, Candidates()) if clauses else None
        return Retrieved(respelled, lexical, Candidates(), None, held, unquoted, whole)
    future = executor.submit(lexical_search)
    vector = space.encoder.question(tree.text)
    dense = reader.dense(space.name, vector, tree, clauses, depth)
    near = reader.dense(space.name, vector, tree, (), depth) if clauses else dense
    respelled, lexical, held, every = future.result()
    whole = (every, near) if clauses else None
    return Retrieved(respelled, lexical, dense, vector, held, unquoted, whole)
