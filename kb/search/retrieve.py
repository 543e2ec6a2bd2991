"""Candidates of each retriever for a prepared question."""

from collections.abc import Mapping
from concurrent.futures import Executor
from typing import NamedTuple

from kb.domain.queries import Mode
from kb.domain.rankings import Candidates
from kb.encoders.base import Vectors
from kb.index.contract import Reader
from kb.search.prepare import Prepared
from kb.search.verbatim import verbatim
from kb.text.query import QueryTree

# Candidates of each retriever. Paging ends where they end; R@100 was the same from 200 on, and
# nDCG@10 within 0.003 from 200 to 1000 on four sets of judged queries.
DEPTH = 300


class Retrieved(NamedTuple):
    """What was found, and for what."""

    tree: QueryTree  # as it was searched: respelled, without quotes that nothing holds
    lexical: Candidates
    dense: Candidates
    vector: Vectors | None = None  # (d,) of the question
    held: Mapping[int, int] = {}  # passages that hold the question's very words
    unquoted: bool = False  # whether quoted words had to be let go to find anything

    @property
    def best_cosine(self) -> float | None:
        """Cosine of the nearest passage; None where no vectors were searched."""
        return float(self.dense.scores[0]) if len(self.dense) else None


def retrieve(
    prepared: Prepared,
    mode: Mode,
    reader: Reader,
    languages: tuple[str, ...],
    aside: Executor,
    depth: int = DEPTH,
) -> Retrieved:
    """BM25 and dense candidates; without the quotes where no stored text holds quoted words.

    Words are looked for aside, while the question is encoded: that waits for memory, and takes
    ten times as long. Whether quoted words occur is asked of everything indexed, not of what the
    filters leave: a filter that leaves nothing is an empty answer, not a reason to drop the quotes.
    """
    tree, clauses, space = prepared.tree, prepared.clauses, prepared.space
    unquoted = bool(tree.must) and not len(reader.select(tree, ()))
    if unquoted:
        tree = tree.unquoted()

    def words() -> tuple[QueryTree, Candidates, Mapping[int, int]]:
        respelled = tree.respelled(reader.nearest(tree.terms), languages)
        if mode == "dense":
            return respelled, Candidates(), {}
        found = reader.lexical(respelled, clauses, depth)
        return respelled, found, verbatim(respelled, clauses, reader)

    if space is None:
        respelled, lexical, held = words()
        return Retrieved(respelled, lexical, Candidates(), held=held, unquoted=unquoted)
    coming = aside.submit(words)
    vector = space.encoder.question(tree.text)
    dense = reader.dense(space.name, vector, tree, clauses, depth)
    respelled, lexical, held = coming.result()
    return Retrieved(respelled, lexical, dense, vector, held, unquoted)
