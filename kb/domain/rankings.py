"""Rankings of passages, best first."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


class Candidate(NamedTuple):
    """The key of a passage and its score."""

    key: int
    score: float


class Candidates(Sequence[Candidate]):
    """A ranking: keys (n,) and scores (n,), best first; ties are broken by key.

    It is stored as arrays, because a query has hundreds of candidates and a page shows only ten.
    """

    __slots__ = ("keys", "scores")

    def __init__(self, keys: npt.ArrayLike = (), scores: npt.ArrayLike = ()) -> None:
        found = np.asarray(keys, dtype=np.int64)
        given = np.asarray(scores, dtype=np.float64)
        order = np.lexsort((found, -given))
        self.keys: Keys = found[order]
        self.scores: Scores = given[order]

    @classmethod
    def of(cls, some: Iterable[tuple[int, float]]) -> "Candidates":
        """Create a ranking from (key, score) pairs."""
        pairs = list(some)
        return cls([key for key, _ in pairs], [score for _, score in pairs])

    def without(self, key: int) -> "Candidates":
        """Return the ranking with one passage removed."""
        kept = self.keys != key
        return Candidates(self.keys[kept], self.scores[kept])

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Candidate: ...
    @overload
    def __getitem__(self, at: slice) -> "Candidates": ...
    def __getitem__(self, at: int | slice) -> "Candidate | Candidates":
        if isinstance(at, slice):
            return Candidates(self.keys[at], self.scores[at])
        return Candidate(int(self.keys[at]), float(self.scores[at]))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(
            one == another for one, another in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment] # contains mutable arrays

    def __repr__(self) -> str:
        return f"Candidates.of({list(self)!r})"
