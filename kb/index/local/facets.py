"""The `field=value` pairs of all passages, indexed in both directions for filters and counts.

Two compressed sparse row (CSR) tables in memory-mapped arrays map passages to their values, and
values to their passages.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.domain.queries import Clauses

Mask = npt.NDArray[np.bool_]
VOCABULARY = "facets.json"


def write_facets(folder: Path, facets: Sequence[Sequence[str]]) -> None:
    """Write the facet tables; item i of `facets` holds the `field=value` pairs of passage i."""
    vocabulary = sorted({value for values in facets for value in values})
    number = {value: index for index, value in enumerate(vocabulary)}
    rows = [sorted({number[value] for value in values}) for values in facets]
    passage_start = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    passage_values = np.fromiter((v for row in rows for v in row), dtype=np.int32)
    order = np.argsort(passage_values, kind="stable")
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(passage_start))
    counts = np.bincount(passage_values, minlength=len(vocabulary))
    value_start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    arrays: dict[str, npt.NDArray[np.int64] | npt.NDArray[np.int32]] = {
        "passage_start": passage_start,
        "passage_values": passage_values,
        "value_start": value_start,
        "value_passages": owners[order],
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    (folder / VOCABULARY).write_text(json.dumps(vocabulary, ensure_ascii=False), "utf-8")


class Facets:
    """Facet tables opened for reading."""

    def __init__(self, folder: Path) -> None:
        self.vocabulary: list[str] = json.loads((folder / VOCABULARY).read_text("utf-8"))
        # split "field=value" once for all counts
        self._named = [tuple(value.partition("=")[::2]) for value in self.vocabulary]
        self._number = {value: index for index, value in enumerate(self.vocabulary)}
        self._passage_start = _mapped(folder / "passage_start.npy")
        self._passage_values = _mapped(folder / "passage_values.npy")
        self._value_start = _mapped(folder / "value_start.npy")
        self._owners = _mapped(folder / "value_passages.npy")
        self.size = len(self._passage_start) - 1

    def known(self, clauses: Clauses) -> Clauses:
        """Return the clauses without unknown values; a clause left empty matches nothing."""
        return tuple(
            tuple(value for value in clause if value in self._number) for clause in clauses
        )

    def mask(self, clauses: Clauses) -> Mask:
        """Return a mask of the passages that match every clause."""
        mask = np.ones(self.size, dtype=np.bool_)
        for clause in self.known(clauses):
            some = np.zeros(self.size, dtype=np.bool_)
            for value in clause:
                number = self._number[value]
                some[self._owners[self._value_start[number] : self._value_start[number + 1]]] = True
            mask &= some
        return mask

    def counts(self, keys: npt.NDArray[np.int64]) -> dict[str, dict[str, int]]:
        """Return how many of the given passages have each value of each field, omitting zeros."""
        if len(keys) == 0:
            return {}
        starts, ends = self._passage_start[keys], self._passage_start[keys + 1]
        sizes = ends - starts
        # The positions of all values, without a loop: the start of each passage, repeated for each
        # of its values, plus 0, 1, 2, ...
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        values = self._passage_values[np.repeat(starts, sizes) + within]
        counts = np.bincount(values, minlength=len(self.vocabulary))
        fields: dict[str, dict[str, int]] = {}
        held = np.flatnonzero(counts)
        for number, count in zip(held.tolist(), counts[held].tolist(), strict=True):
            field, value = self._named[number]
            fields.setdefault(field, {})[value] = count
        return fields


def _mapped(path: Path) -> npt.NDArray[np.int64]:
    """Return a memory-mapped array as a plain view; slicing np.memmap is 100 times slower."""
    return np.load(path, mmap_mode="r").view(np.ndarray)  # type: ignore[no-any-return]
